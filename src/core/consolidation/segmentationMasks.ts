import { confidenceOf, unestimated } from './confidence.js';
import { type VotePatterns, votePatterns } from './votePatterns.js';

/** What one worker painted over one picture. */
export interface WorkerMask {
  readonly worker: string;
  /** A class for each pixel, row by row: 0 is the background, and `n` the label at `n - 1` of the list. */
  readonly classes: Uint8Array;
}

export interface ConsolidatedMask {
  readonly classes: Uint8Array;
  /** Of the mask as a whole, as Ground Truth has it: from 0.05 to 0.95, or 0 where one worker was asked. */
  readonly confidence: number;
}

export interface MaskSize {
  readonly width: number;
  readonly height: number;
}

/**
 * One mask of those of several workers. Ground Truth documents that every pixel is a vote between the classes, smoothed
 * with the pixels around it, and that a picture has one confidence; the rest is not published. Here:
 *
 * 1. A worker's vote weighs w = 0.05 + J², where J is the mean Jaccard index, over the classes that are not the
 *    background, of the worker's mask with what the votes give. Weights and result settle each other in ten rounds,
 *    from equal weights on.
 * 2. A pixel that all agree on has their class. Any other has the class with the greatest sum of weighted votes around
 *    it, those of the 5 × 5 pixels counting by the binomial weights 1 4 6 4 1 (a Gaussian with σ = 1). Of equal classes
 *    the lowest wins.
 * 3. The share of a pixel is that of its class in the weighted votes for this pixel, and S the mean share of all pixels
 *    that anybody painted (1 where nobody did):
 *
 *        confidence = round(0.05 + 0.9 · S, 2)
 *
 * One worker's mask stays as it is, with 0. All masks must have the picture's size.
 */
export function consolidateMasks(masks: readonly WorkerMask[], size: MaskSize): ConsolidatedMask {
  const [only] = masks;
  if (only === undefined || masks.some(({ classes }) => classes.length !== size.width * size.height)) {
    throw new RangeError('A picture must have masks, and each must be of its size.');
  }
  if (masks.length === 1) {
    return { classes: only.classes, confidence: unestimated };
  }
  const sorted = masks.toSorted((a, b) => (a.worker < b.worker ? -1 : 1));
  const patterns = votePatterns(sorted.map(({ classes }) => classes));
  const shares = sharesOf(patterns, settledWeights(patterns));
  const classes = decide(patterns, shares, size);
  return { classes, confidence: confidenceOf(meanShare(patterns, shares, classes)) };
}

const rounds = 10;
const leastWeight = 0.05;

function settledWeights(patterns: VotePatterns): readonly number[] {
  let weights: readonly number[] = Array.from({ length: patterns.voters }, () => 1);
  for (let round = 0; round < rounds; round += 1) {
    const shares = sharesOf(patterns, weights);
    const winners = shares.map((share) => winner(share));
    weights = weights.map((_weight, voter) => leastWeight + meanJaccard(patterns, winners, voter) ** 2);
  }
  return weights;
}

/** For each pattern, the part of the weighted votes that each class has. */
function sharesOf({ votes, classes }: VotePatterns, weights: readonly number[]): readonly Float64Array[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return votes.map((pattern) => {
    const share = new Float64Array(classes);
    pattern.forEach((vote, voter) => {
      share[vote] = (share[vote] ?? 0) + (weights[voter] ?? 0) / total;
    });
    return share;
  });
}

/** Of the classes but the background that the worker or the result has anywhere; 1 where neither has any. */
function meanJaccard({ votes, counts, classes }: VotePatterns, winners: readonly number[], voter: number): number {
  const common = new Float64Array(classes);
  const either = new Float64Array(classes);
  votes.forEach((pattern, index) => {
    const own = pattern[voter] ?? 0;
    const result = winners[index] ?? 0;
    const pixels = counts[index] ?? 0;
    either[own] = (either[own] ?? 0) + pixels;
    if (own === result) {
      common[own] = (common[own] ?? 0) + pixels;
    } else {
      either[result] = (either[result] ?? 0) + pixels;
    }
  });
  const indices = [...either.keys()].filter((value) => value > 0 && (either[value] ?? 0) > 0);
  const sum = indices.reduce((total, value) => total + (common[value] ?? 0) / (either[value] ?? 1), 0);
  return indices.length === 0 ? 1 : sum / indices.length;
}

const reach = 2;
const binomial = [1, 4, 6, 4, 1];

function decide(patterns: VotePatterns, shares: readonly Float64Array[], { width, height }: MaskSize): Uint8Array {
  const { ofPixel, votes } = patterns;
  const isContested = votes.map((pattern) => pattern.some((vote) => vote !== pattern[0]));
  const result = new Uint8Array(ofPixel.length);
  const around = new Float64Array(patterns.classes);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const pixel = row * width + column;
      const pattern = ofPixel[pixel] ?? 0;
      if (isContested[pattern] === true) {
        around.fill(0);
        for (let y = Math.max(row - reach, 0); y <= Math.min(row + reach, height - 1); y += 1) {
          for (let x = Math.max(column - reach, 0); x <= Math.min(column + reach, width - 1); x += 1) {
            const weight = (binomial[y - row + reach] ?? 0) * (binomial[x - column + reach] ?? 0);
            addTo(around, shares[ofPixel[y * width + x] ?? 0], weight);
          }
        }
        result[pixel] = winner(around);
      } else {
        result[pixel] = votes[pattern]?.[0] ?? 0;
      }
    }
  }
  return result;
}

function addTo(sums: Float64Array, values: Float64Array | undefined, weight: number): void {
  for (let index = 0; index < sums.length; index += 1) {
    sums[index] = (sums[index] ?? 0) + (values?.[index] ?? 0) * weight;
  }
}

function winner(values: Float64Array): number {
  let best = 0;
  values.forEach((value, index) => {
    // Sums of the same numbers in another order may differ in the last bit: that must not decide.
    if (value > (values[best] ?? 0) * (1 + 1e-9)) {
      best = index;
    }
  });
  return best;
}

function meanShare({ ofPixel, votes }: VotePatterns, shares: readonly Float64Array[], classes: Uint8Array): number {
  const isPainted = votes.map((pattern) => pattern.some((vote) => vote !== 0));
  let sum = 0;
  let painted = 0;
  for (let pixel = 0; pixel < ofPixel.length; pixel += 1) {
    const pattern = ofPixel[pixel] ?? 0;
    if (isPainted[pattern] === true) {
      sum += shares[pattern]?.[classes[pixel] ?? 0] ?? 0;
      painted += 1;
    }
  }
  return painted === 0 ? 1 : sum / painted;
}
