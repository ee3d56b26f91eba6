import { Failure } from '../../core/failure.js';

export interface Revivable<Session, Port> {
  readonly open: () => Promise<Session>;
  readonly pick: (session: Session) => Port;
  /** Whether this error says that the session is good for nothing any more. */
  readonly goneBy: (error: unknown) => Gone | undefined;
  /** Called with the session that is gone. */
  readonly revive: (failed: Session) => Promise<void>;
  /** Around each call, with all that is done for it. */
  readonly during: <T>(call: () => Promise<T>) => Promise<T>;
}

/** Whether the call that found the session gone can have been carried out. */
export type Gone = 'unheard' | 'perhapsHeard';

type Method = (...args: readonly unknown[]) => Promise<unknown>;

// Taking back the last answer twice would take back two. All else can be asked for again.
const notRepeatable = new Set<PropertyKey>(['undoLastAnswer']);

/** The same port, whose calls open a session that is gone anew and are then repeated once. */
export function reviving<Session, Port extends object>(revivable: Revivable<Session, Port>): Port {
  const { open, pick, goneBy, revive, during } = revivable;
  const call = async (name: PropertyKey, args: readonly unknown[]): Promise<unknown> => {
    const run = async (session: Session) => {
      const port = pick(session) as Record<PropertyKey, Method>;
      return port[name]?.(...args);
    };
    const session = await open();
    try {
      return await run(session);
    } catch (error) {
      const gone = goneBy(error);
      if (gone === undefined || (gone === 'perhapsHeard' && notRepeatable.has(name))) {
        throw error;
      }
      await revive(session);
      return run(await open());
    }
  };
  return new Proxy({} as Port, {
    // A port is no promise: with a `then` it would be called when somebody awaits it.
    get: (_, name) => (name === 'then' ? undefined : (...args: readonly unknown[]) => during(() => call(name, args))),
  });
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
