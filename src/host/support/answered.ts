import { isCancellation } from './cancellation.js';

/** What failed when nothing was left to ask: `again` goes on from there, with all that was answered. */
export class AnsweredError extends Error {
  override readonly name = 'AnsweredError';
  readonly again: () => Promise<void>;

  constructor(cause: unknown, again: () => Promise<void>) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.again = again;
  }

  /** By name and not by `instanceof`: commands are in another bundle than who reports their errors. */
  static is(error: unknown): error is AnsweredError {
    return error instanceof Error && error.name === 'AnsweredError';
  }
}

/** Runs what a command does once it has its answers, so that trying again need not ask for them anew. */
export async function answered(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw isCancellation(error) ? error : new AnsweredError(error, () => answered(act));
  }
}
