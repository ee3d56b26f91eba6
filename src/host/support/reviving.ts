interface Revivable<Session, Port> {
  readonly open: () => Promise<Session>;
  readonly pick: (session: Session) => Port;
  /** Called with the session whose server is gone. */
  readonly revive: (failed: Session) => Promise<void>;
}

type Method = (...args: readonly unknown[]) => Promise<unknown>;

const goneCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

// Taking back the last answer twice would take back two. All else can be asked for again.
const notRepeatable = new Set<PropertyKey>(['undoLastAnswer']);

/** The same port, whose calls start a server that is gone again and are then repeated once. */
export function reviving<Session, Port extends object>({ open, pick, revive }: Revivable<Session, Port>): Port {
  const call = async (name: PropertyKey, args: readonly unknown[]): Promise<unknown> => {
    const run = async (session: Session) => {
      const port = pick(session) as Record<PropertyKey, Method>;
      return port[name]?.(...args);
    };
    const session = await open();
    try {
      return await run(session);
    } catch (error) {
      const code = goneCode(error);
      if (code === undefined || (code !== 'ECONNREFUSED' && notRepeatable.has(name))) {
        throw error;
      }
      await revive(session);
      return run(await open());
    }
  };
  return new Proxy({} as Port, {
    // A port is no promise: with a `then` it would be called when somebody awaits it.
    get: (_, name) => (name === 'then' ? undefined : (...args: readonly unknown[]) => call(name, args)),
  });
}

/** The error code that says that nobody listens any more, from wherever in the chain of causes it is. */
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
