import { estimateYes } from './batchEstimate.js';
import { confidenceOf, unestimated } from './confidence.js';

/** The classes that one worker chose for one object, by their places in the list of labels; maybe none. */
export interface LabelChoice {
  readonly worker: string;
  readonly labels: readonly number[];
}

export interface ChosenLabel {
  readonly label: number;
  /** That the label holds: from 0.05 to 0.95, or 0 where one worker was asked. */
  readonly confidence: number;
}

/**
 * The labels of each object of one consolidation batch: every one that some worker chose, as Ground Truth documents,
 * the surest first and equally sure ones in the order of the list.
 *
 * How sure is not published. Here every label is a question of its own, "does it hold?", which every worker of an
 * object has answered by choosing it or not; with P(yes) from `estimateYes` over the batch's objects,
 *
 *     confidence = round(0.05 + 0.9·P(yes), 2)
 *
 * so that a label that few chose stays in the list with a low confidence. Objects with one answer keep it, with 0.
 */
export function consolidateMultiLabel(
  objects: readonly (readonly LabelChoice[])[],
): readonly (readonly ChosenLabel[])[] {
  const results = objects.map((choices) =>
    [...new Set(choices.flatMap(({ labels }) => labels))].toSorted((a, b) => a - b),
  );
  const shared = objects.map((choices, object) => ({ object, choices })).filter(({ choices }) => choices.length > 1);
  const confidences = new Map<string, number>();
  for (const label of new Set(shared.flatMap(({ object }) => results[object] ?? []))) {
    const questions = shared.map(({ choices }) =>
      choices.map(({ worker, labels }) => ({ worker, isYes: labels.includes(label) })),
    );
    estimateYes(questions).forEach((probability, index) => {
      confidences.set(`${shared[index]?.object} ${label}`, confidenceOf(probability));
    });
  }
  return results.map((labels, object) =>
    labels
      .map((label) => ({ label, confidence: confidences.get(`${object} ${label}`) ?? unestimated }))
      .toSorted((a, b) => b.confidence - a.confidence),
  );
}
