import type { Decided, Decision } from '../../src/core/review/review.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { count, counted } from './format.js';
import { type ObjectList, placeIn } from './objectList.js';

/** The page's copy of the review, as it was a moment ago. */
export class ReviewDecisions {
  readonly #client: Client<ManifestEditor>;
  readonly #onChange: () => void;
  readonly #byLine = new Map<number, Decision>();
  #canUndo = false;
  #lost = 0;

  constructor(client: Client<ManifestEditor>, onChange: () => void) {
    this.#client = client;
    this.#onChange = onChange;
    client.on('review.changed', ({ decided, state }) => {
      if (!decided) {
        void this.read();
        return;
      }
      this.#canUndo = state.canUndo;
      this.#lost = state.lost;
      this.#take(decided);
      onChange();
    });
  }

  /** All that were made, also those whose objects are not in the manifest any more. */
  get size(): number {
    return this.#byLine.size + this.#lost;
  }

  /** How many are shown nowhere, since their objects or labels are not in the manifest any more. */
  get lost(): number {
    return this.#lost;
  }

  get canUndo(): boolean {
    return this.#canUndo;
  }

  at(line: number): Decision | undefined {
    return this.#byLine.get(line);
  }

  async read(): Promise<void> {
    const { decided, canUndo, lost } = await this.#client.call('review.read', undefined);
    this.#canUndo = canUndo;
    this.#lost = lost;
    this.#byLine.clear();
    decided.forEach((one) => this.#take(one));
    this.#onChange();
  }

  /** Takes a decision back, or makes it again, and tells the place of its object where it is in the list. */
  async step(step: 'undo' | 'redo', list: ObjectList, onFound: (place: number) => void): Promise<void> {
    const decided = await this.#client.call(`review.${step}`, undefined);
    const place = decided?.line !== undefined && (await placeIn(this.#client, list, decided.line));
    if (typeof place === 'number') {
      onFound(place);
    }
  }

  #take({ line, decision }: Decided): void {
    if (line === undefined) {
      return; // Of an object that is not in the manifest now.
    }
    if (decision) {
      this.#byLine.set(line, decision);
    } else {
      this.#byLine.delete(line);
    }
  }
}

/** How many there are, and how many of them are shown nowhere. */
export function decisionsText({ size, lost }: ReviewDecisions): string {
  const all = counted(size, 'decision', 'decisions');
  const of = lost === 1 ? 'is of an object that is' : 'are of objects that are';
  return lost === 0 ? all : `${all}, of which ${count(lost)} ${of} not in the manifest any more, or labeled anew`;
}
