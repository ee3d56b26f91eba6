import type { Agreement } from './agreement.js';
import type { CollectedJob } from './collectedAnswers.js';
import type { WholeJobEstimate } from './wholeJobEstimate.js';

/** What the answers of a whole job say, for a person: plain data that survives being sent as JSON. */
export interface JobAnalysis {
  /** The label attribute that the job made. */
  readonly attribute: string;
  /** Objects with an answer, and how many answers they have in all. */
  readonly objects: number;
  readonly answers: number;
  /** No object has two answers: nothing can be compared, and no accuracy or confusion is known. */
  readonly isEstimated: boolean;
  readonly agreement: Agreement;
  readonly classes: readonly string[];
  /** Sorted by id: the first one is “Worker 1”. */
  readonly workers: readonly WorkerAnalysis[];
}

export interface WorkerAnalysis {
  readonly workerId: string;
  readonly answers: number;
  /** The part of the answers that is expected to be right, from 0 to 1; 0 where nothing is estimated. */
  readonly accuracy: number;
  /** Half of the answers took less; `undefined` where nothing is said of times. */
  readonly medianSeconds: number | undefined;
}

/**
 * For each class that an object may truly be of, in the order of the classes: how often each class was answered, as
 * parts that add up to 1. All are 0 for a class that no object is expected to be of.
 */
export type Confusion = readonly (readonly number[])[];

/** What an estimate says of each line of a manifest; arrays go by line. */
export interface LineEstimates {
  readonly attribute: string;
  readonly classNames: readonly string[];
  /** The likeliest class by its place in `classNames`; -1 where there is no answer. */
  readonly labels: Int32Array;
  /** The probability of that class, to two decimals. */
  readonly confidences: Float64Array;
}

/**
 * The attribute whose labels the job made, `labeling-job/<name in lower case>` in their metadata; of several, which only
 * a copied name makes possible, the last. `undefined` where there is none yet.
 */
export function attributeOfJob(
  attributes: readonly { readonly name: string; readonly jobNames: readonly string[] }[],
  jobName: string,
): string | undefined {
  const isOfJob = (name: string) => bareJobName(name).toLowerCase() === jobName.toLowerCase();
  return attributes.findLast(({ jobNames }) => jobNames.some(isOfJob))?.name;
}

/** Of the name in a label's metadata, what the job is called. */
export function bareJobName(name: string): string {
  return name.replace(/^labeling-job\//u, '');
}

/** What an estimate of a job's answers says, in the words of a person. */
export function jobAnalysis(attribute: string, job: CollectedJob, estimate: WholeJobEstimate): JobAnalysis {
  const { answers, classNames, workerIds } = job;
  const { answerCounts, accuracies, isEstimated, agreement } = estimate;
  const medians = medianSeconds(job);
  const workers = workerIds.map((workerId, worker) => ({
    workerId,
    answers: answerCounts[worker] ?? 0,
    accuracy: accuracies[worker] ?? 0,
    medianSeconds: medians[worker],
  }));
  return {
    attribute,
    objects: new Set(answers.objects).size,
    answers: answers.objects.length,
    isEstimated,
    agreement,
    classes: classNames,
    workers,
  };
}

/** Of one worker, by its place in `JobAnalysis.workers`, or of all together. */
export function confusionOf(job: CollectedJob, estimate: WholeJobEstimate, worker: number | undefined): Confusion {
  const { length } = job.classNames;
  const size = length ** 2;
  const values =
    worker === undefined
      ? jointConfusion(job, estimate)
      : estimate.confusions.subarray(worker * size, (worker + 1) * size);
  return rowsOf(values, length);
}

export function lineEstimates(
  attribute: string,
  { classNames }: CollectedJob,
  { labels, confidences }: WholeJobEstimate,
): LineEstimates {
  return { attribute, classNames, labels, confidences };
}

/** Each answer counts for each class as much as its object is likely to be of that class. */
function jointConfusion({ answers }: CollectedJob, { posteriors, isEstimated }: WholeJobEstimate): Float64Array {
  const { objects, labels, classCount } = answers;
  const counts = new Float64Array(classCount ** 2);
  if (isEstimated) {
    objects.forEach((object, answer) => {
      for (let truth = 0; truth < classCount; truth += 1) {
        const place = truth * classCount + (labels[answer] ?? 0);
        counts[place] = (counts[place] ?? 0) + (posteriors[object * classCount + truth] ?? 0);
      }
    });
  }
  for (let truth = 0; truth < classCount; truth += 1) {
    const row = counts.subarray(truth * classCount, (truth + 1) * classCount);
    const total = row.reduce((sum, count) => sum + count, 0);
    row.set(row.map((count) => (total === 0 ? 0 : count / total)));
  }
  return counts;
}

function rowsOf(values: Float64Array, length: number): Confusion {
  return Array.from({ length }, (_, row) => [...values.subarray(row * length, (row + 1) * length)]);
}

function medianSeconds({ answers, workerIds, seconds }: CollectedJob): readonly (number | undefined)[] {
  const times: number[][] = workerIds.map(() => []);
  seconds.forEach((spent, answer) => {
    if (!Number.isNaN(spent)) {
      times[answers.workers[answer] ?? 0]?.push(spent);
    }
  });
  return times.map((own) => own.toSorted((a, b) => a - b)[Math.floor((own.length - 1) / 2)]);
}
