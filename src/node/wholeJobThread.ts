import type { JobAnswers } from '../core/consolidation/wholeJob/answerTable.js';
import type { WholeJobEstimate } from '../core/consolidation/wholeJob/wholeJobEstimate.js';
import type { ByteRanges } from '../protocol/byteRanges.js';
import type { WholeJobThread } from '../protocol/wholeJob.js';
import { byteRanges } from './byteRanges.js';
import type { StartWorker } from './startWorker.js';

export interface EstimateOptions {
  /** The bundle that the thread runs. */
  readonly script: string;
  readonly start: StartWorker;
  /** The part that is done, from 0 to 1, now and then. */
  readonly onProgress: (part: number) => void;
}

/** Estimates in a thread of its own, which ends with the estimate, or at once when `signal` gives it up. */
export async function estimateInThread(
  job: JobAnswers,
  { script, start, onProgress }: EstimateOptions,
  signal: AbortSignal,
): Promise<WholeJobEstimate> {
  signal.throwIfAborted();
  const { objects, workers, labels } = job;
  const bytes = [objects, workers, labels].reduce((sum, { byteLength }) => sum + byteLength, 0);
  const client = start<WholeJobThread, ByteRanges>({
    script,
    workerData: undefined,
    answers: byteRanges([]), // It asks for nothing.
    bytes: async () => bytes,
  });
  client.on('estimate.progress', onProgress);
  try {
    return await client.call('estimate.run', job, signal);
  } finally {
    client.dispose();
  }
}
