import type { JobAnswers } from '../../../../../src/core/consolidation/wholeJob/answerTable.js';

export interface Answer {
  readonly object: number;
  readonly worker: number;
  readonly label: number;
}

export function jobOf(
  answers: readonly Answer[],
  counts: Pick<JobAnswers, 'objectCount' | 'workerCount' | 'classCount'>,
): JobAnswers {
  return {
    objects: Int32Array.from(answers, ({ object }) => object),
    workers: Int32Array.from(answers, ({ worker }) => worker),
    labels: Int32Array.from(answers, ({ label }) => label),
    ...counts,
  };
}
