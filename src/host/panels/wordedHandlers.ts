import type * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import type { Handlers } from '../../protocol/channel.js';
import type { LabelingPage } from '../../protocol/labelingPage.js';
import { noticeFor } from '../support/notifier.js';

/** The page knows what to do about the portal's own failures; all others reach it as the sentence for the user. */
export function worded(handlers: Handlers<LabelingPage>, log: vscode.LogOutputChannel): Handlers<LabelingPage> {
  type Handler = (params: unknown, signal: AbortSignal) => Promise<unknown>;
  const entries = Object.entries(handlers).map(([method, handler]) => [
    method,
    async (params: unknown, signal: AbortSignal) => {
      try {
        return await (handler as Handler)(params, signal);
      } catch (error) {
        if (signal.aborted || (Failure.is(error) && error.code.startsWith('portal.'))) {
          throw error;
        }
        log.error(error instanceof Error ? error : String(error));
        throw new Error(noticeFor(error).message, { cause: error });
      }
    },
  ]);
  return Object.fromEntries(entries) as Handlers<LabelingPage>;
}
