import { emptyBatch, moveBatch } from './kernelBatch.js';
import { decodeText } from './dictionary.js';
import { parseCreationTime } from './creationTime.js';
import { asker, kernelMemory, type KernelMemory, mostShapes } from './kernelMemory.js';
import type { LineIndex } from './lineIndex.js';
import type { LineShape } from './lineShape.js';
import type { ManifestColumns } from './manifestColumns.js';
import { writeShape } from './shapeProgram.js';

/** What `src/kernel/matchLines.ts` exports, once it is WebAssembly. */
type KernelExports = {
  readonly configure: (layout: number) => void;
  readonly startBatch: (nameBytes: number) => void;
  readonly forgetCurrent: () => void;
  readonly scan: (at: number, end: number) => number;
  readonly digest: (at: number, end: number) => number;
  readonly lines: WebAssembly.Global<'i32'>;
  readonly hasCutText: WebAssembly.Global<'i32'>;
  readonly isUnknown: WebAssembly.Global<'i32'>;
};

/** In a shape's header. */
const lastUseOffset = 8;

/**
 * Reads lines of shapes that were learned, many at a time, straight from bytes to columns. What it says of a line is
 * what JSON.parse would say; of a line that fits no shape it says nothing.
 */
export class LineKernel {
  readonly #columns: ManifestColumns;
  readonly #index: LineIndex;
  readonly #memory: KernelMemory;
  readonly #kernel: KernelExports;
  readonly #shapes: LineShape[] = [];
  readonly #words: ((text: string) => number)[] = [];
  /** The columns, by their addresses, that some shapes write and others do not. */
  #sparse: ReadonlySet<number> = new Set();

  /** `program`: the compiled `src/kernel/matchLines.ts`. */
  constructor(program: Uint8Array<ArrayBuffer>, chunkBytes: number, columns: ManifestColumns, index: LineIndex) {
    this.#columns = columns;
    this.#index = index;
    this.#memory = kernelMemory(chunkBytes);
    const ask = (who: number, start: number, end: number) => this.#answer(who, this.text(start, end));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(program), {
      env: { memory: this.#memory.memory },
      matchLines: { ask },
    });
    this.#kernel = exports as KernelExports;
    this.#kernel.configure(this.#memory.layout);
  }

  get texts(): KernelMemory['texts'] {
    return this.#memory.texts;
  }

  /** All its memory: chunks are read into it. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#memory.bytes;
  }

  get shapes(): readonly LineShape[] {
    return this.#shapes;
  }

  text(start: number, end: number): string {
    return decodeText(this.bytes, start, end);
  }

  /**
   * Reads the lines between two addresses as long as they fit a shape, and adds them to the columns; returns where the
   * first one begins that does not. At `end` there must be a 0 byte. `offset` is where `start` is in the source.
   */
  scan(start: number, end: number, offset: number): number {
    let at = start;
    while (at < end && this.#shapes.length > 0) {
      this.#kernel.startBatch(this.#columns.nameBytes);
      const next = this.#kernel.scan(at, end);
      const lines = this.#kernel.lines.value;
      if (lines > 0) {
        const read = {
          lines,
          start: at,
          offset: offset + at - start,
          hasCutTexts: this.#kernel.hasCutText.value !== 0,
          sparse: this.#sparse,
        };
        moveBatch(this.bytes.buffer, this.#memory.batch, read, { columns: this.#columns, index: this.#index });
      }
      at = next;
      if (this.#kernel.isUnknown.value !== 0) {
        break;
      }
    }
    return at;
  }

  /** A number made of all bytes between two addresses: other bytes have, all but certainly, another one. */
  digest(start: number, end: number): number {
    return this.#kernel.digest(start, end);
  }

  /** From now on lines of this shape are read. Where there are too many, the one that is longest out of use goes. */
  learn(shape: LineShape): void {
    const { view, shapeList, shapes } = this.#memory;
    const place = this.#shapes.length < mostShapes ? this.#shapes.length : this.#longestOutOfUse();
    const askerOf = (valueOf: (text: string) => number) => asker.firstWord + this.#words.push(valueOf) - 1;
    if (!writeShape(this.#memory, place, shape, askerOf)) {
      return; // It has too many values: its lines are parsed.
    }
    this.#shapes[place] = shape;
    view.setUint32(shapeList, this.#shapes.length, true);
    view.setUint32(shapeList + 4 + place * 4, shapes[place] ?? 0, true);
    this.#kernel.forgetCurrent();
    emptyBatch(this.bytes.buffer, this.#memory.batch, this.#columns.attributes.length);
    this.#sparse = this.#sparseColumns();
  }

  #sparseColumns(): ReadonlySet<number> {
    const written = new Map<number, number>();
    for (const { fields } of this.#shapes) {
      for (const field of fields) {
        if ('attribute' in field && field.attribute !== undefined && field.column !== undefined) {
          const address = this.#memory.batch.attributes[field.attribute]?.[field.column] ?? 0;
          written.set(address, (written.get(address) ?? 0) + 1);
        }
      }
    }
    return new Set([...written].filter(([, shapes]) => shapes < this.#shapes.length).map(([address]) => address));
  }

  #longestOutOfUse(): number {
    const lastUses = this.#memory.shapes.map((start) => this.#memory.view.getInt32(start + lastUseOffset, true));
    return lastUses.indexOf(Math.min(...lastUses));
  }

  #answer(who: number, text: string): number {
    switch (who) {
      case asker.number:
        return Number(text);
      case asker.time:
        return parseCreationTime(text);
      case asker.folder:
        return this.#columns.folders.idOf(text) ?? -1;
      default:
        return this.#words[who - asker.firstWord]?.(text) ?? 0;
    }
  }
}
