import type { AnswerTable } from './answerTable.js';

/** How far the workers of a job agree, whatever the truth is. */
export interface Agreement {
  /** Of all pairs of answers to one object, the part that is the same, averaged over objects: from 0 to 1. */
  readonly share: number | undefined;
  /** 1 where all agree, 0 where they agree as by chance. */
  readonly fleissKappa: number | undefined;
  /** 1 where all agree, 0 where they agree as by chance. */
  readonly krippendorffAlpha: number | undefined;
}

/**
 * Objects with one answer say nothing about agreement and are left out; what cannot be computed is `undefined`: all of
 * it where no object has two answers, and κ and α where there is but one class to agree on.
 *
 * - κ (J. L. Fleiss, Psychological Bulletin 76(5), 1971), with as many answers as each object happens to have: P is the
 *   share of agreeing pairs, averaged over objects, P_e = Σ of the squared shares of the classes, κ = (P − P_e)/(1 − P_e).
 * - α for nominal data (K. Krippendorff, Content Analysis, 1980): 1 − D_o/D_e, where D_o counts the disagreeing pairs
 *   within objects, those of an object with n answers each counting 1/(n − 1), and D_e those among all answers.
 */
export function agreementOf({ rowCount, classCount, rowStarts, answers, weights, cellLabels }: AnswerTable): Agreement {
  const classTotals = new Float64Array(classCount);
  const votes = new Float64Array(classCount);
  let objects = 0;
  let agreeing = 0;
  let disagreement = 0;
  for (let row = 0; row < rowCount; row += 1) {
    const cells = answers.subarray(rowStarts[row], rowStarts[row + 1]);
    const count = cells.length;
    if (count > 1) {
      const weight = weights[row] ?? 0;
      votes.fill(0);
      for (const cell of cells) {
        const label = cellLabels[cell] ?? 0;
        votes[label] = (votes[label] ?? 0) + 1;
        classTotals[label] = (classTotals[label] ?? 0) + weight;
      }
      const same = votes.reduce((sum, vote) => sum + vote * (vote - 1), 0);
      objects += weight;
      agreeing += (weight * same) / (count * (count - 1));
      disagreement += (weight * (count * (count - 1) - same)) / (count - 1);
    }
  }
  if (objects === 0) {
    return { share: undefined, fleissKappa: undefined, krippendorffAlpha: undefined };
  }
  const total = classTotals.reduce((sum, count) => sum + count, 0);
  const share = agreeing / objects;
  const byChance = classTotals.reduce((sum, count) => sum + (count / total) ** 2, 0);
  const pairsByChance = classTotals.reduce((sum, count) => sum + count * (total - count), 0) / (total - 1);
  const isVaried = pairsByChance > 0;
  return {
    share,
    fleissKappa: isVaried ? (share - byChance) / (1 - byChance) : undefined,
    krippendorffAlpha: isVaried ? 1 - disagreement / pairsByChance : undefined,
  };
}
