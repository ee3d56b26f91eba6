import type { Random } from './seededRandom.js';

/** How somebody labels who is not there. */
export interface SimulatedWorker {
  /** For each true class, in the order of the labels, how likely each label is the answer. */
  readonly confusion: readonly (readonly number[])[];
  /** The part of the objects that the worker declines: from 0 to 1. */
  readonly declineRate: number;
  /** The mean time that an answer takes; 0 for as fast as it goes. */
  readonly secondsPerTask: number;
}

export type Reaction = { readonly kind: 'answer'; readonly label: number } | { readonly kind: 'decline' };

/** Right with this probability in each class, and every mistake as likely as any other. */
export function evenConfusion(accuracies: readonly number[]): readonly (readonly number[])[] {
  const others = accuracies.length - 1;
  return accuracies.map((accuracy, truth) =>
    accuracies.map((_, label) => (label === truth ? (others === 0 ? 1 : accuracy) : (1 - accuracy) / others)),
  );
}

/** What the worker does with an object of the class `truth`: two random numbers decide. */
export function reactTo(truth: number, { confusion, declineRate }: SimulatedWorker, random: Random): Reaction {
  if (random() < declineRate) {
    return { kind: 'decline' };
  }
  const row = confusion[truth] ?? [];
  let rest = random() * row.reduce((sum, share) => sum + share, 0);
  const label = row.findIndex((share) => (rest -= share) < 0);
  return { kind: 'answer', label: label === -1 ? row.length - 1 : label };
}

/** How long this answer takes: mostly less than the mean, and now and then much longer, as with people. */
export function workingTimeMs({ secondsPerTask }: SimulatedWorker, random: Random): number {
  const longest = 5;
  return secondsPerTask * 1_000 * Math.min(longest, -Math.log(1 - random()));
}
