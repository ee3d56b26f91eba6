import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import { classColour } from './classColour.js';

/**
 * The colours of the overview's classes. Those that the overview does not have (custom labels, what only a worker drew)
 * get the next ones in the order in which they are first seen, and keep them from object to object.
 */
export class ClassColors {
  readonly #seen = new Map<string, string[]>();

  /** As a CSS colour. */
  colorOf(attribute: AttributeSummary | undefined, className: string): string {
    const classes = attribute?.classes ?? [];
    const place = classes.findIndex(({ name }) => name === className);
    const index = place === -1 ? classes.length + this.#placeAmongSeen(attribute?.name ?? '', className) : place;
    return `var(--class-${classColour(index)})`;
  }

  #placeAmongSeen(attribute: string, className: string): number {
    const seen = this.#seen.get(attribute) ?? [];
    this.#seen.set(attribute, seen);
    const place = seen.indexOf(className);
    return place === -1 ? seen.push(className) - 1 : place;
  }
}
