/** What one worker chose for one object: a class by its place in the list of labels. */
export interface Annotation {
  readonly worker: string;
  readonly label: number;
}

export interface ConsolidatedLabel {
  readonly label: number;
  /** Of the label, given the annotations of the whole batch. */
  readonly probability: number;
  /** As Ground Truth writes it: from 0.05 to 0.95, or 0 where one worker was asked. */
  readonly confidence: number;
}

const assumedAccuracy = 0.7;
const maximumEpochs = 20;

/**
 * One label per object from the answers of several workers, for the objects of one consolidation batch: the modified
 * Dawid-Skene estimate that AWS published for single-label jobs. Each worker has a confusion matrix, drawn towards that
 * worker's own and the team's accuracy; two rounds of expectation and maximisation settle it, since the published
 * stopping rule divides by a negative likelihood. An object with one answer keeps it, and its confidence is not
 * estimated. Every object must have an answer.
 */
export function consolidateSingleLabel(
  objects: readonly (readonly Annotation[])[],
  classes: number,
): readonly ConsolidatedLabel[] {
  const shared = objects.filter((annotations) => annotations.length > 1);
  const posteriors = shared.length === 0 || classes === 1 ? [] : estimate(shared, classes);
  let next = 0;
  return objects.map((annotations) => {
    const [only] = annotations;
    if (only === undefined) {
      throw new RangeError('An object without an annotation has no label.');
    }
    if (annotations.length === 1) {
      return { label: only.label, probability: 1, confidence: 0 };
    }
    const posterior = posteriors[next] ?? [1];
    next += 1;
    return likeliest(posterior);
  });
}

function likeliest(posterior: readonly number[]): ConsolidatedLabel {
  let label = 0;
  let probability = posterior[0] ?? 0;
  posterior.forEach((candidate, index) => {
    // Equal shares differ in the last bit, by the order of the factors: the lowest index wins.
    if (candidate > probability * (1 + 1e-12)) {
      label = index;
      probability = candidate;
    }
  });
  return { label, probability, confidence: Number((0.05 + 0.9 * probability).toFixed(2)) };
}

type Matrix = number[][];

function estimate(objects: readonly (readonly Annotation[])[], classes: number): readonly (readonly number[])[] {
  const workers = [...new Set(objects.flat().map(({ worker }) => worker))];
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
