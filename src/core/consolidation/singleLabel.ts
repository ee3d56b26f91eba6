import { type Annotation, estimateBatch } from './batchEstimate.js';
import { confidenceOf, unestimated } from './confidence.js';

export interface ConsolidatedLabel {
  readonly label: number;
  /** Of the label, given the annotations of the whole batch. */
  readonly probability: number;
  /** As Ground Truth writes it: from 0.05 to 0.95, or 0 where one worker was asked. */
  readonly confidence: number;
}

/**
 * One label per object from the answers of several workers, for the objects of one consolidation batch: the class that
 * `estimateBatch` finds the likeliest, with the confidence round(0.05 + 0.9·p, 2). Of equally likely classes the lowest
 * wins. An object with one answer keeps it, and its confidence is not estimated. Every object must have an answer.
 */
export function consolidateSingleLabel(
  objects: readonly (readonly Annotation[])[],
  classes: number,
): readonly ConsolidatedLabel[] {
  const shared = objects.filter((annotations) => annotations.length > 1);
  const posteriors = estimateBatch(shared, classes);
  let next = 0;
  return objects.map((annotations) => {
    const [only] = annotations;
    if (only === undefined) {
      throw new RangeError('An object without an annotation has no label.');
    }
    if (annotations.length === 1) {
      return { label: only.label, probability: 1, confidence: unestimated };
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
  return { label, probability, confidence: confidenceOf(probability) };
}
