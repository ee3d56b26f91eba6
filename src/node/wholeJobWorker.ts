// The thread that estimates one whole job. It is started by `wholeJobThread.ts`, and ended where nobody waits any more.
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { JobAnswers } from '../core/consolidation/wholeJob/answerTable.js';
import { estimateWholeJob, type WholeJobEstimate } from '../core/consolidation/wholeJob/wholeJobEstimate.js';
import { serve } from '../protocol/channel.js';
import type { WholeJobThread } from '../protocol/wholeJob.js';
import { threadPort } from './threadPort.js';

/** Progress is told so often, not after each round: whoever listens has better things to do. */
const progressIntervalMs = 100;

if (parentPort) {
  serveEstimate(parentPort);
}

function serveEstimate(port: MessagePort): void {
  const host = serve<WholeJobThread>(threadPort(port), {
    'estimate.run': async (job) => estimated(job, (part) => host.emit('estimate.progress', part)),
  });
}

function estimated(job: JobAnswers, onProgress: (part: number) => void): WholeJobEstimate {
  const rounds = estimateWholeJob(job);
  let lastTold = Number.NEGATIVE_INFINITY;
  for (;;) {
    const round = rounds.next();
    if (round.done === true) {
      return round.value;
    }
    if (performance.now() - lastTold >= progressIntervalMs) {
      lastTold = performance.now();
      onProgress(round.value);
    }
  }
}
