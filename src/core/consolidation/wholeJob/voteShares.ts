import type { AnswerTable } from './answerTable.js';

export interface VoteShares {
  /** `classCount` shares for each row of the table, which add up to 1. */
  readonly shares: Float64Array;
  /** For each worker, how often the worker chose what most chose; 0 without answers. */
  readonly agreements: Float64Array;
}

/**
 * The votes for each class, each worker's counting as much as the worker agrees with the others: the part of the
 * worker's answers that have the most votes of their object, where several have as many each counting as its share.
 * Known as "worker agreement with aggregate".
 */
export function voteShares(table: AnswerTable): VoteShares {
  const { classCount, workerCount, rowCount, rowStarts, answers, weights, cellWorkers, cellLabels } = table;
  const hits = new Float64Array(workerCount);
  const counts = new Float64Array(workerCount);
  const votes = new Float64Array(classCount);
  for (let row = 0; row < rowCount; row += 1) {
    const cells = answers.subarray(rowStarts[row], rowStarts[row + 1]);
    const weight = weights[row] ?? 0;
    votes.fill(0);
    for (const cell of cells) {
      add(votes, cellLabels[cell] ?? 0, 1);
    }
    const most = votes.reduce((a, b) => Math.max(a, b), 0);
    const winners = votes.reduce((count, vote) => count + (vote === most ? 1 : 0), 0);
    for (const cell of cells) {
      const worker = cellWorkers[cell] ?? 0;
      add(counts, worker, weight);
      add(hits, worker, votes[cellLabels[cell] ?? 0] === most ? weight / winners : 0);
    }
  }
  const agreements = hits.map((hit, worker) => (counts[worker] === 0 ? 0 : hit / (counts[worker] ?? 1)));
  return { shares: weightedShares(table, agreements), agreements };
}

function weightedShares(table: AnswerTable, agreements: Float64Array): Float64Array {
  const { classCount, rowCount, rowStarts, answers, cellWorkers, cellLabels } = table;
  const shares = new Float64Array(rowCount * classCount);
  for (let row = 0; row < rowCount; row += 1) {
    const cells = answers.subarray(rowStarts[row], rowStarts[row + 1]);
    const own = shares.subarray(row * classCount, (row + 1) * classCount);
    const total = cells.reduce((sum, cell) => sum + (agreements[cellWorkers[cell] ?? 0] ?? 0), 0);
    for (const cell of cells) {
      // Workers who never agree with anybody still count, where there are only such.
      const vote = total > 0 ? (agreements[cellWorkers[cell] ?? 0] ?? 0) / total : 1 / cells.length;
      add(own, cellLabels[cell] ?? 0, vote);
    }
    if (cells.length === 0) {
      own.fill(1 / classCount);
    }
  }
  return shares;
}

function add(values: Float64Array, place: number, value: number): void {
  values[place] = (values[place] ?? 0) + value;
}
