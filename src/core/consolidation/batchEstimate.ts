/** What one worker chose for one object: a class by its place in the list of classes. */
export interface Annotation {
  readonly worker: string;
  readonly label: number;
}

const assumedAccuracy = 0.7;
const maximumEpochs = 20;

/**
 * For each object of one consolidation batch the probability of each class: the modified Dawid-Skene estimate that AWS
 * published for single-label jobs (A. P. Dawid, A. M. Skene, Applied Statistics 28(1), 1979, with priors).
 *
 * - Prior: π[t] = mean of p_i[t] over the objects i; at first p_i = 1/classes.
 * - Expectation: p_i[t] ∝ π[t] · Π_j C_j[t][a_ij] over the workers j who answered a_ij; at first C_j is 0.7 on the
 *   diagonal and even elsewhere.
 * - Maximisation: M_j[t][a] = Σ_i p_i[t]·[a_ij = a], accuracy_j = trace(M_j)/ΣM_j, and C_j is M_j, drawn towards the
 *   worker's own accuracy with the worker's weight ΣM_j and towards the team's with half of it, each row summing to 1.
 * - The end: (LL − LL before)/LL before < 1e-8. The likelihood is negative, so two rounds settle it.
 *
 * Every object must have an answer. The workers' order changes no bit of the result: sums go by the workers' names.
 */
export function estimateBatch(
  objects: readonly (readonly Annotation[])[],
  classes: number,
): readonly (readonly number[])[] {
  if (objects.length === 0 || classes === 1) {
    return objects.map(() => [1]);
  }
  return estimate(
    objects.map((annotations) => annotations.toSorted(byWorker)),
    classes,
  );
}

/** The workers who answered one of many yes-or-no questions, and what they said. */
export type Votes = readonly { readonly worker: string; readonly isYes: boolean }[];

/** For each question of one batch how likely "yes" is: the same estimate, with two classes. */
export function estimateYes(questions: readonly Votes[]): readonly number[] {
  const objects = questions.map((votes) => votes.map(({ worker, isYes }) => ({ worker, label: isYes ? 1 : 0 })));
  return estimateBatch(objects, 2).map(([, yes = 0]) => yes);
}

type Matrix = number[][];

function estimate(objects: readonly (readonly Annotation[])[], classes: number): readonly (readonly number[])[] {
  const workers = [...new Set(objects.flat().map(({ worker }) => worker))].toSorted();
  let posteriors: number[][] = objects.map(() => Array.from({ length: classes }, () => 1 / classes));
  let confusions = new Map(workers.map((worker) => [worker, evenConfusion(assumedAccuracy, classes)]));
  let teamAccuracy = assumedAccuracy;
  let previous: number | undefined;
  for (let epoch = 0; epoch < maximumEpochs; epoch += 1) {
    const joint = jointProbabilities(objects, posteriors, confusions);
    const totals = joint.map(sum);
    posteriors = joint.map((row, index) => row.map((value) => value / (totals[index] ?? 1)));
    const logLikelihood = sum(totals.map(Math.log));
    if (previous !== undefined && (logLikelihood - previous) / previous < 1e-8) {
      break;
    }
    previous = logLikelihood;
    const learnt = learn(objects, posteriors, { workers, classes, teamAccuracy });
    confusions = learnt.confusions;
    teamAccuracy = learnt.teamAccuracy;
  }
  return posteriors;
}

/** For each object and class: how likely the class is, and with it these answers. */
function jointProbabilities(
  objects: readonly (readonly Annotation[])[],
  posteriors: readonly (readonly number[])[],
  confusions: ReadonlyMap<string, Matrix>,
): number[][] {
  const classes = posteriors[0]?.length ?? 0;
  const prior = Array.from({ length: classes }, (_, truth) => mean(posteriors.map((row) => row[truth] ?? 0)));
  return objects.map((annotations) =>
    prior.map((share, truth) =>
      annotations.reduce(
        (product, { worker, label }) => product * (confusions.get(worker)?.[truth]?.[label] ?? 0),
        share,
      ),
    ),
  );
}

function learn(
  objects: readonly (readonly Annotation[])[],
  posteriors: readonly (readonly number[])[],
  team: { readonly workers: readonly string[]; readonly classes: number; readonly teamAccuracy: number },
): { readonly confusions: Map<string, Matrix>; readonly teamAccuracy: number } {
  const counts = new Map(team.workers.map((worker) => [worker, matrix(team.classes, () => 0)]));
  objects.forEach((annotations, index) => {
    for (const { worker, label } of annotations) {
      counts.get(worker)?.forEach((row, truth) => {
        row[label] = (row[label] ?? 0) + (posteriors[index]?.[truth] ?? 0);
      });
    }
  });
  const confusions = new Map<string, Matrix>();
  const accuracies: number[] = [];
  const teamPrior = evenConfusion(team.teamAccuracy, team.classes);
  for (const [worker, count] of counts) {
    const mass = sum(count.flat());
    const accuracy = sum(count.map((row, truth) => row[truth] ?? 0)) / mass;
    const ownPrior = evenConfusion(accuracy, team.classes);
    accuracies.push(accuracy);
    const drawn = matrix(
      team.classes,
      (truth, label) =>
        (count[truth]?.[label] ?? 0) +
        (ownPrior[truth]?.[label] ?? 0) * mass +
        ((teamPrior[truth]?.[label] ?? 0) * mass) / 2,
    );
    confusions.set(
      worker,
      drawn.map((row) => row.map((value) => value / sum(row))),
    );
  }
  return { confusions, teamAccuracy: mean(accuracies) };
}

/** Right with this probability, and every mistake as likely as any other. */
function evenConfusion(accuracy: number, classes: number): Matrix {
  return matrix(classes, (truth, label) => (truth === label ? accuracy : (1 - accuracy) / (classes - 1)));
}

function matrix(size: number, valueAt: (row: number, column: number) => number): Matrix {
  return Array.from({ length: size }, (_row, row) => Array.from({ length: size }, (_, column) => valueAt(row, column)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function byWorker(a: Annotation, b: Annotation): number {
  return a.worker < b.worker ? -1 : a.worker > b.worker ? 1 : a.label - b.label;
}
