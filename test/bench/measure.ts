import { performance } from 'node:perf_hooks';

/** One line of `npm run bench`: our time beside that of a peer doing the same in the same run. */
export interface Measure {
  readonly bench: string;
  readonly oursMs: number;
  readonly peer: string;
  readonly peerMs: number;
  /** Ours as a part of the peer's: below 1 is faster. */
  readonly ratio: number;
  /** What else says something: counts, bytes, percentiles, the goal. */
  readonly [figure: string]: string | number | boolean;
}

/** What each file of this folder that is named in `run.ts` exports as `bench`. */
export type Bench = () => Promise<readonly Measure[]>;

/** The value below which the given part of the samples lies: 0.5 is the median. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** How many milliseconds the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Milliseconds and ratios to a hundredth: more digits would only be noise. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
