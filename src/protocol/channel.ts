import type { Disposable } from '../core/disposables.js';
import { Failure, type FailureCode, type FailureDetails } from '../core/failure.js';

/** The shape of a page's contract: one type per page, in a file of its own in this folder. */
export type Contract = {
  requests: Record<string, { params: unknown; result: unknown }>;
  events: Record<string, unknown>;
};

type Method<C extends Contract> = keyof C['requests'] & string;
type Params<C extends Contract, M extends Method<C>> = C['requests'][M]['params'];
type Result<C extends Contract, M extends Method<C>> = C['requests'][M]['result'];
type EventName<C extends Contract> = keyof C['events'] & string;

type ToHost<C extends Contract> =
  | { [M in Method<C>]: { kind: 'request'; id: number; method: M; params: Params<C, M> } }[Method<C>]
  | { kind: 'cancel'; id: number };

type ToPage<C extends Contract> =
  | { kind: 'result'; id: number; value: Result<C, Method<C>> }
  | { kind: 'failure'; id: number; failure: FailureData }
  | { [E in EventName<C>]: { kind: 'event'; event: E; data: C['events'][E] } }[EventName<C>];

/** A failure as it crosses the wire: of an unknown error only the message is kept. */
type FailureData =
  { code: FailureCode; details: FailureDetails[FailureCode] } | { code: 'unexpected'; message: string };

/** Two functions, so that a test can join both ends without a page. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
}

export type Handlers<C extends Contract> = {
  [M in Method<C>]: (params: Params<C, M>, signal: AbortSignal) => Promise<Result<C, M>>;
};

export interface Host<C extends Contract> extends Disposable {
  emit<E extends EventName<C>>(event: E, data: C['events'][E]): void;
}

/** The host's end: every request is answered exactly once, with a result or with a failure. */
export function serve<C extends Contract>(port: Port, handlers: Handlers<C>): Host<C> {
  const running = new Map<number, AbortController>();

  const answer = async (id: number, method: Method<C>, params: Params<C, Method<C>>): Promise<ToPage<C>> => {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      if (!Object.hasOwn(handlers, method)) {
        throw new Error(`The page asked for "${method}", which this host does not know`);
      }
      return { kind: 'result', id, value: await handlers[method](params, abort.signal) };
    } catch (error) {
      return { kind: 'failure', id, failure: toFailureData(error) };
    } finally {
      running.delete(id);
    }
  };

  const listening = port.onMessage((raw) => {
    const message = raw as ToHost<C>;
    switch (message.kind) {
      case 'request':
        void answer(message.id, message.method, message.params).then((reply) => port.post(reply));
        return;
      case 'cancel':
        running.get(message.id)?.abort();
        return;
    }
  });

  return {
    emit: (event, data) => port.post({ kind: 'event', event, data }),
    dispose() {
      listening.dispose();
      for (const abort of running.values()) {
        abort.abort();
      }
    },
  };
}

export interface Client<C extends Contract> extends Disposable {
  call<M extends Method<C>>(method: M, params: Params<C, M>, signal?: AbortSignal): Promise<Result<C, M>>;
  on<E extends EventName<C>>(event: E, listener: (data: C['events'][E]) => void): Disposable;
  /** Rejects whatever is still waiting, and all that is asked afterwards, with the reason that is given first. */
  dispose(reason?: unknown): void;
}

/** The page's end. */
export function connect<C extends Contract>(port: Port): Client<C> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  const listeners = new Map<string, Set<(data: never) => void>>();
  let lastId = 0;
  let closing: { readonly reason: unknown } | undefined;

  const take = (id: number) => {
    const caller = waiting.get(id);
    waiting.delete(id);
    return caller;
  };

  const listening = port.onMessage((raw) => {
    const message = raw as ToPage<C>;
    switch (message.kind) {
      case 'result':
        take(message.id)?.resolve(message.value);
        return;
      case 'failure':
        take(message.id)?.reject(fromFailureData(message.failure));
        return;
      case 'event':
        for (const listener of listeners.get(message.event) ?? []) {
          listener(message.data as never);
        }
        return;
    }
  });

  return {
    call: (method, params, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        if (closing) {
          throw closing.reason;
        }
        lastId += 1;
        const id = lastId;
        const giveUp = () => {
          if (waiting.delete(id)) {
            port.post({ kind: 'cancel', id });
            reject(signal?.reason);
          }
        };
        const settled = () => signal?.removeEventListener('abort', giveUp);
        waiting.set(id, {
          resolve: (value) => {
            settled();
            resolve(value);
          },
          reject: (error) => {
            settled();
            reject(error);
          },
        });
        signal?.addEventListener('abort', giveUp, { once: true });
        port.post({ kind: 'request', id, method, params });
      }),
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return { dispose: () => void set.delete(listener) };
    },
    dispose(reason = new Error('The channel is closed')) {
      closing ??= { reason };
      listening.dispose();
      for (const { reject } of waiting.values()) {
        reject(closing.reason);
      }
      waiting.clear();
    },
  };
}

function toFailureData(error: unknown): FailureData {
  return Failure.is(error)
    ? { code: error.code, details: error.details }
    : { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}

function fromFailureData(data: FailureData): Error {
  return data.code === 'unexpected' ? new Error(data.message) : new Failure(data.code, data.details);
}
