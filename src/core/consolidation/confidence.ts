/**
 * The confidence that Ground Truth writes for an estimated probability: `round(0.05 + 0.9·p, 2)`, so from 0.05 to 0.95.
 * The published program rounds as Python does: what lies exactly in the middle goes to the even digit.
 */
export function confidenceOf(probability: number): number {
  const value = 0.05 + 0.9 * probability;
  // Of two equally near numbers `toFixed` takes the larger, which is the odd one for these two middles alone.
  return value === 0.125 ? 0.12 : value === 0.625 ? 0.62 : Number(value.toFixed(2));
}

/** What stands for "not estimated": one worker's answer cannot be compared with anything. */
export const unestimated = 0;
