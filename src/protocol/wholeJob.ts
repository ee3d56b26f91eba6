import type { JobAnswers } from '../core/consolidation/wholeJob/answerTable.js';
import type { WholeJobEstimate } from '../core/consolidation/wholeJob/wholeJobEstimate.js';

/** All that the extension host asks of the thread that estimates a whole job; the thread is the host of this contract. */
export type WholeJobThread = {
  requests: {
    'estimate.run': { params: JobAnswers; result: WholeJobEstimate };
  };
  events: {
    /** The part that is done, from 0 to 1. */
    'estimate.progress': number;
  };
};
