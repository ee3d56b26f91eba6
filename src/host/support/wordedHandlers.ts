import { Failure } from '../../core/failure.js';
import type { Contract, Handlers } from '../../protocol/channel.js';
import { noticeFor } from './notices.js';

export interface Wording {
  /** What the page knows what to do about reaches it as it is; all else as the sentence for the user. */
  readonly isForPage: (failure: Failure) => boolean;
  readonly log: (error: Error | string) => void;
}

/** The same handlers, whose failures a page can show. */
export function worded<C extends Contract>(handlers: Handlers<C>, { isForPage, log }: Wording): Handlers<C> {
  type Handler = (params: unknown, signal: AbortSignal) => Promise<unknown>;
  const entries = Object.entries(handlers).map(([method, handler]) => [
    method,
    async (params: unknown, signal: AbortSignal) => {
      try {
        return await (handler as Handler)(params, signal);
      } catch (error) {
        if (signal.aborted || (Failure.is(error) && isForPage(error))) {
          throw error;
        }
        log(error instanceof Error ? error : String(error));
        throw new Error(noticeFor(error).message, { cause: error });
      }
    },
  ]);
  return Object.fromEntries(entries) as Handlers<C>;
}
