export type AdjustmentStatus = 'adjusted' | 'unadjusted';

/**
 * What the metadata says of labels that workers were asked to correct: `adjusted` as soon as one worker changed
 * anything, as Ground Truth documents. The corrected labels themselves are consolidated like new ones: boxes by
 * `consolidateBoxes`, masks by `consolidateMasks`.
 *
 * `changes` has what each worker's answer says of itself (`initialValueModified`). An answer that says nothing came from
 * a page without the earlier labels: all that it holds is new.
 */
export function adjustmentStatus(changes: readonly (boolean | undefined)[]): AdjustmentStatus {
  return changes.every((isChanged) => isChanged === false) ? 'unadjusted' : 'adjusted';
}
