import type { Breakdown } from '../../src/core/manifest/breakdown.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import { confidenceBins } from '../../src/core/manifest/confidence.js';
import { classColour } from '../manifest/classColour.js';

/** Whose labels a chart of confidences is of: those of humans and of machines are not put together unasked. */
export type Whose = 'human' | 'machine' | 'unstated' | 'all';

export interface ShownClass {
  readonly name: string;
  readonly label: string;
  readonly fill: string;
  readonly labels: number;
  readonly notComputed: number;
  readonly bins: readonly number[];
}

/** Those who have labels with classes in it, who has most of them first. */
export function annotatorsIn({ classes }: Breakdown): readonly Exclude<Whose, 'all'>[] {
  const labels = (who: Exclude<Whose, 'all'>) => classes.reduce((sum, entry) => sum + entry[who].labels, 0);
  return (['human', 'machine', 'unstated'] as const)
    .filter((who) => labels(who) > 0)
    .toSorted((a, b) => labels(b) - labels(a));
}

/** The classes with the labels of some annotators, in the colours that they have everywhere on the page. */
export function shownClasses({ classes }: Breakdown, summary: AttributeSummary, whose: Whose): readonly ShownClass[] {
  const places = new Map(summary.classes.map(({ name }, place) => [name, place]));
  return classes
    .map((entry) => {
      const spreads = whose === 'all' ? [entry.human, entry.machine, entry.unstated] : [entry[whose]];
      const sum = (of: (spread: (typeof spreads)[number]) => number) =>
        spreads.reduce((all, each) => all + of(each), 0);
      return {
        name: entry.name,
        label: entry.name === '' ? '(no name)' : entry.name,
        fill: `fill-${classColour(places.get(entry.name) ?? Number.POSITIVE_INFINITY)}`,
        labels: sum(({ labels }) => labels),
        notComputed: sum(({ notComputed }) => notComputed),
        bins: Array.from({ length: confidenceBins }, (_, bin) => sum(({ bins }) => bins[bin] ?? 0)),
      };
    })
    .filter(({ labels }) => labels > 0);
}

export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0);
}
