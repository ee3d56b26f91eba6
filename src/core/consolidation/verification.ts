import { consolidateSingleLabel } from './singleLabel.js';

/** What one worker thinks of the labels that an object already has, maybe in words too. */
export interface Verdict {
  readonly worker: string;
  readonly label: number;
  readonly comment?: string;
}

export interface ConsolidatedVerdict {
  readonly label: number;
  readonly confidence: number;
  /** What the workers wrote, in the order of their answers; who wrote nothing is left out. */
  readonly comments: readonly string[];
}

/**
 * One verdict per object of a consolidation batch. Ground Truth documents the method of single-label jobs for it, so
 * that the label and its confidence are those of `consolidateSingleLabel`; comments are gathered and change nothing.
 */
export function consolidateVerification(
  objects: readonly (readonly Verdict[])[],
  classes: number,
): readonly ConsolidatedVerdict[] {
  return consolidateSingleLabel(objects, classes).map(({ label, confidence }, index) => ({
    label,
    confidence,
    comments: (objects[index] ?? []).flatMap(({ comment = '' }) => (comment.trim() === '' ? [] : [comment])),
  }));
}
