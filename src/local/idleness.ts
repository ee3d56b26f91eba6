import type { Server } from 'node:http';

const minuteMs = 60_000;

/** Tells when a server has had no request under way for a while; the time counts from `begin`. */
export class Idleness {
  readonly #timeoutMs: number;
  readonly #onIdle: () => void;
  #hasBegun = false;
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Requests are counted from now on. */
  constructor(
    servers: readonly Server[],
    { minutes, onIdle }: { readonly minutes: number; readonly onIdle: () => void },
  ) {
    this.#timeoutMs = minutes * minuteMs;
    this.#onIdle = onIdle;
    const onRequest = (_: unknown, response: { once(event: 'close', listener: () => void): unknown }): void => {
      this.#underWay++;
      clearTimeout(this.#timer);
      response.once('close', () => {
        this.#underWay--;
        this.#rest();
      });
    };
    for (const server of servers) {
      server.on('request', onRequest);
      server.on('checkContinue', onRequest);
    }
  }

  begin(): void {
    this.#hasBegun = true;
    this.#rest();
  }

  dispose(): void {
    this.#hasBegun = false;
    clearTimeout(this.#timer);
  }

  #rest(): void {
    if (this.#hasBegun && this.#underWay === 0) {
      this.#timer = setTimeout(this.#onIdle, this.#timeoutMs);
      this.#timer.unref(); // The listening server keeps the process alive, not this.
    }
  }
}
