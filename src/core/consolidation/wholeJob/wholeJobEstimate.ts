import { type Agreement, agreementOf } from './agreement.js';
import { type AnswerTable, answerTable, type JobAnswers } from './answerTable.js';
import { estimateSubtypes, mostRounds } from './subtypeModel.js';
import { voteShares } from './voteShares.js';

/** What all answers of a job together say about its objects and workers. Arrays go by object, or by worker. */
export interface WholeJobEstimate {
  /** No object has two answers: nothing can be compared, and every confidence and accuracy is 0. */
  readonly isEstimated: boolean;
  /** `classCount` probabilities for each object. */
  readonly posteriors: Float64Array;
  /** The likeliest class, of several the first; the only answer where there is one; -1 without any. */
  readonly labels: Int32Array;
  /** The probability of that class, to two decimals; 0 without answers. */
  readonly confidences: Float64Array;
  readonly answerCounts: Int32Array;
  /** The part of the worker's answers that is expected to be right. */
  readonly accuracies: Float64Array;
  /** For each worker and true class, `classCount` parts of the answers; all 0 for a class that nothing is expected of. */
  readonly confusions: Float64Array;
  readonly agreement: Agreement;
}

/** The part of every probability that goes to all classes alike, since no model knows how wrong it is. */
const doubt = 0.02;

/** Two models beside the votes: few kinds of objects and loose ties to the other workers, and many with strong ones. */
const models = [
  { subtypes: 3, pull: 8 },
  { subtypes: 1, pull: 2 },
] as const;

/**
 * Estimates the classes of all objects of a single-label job from all answers at once: for analysis. It tells, unlike the
 * confidences of the output manifest, which labels are likely to be wrong; the manifest stays as Ground Truth writes it.
 *
 *     p = 0.98 · (½ · voteShares + ¼ · estimateSubtypes(3, 8) + ¼ · estimateSubtypes(1, 2)) + 0.02 / classes
 *
 * Votes alone are too unsure where workers are many, and the models alone too sure: half of each is well calibrated, and
 * keeps the label where there is a single answer. Yields the part that is done after each round, from 0 to 1; whoever
 * stops asking cancels it. Throws a `RangeError` for numbers that are out of their range.
 */
export function* estimateWholeJob(job: JobAnswers): Generator<number, WholeJobEstimate> {
  const table = answerTable(job);
  const votes = voteShares(table).shares;
  const isEstimated = table.rowStarts.some((start, row) => row > 0 && start - (table.rowStarts[row - 1] ?? 0) > 1);
  const posteriors = isEstimated ? yield* pooled(table, votes) : votes;
  const agreement = agreementOf(table);
  return {
    isEstimated,
    ...byObject(table, posteriors, isEstimated),
    ...byWorker(table, posteriors, isEstimated),
    agreement,
  };
}

function* pooled(table: AnswerTable, votes: Float64Array): Generator<number, Float64Array> {
  const posteriors = votes.map((share) => (1 - doubt) * 0.5 * share + doubt / table.classCount);
  for (const [place, model] of models.entries()) {
    const rounds = estimateSubtypes(table, votes, model);
    let round = rounds.next();
    for (let done = 1; round.done !== true; done += 1) {
      yield (place + done / mostRounds) / models.length;
      round = rounds.next();
    }
    const { value: estimated } = round;
    estimated.forEach((probability, index) => {
      posteriors[index] = (posteriors[index] ?? 0) + ((1 - doubt) * 0.5 * probability) / models.length;
    });
  }
  return posteriors;
}

function byObject(table: AnswerTable, ofRows: Float64Array, isEstimated: boolean) {
  const { classCount, objectCount, rowOfObject, rowStarts, answers, cellLabels } = table;
  const posteriors = new Float64Array(objectCount * classCount);
  const labels = new Int32Array(objectCount).fill(-1);
  const confidences = new Float64Array(objectCount);
  rowOfObject.forEach((row, object) => {
    const own = ofRows.subarray(row * classCount, (row + 1) * classCount);
    posteriors.set(own, object * classCount);
    const [start = 0, end = 0] = rowStarts.subarray(row, row + 2);
    if (end > start) {
      const only = end - start === 1 ? cellLabels[answers[start] ?? 0] : undefined;
      const label = only ?? likeliest(own);
      labels[object] = label;
      confidences[object] = isEstimated ? Math.round((own[label] ?? 0) * 100) / 100 : 0;
    }
  });
  return { posteriors, labels, confidences };
}

function likeliest(probabilities: Float64Array): number {
  let label = 0;
  probabilities.forEach((probability, index) => {
    // Equal ones may differ in the last bits, by the order of sums.
    if (probability > (probabilities[label] ?? 0) + 1e-12) {
      label = index;
    }
  });
  return label;
}

function byWorker(table: AnswerTable, ofRows: Float64Array, isEstimated: boolean) {
  const { classCount, workerCount, rowCount, rowStarts, answers, weights, cellWorkers, cellLabels } = table;
  const answerCounts = new Int32Array(workerCount);
  const accuracies = new Float64Array(workerCount);
  const confusions = new Float64Array(workerCount * classCount * classCount);
  const scale = isEstimated ? 1 : 0;
  for (let row = 0; row < rowCount; row += 1) {
    const weight = weights[row] ?? 0;
    for (const cell of answers.subarray(rowStarts[row], rowStarts[row + 1])) {
      const worker = cellWorkers[cell] ?? 0;
      const label = cellLabels[cell] ?? 0;
      answerCounts[worker] = (answerCounts[worker] ?? 0) + weight;
      for (let truth = 0; truth < classCount; truth += 1) {
        const place = (worker * classCount + truth) * classCount + label;
        confusions[place] = (confusions[place] ?? 0) + scale * weight * (ofRows[row * classCount + truth] ?? 0);
      }
    }
  }
  for (let worker = 0; worker < workerCount; worker += 1) {
    for (let truth = 0; truth < classCount; truth += 1) {
      const from = (worker * classCount + truth) * classCount;
      const counts = confusions.subarray(from, from + classCount);
      const expected = counts.reduce((sum, count) => sum + count, 0);
      accuracies[worker] = (accuracies[worker] ?? 0) + (counts[truth] ?? 0) / Math.max(answerCounts[worker] ?? 0, 1);
      counts.set(counts.map((count) => (expected === 0 ? 0 : count / expected)));
    }
  }
  return { answerCounts, accuracies, confusions };
}
