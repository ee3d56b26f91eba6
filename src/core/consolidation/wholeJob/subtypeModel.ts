import type { AnswerTable } from './answerTable.js';
import { createSweep, rowPosteriors, type Sweep } from './sweep.js';

export interface SubtypeOptions {
  /** Kinds of objects within a class, which workers may take for different things. */
  readonly subtypes: number;
  /** How many answers of the worker's own the pooled confusion matrix counts as. */
  readonly pull: number;
}

export const mostRounds = 30;
const tolerance = 2e-3;
/** Of the kinds within a class, all together. */
const kindConcentration = 3;
/** What the pooled matrix has before any answer: this many answers of each kind, and more of the right ones. */
const pooledAnswers = 4;
const rightAnswers = 4;

/**
 * Estimates classes by a hierarchical Dawid-Skene model with kinds of objects within a class, in which the mistakes that
 * workers make together are not taken for evidence. Yields after each round, and returns `classCount` probabilities for
 * each row. In turns, until no probability changes by 0.002, at most 30 times:
 *
 * - p(i, t, g) ∝ exp(E ln τ_t + E ln π_tg) · Π_j C_j[t, g][a_ij], for class t, kind g and the answers a_ij of workers j
 * - τ ~ Dirichlet(the votes for each class), π_t ~ Dirichlet(3 / kinds)
 * - C_j[t, g][a] = (N_j[t, g][a] + pull · P[t, g][a]) / (N_j[t, g] + pull), where N_j counts the worker's answers, and P
 *   is the mean of all workers' counts and of 4 answers of each class, 16 of the right one
 *
 * The kinds of a class begin as its objects with few, some and many votes for it.
 */
export function* estimateSubtypes(
  table: AnswerTable,
  votes: Float64Array,
  { subtypes, pull }: SubtypeOptions,
): Generator<void, Float64Array> {
  const sweep = createSweep(table, subtypes);
  const classVotes = begin(sweep, table, { votes, subtypes });
  for (let round = 0; round < mostRounds; round += 1) {
    setShares(sweep, { classVotes, subtypes });
    setLogarithms(sweep, table, { subtypes, pull });
    const change = sweep.run();
    yield;
    if (change < tolerance) {
      break;
    }
  }
  return rowPosteriors(sweep, table);
}

/** Fills in what a round leaves behind. Gives the votes that each class has in all. */
function begin(
  { posteriors, totals, counts, evenClasses, states }: Sweep,
  { rowCount, classCount, rowStarts, answers, weights }: AnswerTable,
  { votes, subtypes }: { readonly votes: Float64Array; readonly subtypes: number },
): Float64Array {
  const classVotes = new Float64Array(classCount);
  const kinds = new Float64Array(subtypes);
  for (let row = 0; row < rowCount; row += 1) {
    const [start = 0, end = 0] = [rowStarts[row], rowStarts[row + 1]];
    const weight = weights[row] ?? 0;
    for (let truth = 0; truth < classCount; truth += 1) {
      const vote = votes[row * classCount + truth] ?? 0;
      posteriors[row * evenClasses + truth] = vote;
      classVotes[truth] = (classVotes[truth] ?? 0) + weight * vote;
      if (vote > 0) {
        shareKinds(kinds, vote);
        for (let kind = 0; kind < subtypes; kind += 1) {
          const state = kind * evenClasses + truth;
          const share = weight * (kinds[kind] ?? 0);
          totals[state] = (totals[state] ?? 0) + share;
          for (let answer = start; answer < end; answer += 1) {
            const place = (answers[answer] ?? 0) * states + state;
            counts[place] = (counts[place] ?? 0) + share;
          }
        }
      }
    }
  }
  return classVotes;
}

/** Divides a vote between the kinds of its class: each is for votes around one height, with bell curves in between. */
function shareKinds(kinds: Float64Array, vote: number): void {
  const width = 0.5 / kinds.length;
  let sum = 0;
  for (let kind = 0; kind < kinds.length; kind += 1) {
    const height = Math.exp(-((vote - (2 * kind + 1) * width) ** 2) / (2 * width ** 2));
    kinds[kind] = height;
    sum += height;
  }
  for (let kind = 0; kind < kinds.length; kind += 1) {
    kinds[kind] = ((kinds[kind] ?? 0) * vote) / sum;
  }
}

function setShares(
  { shares, totals, evenClasses }: Sweep,
  { classVotes, subtypes }: { readonly classVotes: Float64Array; readonly subtypes: number },
): void {
  const kinds = Array.from({ length: subtypes }, (_, kind) => kind * evenClasses);
  const inClass = classVotes.map((_votes, truth) => kinds.reduce((sum, kind) => sum + (totals[kind + truth] ?? 0), 0));
  const all = digamma(classVotes.reduce((sum, vote, truth) => sum + vote + (inClass[truth] ?? 0), 0));
  shares.fill(Number.NEGATIVE_INFINITY);
  classVotes.forEach((vote, truth) => {
    const objects = inClass[truth] ?? 0;
    const classShare = digamma(vote + objects) - all - digamma(objects + kindConcentration);
    for (const kind of kinds) {
      shares[kind + truth] = classShare + digamma((totals[kind + truth] ?? 0) + kindConcentration / subtypes);
    }
  });
}

function setLogarithms(
  { logarithms, counts, evenClasses, states }: Sweep,
  { classCount, cellWorkers, cellLabels }: AnswerTable,
  { pull }: SubtypeOptions,
): void {
  const pooled = new Float64Array(classCount * states);
  for (let label = 0; label < classCount; label += 1) {
    for (let state = 0; state < states; state += 1) {
      pooled[label * states + state] = pooledAnswers * (state % evenClasses === label ? rightAnswers : 1);
    }
  }
  cellLabels.forEach((label, cell) => {
    for (let state = 0; state < states; state += 1) {
      add(pooled, label * states + state, counts[cell * states + state] ?? 0);
    }
  });
  const sums = new Float64Array(states);
  pooled.forEach((count, place) => add(sums, place % states, count));
  const prior = pooled.map((count, place) => (count * pull) / (sums[place % states] ?? 1));

  for (let first = 0; first < cellWorkers.length;) {
    let end = first;
    const worker = cellWorkers[first];
    sums.fill(pull);
    for (; end < cellWorkers.length && cellWorkers[end] === worker; end += 1) {
      for (let state = 0; state < states; state += 1) {
        add(sums, state, counts[end * states + state] ?? 0);
      }
    }
    for (let state = 0; state < states; state += 1) {
      sums[state] = Math.log(sums[state] ?? 1);
    }
    for (let cell = first; cell < end; cell += 1) {
      const label = cellLabels[cell] ?? 0;
      for (let state = 0; state < states; state += 1) {
        const place = cell * states + state;
        const count = (counts[place] ?? 0) + (prior[label * states + state] ?? 0);
        logarithms[place] = Math.log(count) - (sums[state] ?? 0);
      }
    }
    first = end;
  }
}

/** The derivative of ln Γ, by its asymptotic series; what is small is raised before. */
function digamma(value: number): number {
  let raised = value;
  let below = 0;
  while (raised < 8) {
    below += 1 / raised;
    raised += 1;
  }
  const square = 1 / raised ** 2;
  const series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))));
  return Math.log(raised) - 0.5 / raised - series - below;
}

function add(values: Float64Array, place: number, value: number): void {
  values[place] = (values[place] ?? 0) + value;
}
