// The thread that estimates one whole job. It is started by `wholeJobThread.ts`, and ended where nobody waits any more.
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { JobAnswers } from '../core/consolidation/wholeJob/answerTable.js';
import { estimateWholeJob, type WholeJobEstimate } from '../core/consolidation/wholeJob/wholeJobEstimate.js';
import { nowAndThen } from '../core/nowAndThen.js';
import { serve } from '../protocol/channel.js';
import type { WholeJobThread } from '../protocol/wholeJob.js';
import { threadPort } from './threadPort.js';

if (parentPort) {
  serveEstimate(parentPort);
}

function serveEstimate(port: MessagePort): void {
  const host = serve<WholeJobThread>(threadPort(port), {
    'estimate.run': async (job) =>
      estimated(
        job,
        nowAndThen((part: number) => host.emit('estimate.progress', part)),
      ),
  });
}

function estimated(job: JobAnswers, onProgress: (part: number) => void): WholeJobEstimate {
  const rounds = estimateWholeJob(job);
  for (;;) {
    const round = rounds.next();
    if (round.done === true) {
      return round.value;
    }
    onProgress(round.value);
  }
}
