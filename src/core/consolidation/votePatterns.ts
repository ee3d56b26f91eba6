/** Masks of several workers, put together: pixels that everybody painted alike share one pattern. */
export interface VotePatterns {
  readonly voters: number;
  /** One more than the greatest class that anybody voted for. */
  readonly classes: number;
  /** For each pattern the class that each worker voted for. */
  readonly votes: readonly Uint8Array[];
  /** How many pixels have the pattern. */
  readonly counts: Float64Array;
  readonly ofPixel: Int32Array;
}

/**
 * Finds the patterns in one pass per mask. Millions of pixels have few of them, since workers differ at the edges only:
 * what is computed per pattern costs next to nothing. All masks must have the same length.
 */
export function votePatterns(masks: readonly Uint8Array[]): VotePatterns {
  const classes = Math.max(...masks.map(greatest)) + 1;
  const ofPixel = new Int32Array(masks[0]?.length ?? 0);
  let votes: readonly Uint8Array[] = [new Uint8Array(0)];
  for (const mask of masks) {
    votes = split(ofPixel, votes, { mask, classes });
  }
  const counts = new Float64Array(votes.length);
  for (const pattern of ofPixel) {
    counts[pattern] = (counts[pattern] ?? 0) + 1;
  }
  return { voters: masks.length, classes, votes, counts, ofPixel };
}

// A plain loop: the functions of arrays call another one for each of millions of pixels.
function greatest(mask: Uint8Array): number {
  let most = 0;
  for (const value of mask) {
    most = value > most ? value : most;
  }
  return most;
}

/** Splits each pattern by what one more worker voted for. */
function split(
  ofPixel: Int32Array,
  votes: readonly Uint8Array[],
  { mask, classes }: { readonly mask: Uint8Array; readonly classes: number },
): readonly Uint8Array[] {
  const places = new Map<number, number>();
  const found: Uint8Array[] = [];
  let lastKey = -1;
  let place = 0;
  for (let pixel = 0; pixel < ofPixel.length; pixel += 1) {
    const pattern = ofPixel[pixel] ?? 0;
    const vote = mask[pixel] ?? 0;
    const key = pattern * classes + vote;
    // Most pixels are like the one before, which saves looking them up.
    if (key !== lastKey) {
      lastKey = key;
      place = places.get(key) ?? found.length;
      if (place === found.length) {
        places.set(key, place);
        found.push(Uint8Array.of(...(votes[pattern] ?? []), vote));
      }
    }
    ofPixel[pixel] = place;
  }
  return found;
}
