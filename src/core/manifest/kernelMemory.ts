import { type KernelBatch, kernelBatch } from './kernelBatch.js';

// The memory that `src/kernel/matchLines.ts` works in. All of it is laid out once: memory that grows would take the
// ground from under the views of it.

/** Reads beyond the end of what is read come so far, and no further. */
const slackBytes = 64;

/** A line that goes on in the next chunk is put before that chunk; a longer one is put together elsewhere. */
const carryBytes = 256 << 10;

/** Each kind of line has up to three. */
export const mostShapes = 24;
const shapeBytes = 512 << 10;
/** How many values of one line can be told apart. */
export const mostHoles = 512;

/** A chunk's place. It has room before it for the line that began in the chunk before. */
export interface TextArea {
  readonly start: number;
  readonly chunkBytes: number;
  readonly carryBytes: number;
}

export interface KernelMemory {
  readonly memory: WebAssembly.Memory;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView;
  readonly batch: KernelBatch;
  /** What `configure` reads. */
  readonly layout: number;
  /** How many shapes there are, and where they are. */
  readonly shapeList: number;
  /** Each has `shapeBytes`. */
  readonly shapes: readonly number[];
  /** Sixteen masks of 16 bytes: the first has none set, the last fifteen. */
  readonly masks: number;
  readonly folders: number;
  /** One is scanned while the next chunk is read into the other. */
  readonly texts: readonly [TextArea, TextArea];
}

/** Folders that are remembered, so that the files of several can stand in turn; and the longest that is. */
const folderSlots = 256;
const folderSlotBytes = 512;

/** `chunkBytes`: how much is read at once. Throws where there is no memory left for it. */
export function kernelMemory(chunkBytes: number): KernelMemory {
  let end = slackBytes; // Nothing is at 0, which stands for nothing.
  const take = (bytes: number) => {
    const start = end;
    end = Math.ceil((end + bytes + slackBytes) / 16) * 16;
    return start;
  };
  const layout = take(64);
  const masks = take(16 * 16);
  const holes = take(mostHoles * 8);
  const shapeList = take(4 + mostShapes * 4);
  const folders = take(wordTableBytes(folderSlots, folderSlotBytes));
  const shapes = Array.from({ length: mostShapes }, () => take(shapeBytes));
  const text = (): TextArea => ({ start: take(carryBytes + chunkBytes) + carryBytes, chunkBytes, carryBytes });
  const texts: readonly [TextArea, TextArea] = [text(), text()];
  const batch = kernelBatch(take);

  const pages = Math.ceil(end / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const bytes = new Uint8Array(memory.buffer);
  const view = new DataView(memory.buffer);
  for (let length = 0; length < 16; length++) {
    bytes.fill(0xff, masks + length * 16, masks + length * 16 + length);
  }
  const addresses = [
    shapeList,
    masks,
    holes,
    batch.addresses.kinds,
    batch.addresses.folderIds,
    batch.addresses.nameEnds,
    batch.addresses.lineEnds,
    batch.addresses.names,
    folders,
    batch.lines,
    batch.nameBytes,
  ];
  addresses.forEach((address, index) => view.setUint32(layout + index * 4, address, true));
  const table = { view, address: folders, slots: folderSlots, slotBytes: folderSlotBytes };
  writeWordTable({ ...table, asker: asker.folder });
  return { memory, bytes, view, batch, layout, shapeList, shapes, masks, folders, texts };
}

const pageBytes = 65_536;

/** Who answers what the kernel does not know: the words' askers come after these. */
export const asker = { number: 0, time: 1, folder: 2, firstWord: 3 } as const;

export interface WordTable {
  readonly view: DataView;
  readonly address: number;
  /** A power of two. */
  readonly slots: number;
  readonly slotBytes: number;
  readonly asker: number;
}

/** An empty table of words, as the kernel keeps them. */
export function writeWordTable(table: WordTable): void {
  const { view, address, slots, slotBytes } = table;
  new Uint8Array(view.buffer, address, wordTableBytes(slots, slotBytes)).fill(0);
  view.setUint32(address, slots - 1, true);
  view.setUint32(address + 4, table.asker, true);
  view.setUint32(address + 8, slotBytes, true);
}

export function wordTableBytes(slots: number, slotBytes: number): number {
  return 16 + slots * slotBytes;
}

export function shapeEnd(start: number): number {
  return start + shapeBytes;
}
