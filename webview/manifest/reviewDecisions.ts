import type { Decided, Decision } from '../../src/core/review/review.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { type ObjectList, placeIn } from './objectList.js';

/** The page's copy of the review, as it was a moment ago. */
export class ReviewDecisions {
  readonly #client: Client<ManifestEditor>;
  readonly #onChange: () => void;
  readonly #byLine = new Map<number, Decision>();
  #canUndo = false;

  constructor(client: Client<ManifestEditor>, onChange: () => void) {
    this.#client = client;
    this.#onChange = onChange;
    client.on('review.changed', ({ decided, state }) => {
      this.#canUndo = state.canUndo;
      if (decided) {
        this.#take(decided);
      } else {
        this.#byLine.clear();
      }
      onChange();
    });
  }

  get size(): number {
    return this.#byLine.size;
  }

  get canUndo(): boolean {
    return this.#canUndo;
  }

  at(line: number): Decision | undefined {
    return this.#byLine.get(line);
  }

  async read(): Promise<void> {
    const { decided, canUndo } = await this.#client.call('review.read', undefined);
    this.#canUndo = canUndo;
    this.#byLine.clear();
    decided.forEach((one) => this.#take(one));
    this.#onChange();
  }

  /** Takes a decision back, or makes it again, and tells the place of its object where it is in the list. */
  async step(step: 'undo' | 'redo', list: ObjectList, onFound: (place: number) => void): Promise<void> {
    const decided = await this.#client.call(`review.${step}`, undefined);
    const place = decided && (await placeIn(this.#client, list, decided.line));
    if (place !== undefined) {
      onFound(place);
    }
  }

  #take({ line, decision }: Decided): void {
    if (decision) {
      this.#byLine.set(line, decision);
    } else {
      this.#byLine.delete(line);
    }
  }
}
