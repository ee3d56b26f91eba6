import type { JobAnswers } from '../../src/core/consolidation/wholeJob/answerTable.js';
import { estimateWholeJob, type WholeJobEstimate } from '../../src/core/consolidation/wholeJob/wholeJobEstimate.js';

/** Runs the estimate of a whole job to its end. */
export function estimateOf(job: JobAnswers): WholeJobEstimate {
  const rounds = estimateWholeJob(job);
  for (;;) {
    const round = rounds.next();
    if (round.done === true) {
      return round.value;
    }
  }
}
