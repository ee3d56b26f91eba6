import { isCancellation } from './cancellation.js';

/** What did not come to its end when nothing was left to ask: `again` goes on from there, with all that was answered. */
export class AnsweredError extends Error {
  override readonly name = 'AnsweredError';
  readonly again: () => Promise<void>;
  /** Where it was cancelled: how far it came. */
  readonly whenCancelled: string | undefined;

  constructor(cause: unknown, again: () => Promise<void>, whenCancelled?: string) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.again = again;
    this.whenCancelled = whenCancelled;
  }

  /** By name and not by `instanceof`: commands are in another bundle than who reports their errors. */
  static is(error: unknown): error is AnsweredError {
    return error instanceof Error && error.name === 'AnsweredError';
  }
}

/**
 * Runs what a command does once it has its answers, so that trying again need not ask for them anew. What leaves
 * something half done when it is cancelled says so by `whenCancelled`; all else is cancelled without a word.
 */
export async function answered(act: () => Promise<void>, whenCancelled?: () => string): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (isCancellation(error) && whenCancelled === undefined) {
      throw error;
    }
    const again = () => answered(act, whenCancelled);
    throw new AnsweredError(error, again, isCancellation(error) ? whenCancelled?.() : undefined);
  }
}
