import { Failure } from '../../core/failure.js';
import { untilAborted } from './abort.js';

export interface Revivable<Session, Port> {
  readonly open: () => Promise<Session>;
  readonly pick: (session: Session) => Port;
  /** Whether this error says that the session is good for nothing any more. */
  readonly goneBy: (error: unknown) => Gone | undefined;
  /** Called with the session that is gone. */
  readonly revive: (failed: Session) => Promise<void>;
  /** Where a new session is as good for nothing: resolves to whether the next one will be better. */
  readonly renew?: () => Promise<boolean>;
  /** Around each call, with all that is done for it. */
  readonly during: <T>(call: () => Promise<T>) => Promise<T>;
}

/** Whether the call that found the session gone can have been carried out. */
export type Gone = 'unheard' | 'perhapsHeard';

type Method = (...args: readonly unknown[]) => Promise<unknown>;

// Taking back the last answer twice would take back two. All else can be asked for again.
const notRepeatable = new Set<PropertyKey>(['undoLastAnswer']);

/**
 * The same port, whose calls open a session that is gone anew and are then repeated once; and once more after it was
 * renewed, which they wait for as long as their own signal lets them.
 */
export function reviving<Session, Port extends object>(revivable: Revivable<Session, Port>): Port {
  const { open, pick, goneBy, revive, renew, during } = revivable;
  const call = async (name: PropertyKey, args: readonly unknown[]): Promise<unknown> => {
    const run = async (session: Session) => {
      const port = pick(session) as Record<PropertyKey, Method>;
      return port[name]?.(...args);
    };
    const mayRepeat = (error: unknown) => {
      const gone = goneBy(error);
      return gone === 'unheard' || (gone === 'perhapsHeard' && !notRepeatable.has(name));
    };
    const first = await open();
    try {
      return await run(first);
    } catch (error) {
      if (!mayRepeat(error)) {
        throw error;
      }
      await revive(first);
    }
    const second = await open();
    try {
      return await run(second);
    } catch (error) {
      if (!renew || !mayRepeat(error) || !(await asLongAsWanted(renew(), args))) {
        throw error;
      }
      await revive(second);
    }
    return run(await open());
  };
  return new Proxy({} as Port, {
    // A port is no promise: with a `then` it would be called when somebody awaits it.
    get: (_, name) => (name === 'then' ? undefined : (...args: readonly unknown[]) => during(() => call(name, args))),
  });
}

/** Whoever called gives up by the signal that calls have last. */
function asLongAsWanted<T>(waited: Promise<T>, args: readonly unknown[]): Promise<T> {
  const signal = args.at(-1);
  return signal instanceof AbortSignal ? untilAborted(waited, signal) : waited;
}

/** Nobody listens any more. */
export function serverGone(error: unknown): Gone | undefined {
  const code = goneCode(error);
  return code === undefined ? undefined : code === 'ECONNREFUSED' ? 'unheard' : 'perhapsHeard';
}

/** They have expired, or were replaced: whoever has signed in again meanwhile has new ones where these came from. */
export function credentialsGone(error: unknown): Gone | undefined {
  return Failure.is(error, 'aws.signedOut') ? 'unheard' : undefined;
}

const goneCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** From wherever in the chain of causes it is. */
function goneCode(error: unknown): string | undefined {
  if (error instanceof AggregateError) {
    return error.errors.map(goneCode).find((code) => code !== undefined);
  }
  if (!(error instanceof Error)) {
    return undefined;
  }
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && goneCodes.has(code) ? code : goneCode(error.cause);
}
