/** Confidences are counted in so many parts of 0 to 1. */
export const confidenceBins = 20;

/** AWS gives an answer of one worker the confidence 0, which says nothing; a machine's 0 is a real one. */
export function isComputed(confidence: number, isMachine: boolean): boolean {
  return confidence !== 0 || isMachine;
}

/** Which of the parts of 0 to 1 a confidence is in. */
export function binOf(confidence: number): number {
  // 0.95 * 20 is 18.999…; the small sum puts what people write with two decimals where they expect it.
  return Math.min(confidenceBins - 1, Math.max(0, Math.floor(confidence * confidenceBins + 1e-9)));
}
