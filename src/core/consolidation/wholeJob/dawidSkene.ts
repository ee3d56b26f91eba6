import type { AnswerTable } from './answerTable.js';
import { createSweep, rowPosteriors, type Sweep } from './sweep.js';

export interface DawidSkeneOptions {
  readonly rounds: number;
  /** It ends before that when no probability changes by more. */
  readonly tolerance: number;
  /** Added to every count of a worker's answers, so that what has not been seen is not impossible. */
  readonly smoothing: number;
}

export interface DawidSkeneEstimate {
  /** `classCount` probabilities for each row of the table. */
  readonly posteriors: Float64Array;
  readonly rounds: number;
}

/**
 * The estimate of A. P. Dawid and A. M. Skene (Applied Statistics 28(1), 1979): starting from the shares of the votes,
 * class shares π and confusion matrices C are those that the probabilities make likeliest, and the probabilities follow
 * from them, p_i[t] ∝ π[t] · Π_j C_j[t][a_ij], in turns.
 */
export function estimateDawidSkene(
  table: AnswerTable,
  { rounds, tolerance, smoothing }: DawidSkeneOptions,
): DawidSkeneEstimate {
  const sweep = createSweep(table, 1);
  countVotes(sweep, table);
  let round = 0;
  let change = Number.POSITIVE_INFINITY;
  while (round < rounds && change > tolerance) {
    maximise(sweep, table, smoothing);
    change = sweep.run();
    round += 1;
  }
  return { posteriors: rowPosteriors(sweep, table), rounds: round };
}

/** What a round leaves behind, of the shares of the votes. */
function countVotes({ posteriors, totals, counts, evenClasses }: Sweep, table: AnswerTable): void {
  for (let row = 0; row < table.rowCount; row += 1) {
    const cells = table.answers.subarray(table.rowStarts[row], table.rowStarts[row + 1]);
    const shares = posteriors.subarray(row * evenClasses, row * evenClasses + evenClasses);
    for (const cell of cells) {
      const label = table.cellLabels[cell] ?? 0;
      shares[label] = (shares[label] ?? 0) + 1 / cells.length;
    }
    const weight = table.weights[row] ?? 0;
    for (let truth = 0; truth < table.classCount; truth += 1) {
      const share = weight * (shares[truth] ?? 0);
      totals[truth] = (totals[truth] ?? 0) + share;
      for (const cell of cells) {
        counts[cell * evenClasses + truth] = (counts[cell * evenClasses + truth] ?? 0) + share;
      }
    }
  }
}

/** Of what never happened the logarithm of a number that is as good as 0, but can be added up. */
const impossible = 1e-300;

function maximise(sweep: Sweep, { classCount, cellWorkers }: AnswerTable, smoothing: number): void {
  const { shares, totals, logarithms, counts, evenClasses } = sweep;
  const objects = totals.reduce((sum, total) => sum + total, 0);
  shares.fill(Number.NEGATIVE_INFINITY);
  for (let truth = 0; truth < classCount; truth += 1) {
    shares[truth] = Math.log(Math.max((totals[truth] ?? 0) / objects, impossible));
  }
  for (let first = 0; first < cellWorkers.length;) {
    let end = first + 1;
    while (end < cellWorkers.length && cellWorkers[end] === cellWorkers[first]) {
      end += 1;
    }
    for (let truth = 0; truth < classCount; truth += 1) {
      let answers = smoothing * classCount;
      for (let cell = first; cell < end; cell += 1) {
        answers += counts[cell * evenClasses + truth] ?? 0;
      }
      for (let cell = first; cell < end; cell += 1) {
        const place = cell * evenClasses + truth;
        const likelihood = answers === 0 ? 0 : ((counts[place] ?? 0) + smoothing) / answers;
        logarithms[place] = Math.log(Math.max(likelihood, impossible));
      }
    }
    first = end;
  }
}
