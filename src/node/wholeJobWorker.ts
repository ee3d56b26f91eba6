// The thread that estimates one whole job. It is started by `wholeJobThread.ts`, and ended where nobody waits any more.
import type { JobAnswers } from '../core/consolidation/wholeJob/answerTable.js';
import { estimateWholeJob, type WholeJobEstimate } from '../core/consolidation/wholeJob/wholeJobEstimate.js';
import { nowAndThen } from '../core/nowAndThen.js';
import { type Port, serve } from '../protocol/channel.js';
import type { WholeJobThread } from '../protocol/wholeJob.js';
import { inWorker } from './workerThread.js';

inWorker((_data, port) => serveEstimate(port));

function serveEstimate(port: Port): void {
  const host = serve<WholeJobThread>(port, {
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
