import type { Server } from 'node:http';

const minuteMs = 60_000;

/** Calls `onIdle` once when no request has been under way for so long. */
export function watchIdleness(
  server: Server,
  { minutes, onIdle }: { readonly minutes: number; readonly onIdle: () => void },
): { dispose(): void } {
  let underWay = 0;
  let timer = setTimeout(onIdle, minutes * minuteMs);
  const rest = (): void => {
    timer = setTimeout(onIdle, minutes * minuteMs);
    timer.unref();
  };
  const onRequest = (_: unknown, response: { once(event: 'close', listener: () => void): unknown }): void => {
    underWay++;
    clearTimeout(timer);
    response.once('close', () => {
      underWay--;
      if (underWay === 0) {
        rest();
      }
    });
  };
  server.on('request', onRequest);
  server.on('checkContinue', onRequest);
  return { dispose: () => clearTimeout(timer) };
}
