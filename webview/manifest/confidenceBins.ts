import { confidenceBins } from '../../src/core/manifest/confidence.js';

/** So that what lies exactly between two bins is in the one that counts it. */
const justBefore = 1e-9;

/** The confidences that are counted in the bins from `first` to `last`; of the last bin, also 1. */
export function confidenceOfBins(first: number, last: number): { readonly from: number; readonly to: number } {
  const to = (last + 1) / confidenceBins;
  return { from: first / confidenceBins, to: to >= 1 ? 1 : to - justBefore };
}
