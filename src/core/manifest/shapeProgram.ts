import { type KernelMemory, mostHoles, shapeEnd, writeWordTable, wordTableBytes } from './kernelMemory.js';
import type { ColumnName, LineShape, ShapeField } from './lineShape.js';

// How `src/kernel/matchLines.ts` wants a shape: its numbers are the ones below.
const headerBytes = 16;
const partBytes = 20;
const fieldBytes = 16;
const holeKinds = { number: 0, string: 1 } as const;
const fieldKinds = {
  wordAsByte: 0,
  wordAsInteger: 1,
  wordAlone: 2,
  number: 3,
  time: 4,
  constantByte: 5,
  constantNaN: 6,
  objectSource: 7,
  textSource: 8,
  noSource: 9,
} as const;

/** Words that are remembered of each hole: classes are many, the rest few. */
const variedSlots = 256;
const plainSlots = 16;
const slotBytes = 128;
/** A pattern is read by whole 16 bytes. */
const patternSlack = 16;

/**
 * Writes a shape to its place in the kernel's memory; `false` where it has no room there. `askerOf` gives the number
 * under which the kernel asks for a word's value.
 */
export function writeShape(
  { bytes, view, batch, masks, shapes }: KernelMemory,
  place: number,
  { parts, holes, fields }: LineShape,
  askerOf: (valueOf: (text: string) => number) => number,
): boolean {
  const start = shapes[place] ?? 0;
  const words = fields.filter((field) => field.kind === 'word');
  const programBytes = headerBytes + parts.length * partBytes + fields.length * fieldBytes;
  const patternBytes = parts.reduce((sum, { length }) => sum + length + patternSlack, 0);
  const tableBytes = words.reduce((sum, word) => sum + wordTableBytes(slotsOf(word), slotBytes), 0);
  if (holes.length > mostHoles || start + programBytes + patternBytes + tableBytes > shapeEnd(start)) {
    return false;
  }
  let free = start + programBytes;
  const put = (...values: readonly number[]) => {
    let at = start + written;
    for (const value of values) {
      view.setUint32(at, value, true);
      at += 4;
    }
    written = at - start;
  };
  let written = 0;
  put(parts.length, fields.length, 0, 0);
  parts.forEach((part, index) => {
    const whole = part.length & ~15;
    bytes.set(part, free);
    put(free, whole, masks + (part.length - whole) * 16, part.length, holeKinds[holes[index] ?? 'string']);
    free += part.length + patternSlack;
  });
  for (const field of fields) {
    switch (field.kind) {
      case 'objectSource':
      case 'textSource':
        put(fieldKinds[field.kind], field.hole, 0, 0);
        break;
      case 'noSource':
        put(fieldKinds.noSource, 0, 0, 0);
        break;
      case 'word': {
        const slots = slotsOf(field);
        writeWordTable({ view, address: free, slots, slotBytes, asker: askerOf(field.valueOf) });
        put(wordKind(field), field.hole, columnOf(field), free);
        free += wordTableBytes(slots, slotBytes);
        break;
      }
      case 'number':
      case 'time':
        put(fieldKinds[field.kind], field.hole, columnOf(field), 0);
        break;
      case 'constant': {
        const kind = Number.isNaN(field.value) ? fieldKinds.constantNaN : fieldKinds.constantByte;
        put(kind, 0, columnOf(field), Number.isNaN(field.value) ? 0 : field.value);
      }
    }
  }
  return true;

  function columnOf({ attribute, column }: Partial<ColumnName>): number {
    return attribute === undefined || column === undefined ? 0 : (batch.attributes[attribute]?.[column] ?? 0);
  }
}

type WordField = Extract<ShapeField, { kind: 'word' }>;

function slotsOf({ isVaried }: WordField): number {
  return isVaried ? variedSlots : plainSlots;
}

function wordKind({ column }: WordField): number {
  if (column === undefined) {
    return fieldKinds.wordAlone;
  }
  return column === 'classes' ? fieldKinds.wordAsInteger : fieldKinds.wordAsByte;
}
