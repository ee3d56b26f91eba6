/** Where a source was first seen, and the hash of that object's text. */
interface Seen {
  readonly line: number;
  readonly textHash: number;
}

const mostPart = 0.6;

/**
 * A map from the hashes of sources, which may be of millions of objects: a table of plain numbers takes a quarter of the
 * memory that a `Map` of objects does. Hashes are whole numbers of 53 bits, as `textHash` makes them.
 */
export class SeenSources {
  #size = 0;
  #slots = 1_024;
  #sources = new Float64Array(this.#slots).fill(free);
  #textHashes = new Float64Array(this.#slots);
  #lines = new Uint32Array(this.#slots);

  /** Resolves to where the source was seen before; where it was not, it is kept. */
  add(source: number, { line, textHash }: Seen): Seen | undefined {
    const slot = this.#slotOf(source);
    if (this.#sources[slot] !== free) {
      return { line: this.#lines[slot] ?? 0, textHash: this.#textHashes[slot] ?? 0 };
    }
    this.#put(slot, source, { line, textHash });
    this.#size += 1;
    if (this.#size > this.#slots * mostPart) {
      this.#grow();
    }
    return undefined;
  }

  #slotOf(source: number): number {
    let slot = source % this.#slots;
    while (this.#sources[slot] !== free && this.#sources[slot] !== source) {
      slot = slot + 1 === this.#slots ? 0 : slot + 1;
    }
    return slot;
  }

  #put(slot: number, source: number, { line, textHash }: Seen): void {
    this.#sources[slot] = source;
    this.#textHashes[slot] = textHash;
    this.#lines[slot] = line;
  }

  #grow(): void {
    const [sources, textHashes, lines] = [this.#sources, this.#textHashes, this.#lines];
    this.#slots *= 2;
    this.#sources = new Float64Array(this.#slots).fill(free);
    this.#textHashes = new Float64Array(this.#slots);
    this.#lines = new Uint32Array(this.#slots);
    for (const [at, source] of sources.entries()) {
      if (source !== free) {
        this.#put(this.#slotOf(source), source, { line: lines[at] ?? 0, textHash: textHashes[at] ?? 0 });
      }
    }
  }
}

/** No hash is negative. */
const free = -1;
