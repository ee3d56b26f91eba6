import { Worker } from 'node:worker_threads';
import type { JobAnswers } from '../core/consolidation/wholeJob/answerTable.js';
import type { WholeJobEstimate } from '../core/consolidation/wholeJob/wholeJobEstimate.js';
import { connect } from '../protocol/channel.js';
import type { WholeJobThread } from '../protocol/wholeJob.js';
import { threadPort } from './threadPort.js';

export interface EstimateOptions {
  /** The bundle that the thread runs. */
  readonly script: string;
  /** The part that is done, from 0 to 1, now and then. */
  readonly onProgress: (part: number) => void;
}

/** Estimates in a thread of its own, which ends with the estimate, or at once when `signal` gives it up. */
export async function estimateInThread(
  job: JobAnswers,
  { script, onProgress }: EstimateOptions,
  signal: AbortSignal,
): Promise<WholeJobEstimate> {
  signal.throwIfAborted();
  const worker = new Worker(script);
  const client = connect<WholeJobThread>(threadPort(worker));
  // A thread that dies (out of memory, say) would otherwise leave the caller waiting.
  const death = new Promise<never>((_resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => client.dispose());
  });
  death.catch(() => undefined);
  client.on('estimate.progress', onProgress);
  try {
    return await Promise.race([client.call('estimate.run', job, signal), death]);
  } finally {
    client.dispose();
    await worker.terminate();
  }
}
