// Looks for a text in the bytes of lines, 16 at once; in AssemblyScript, part of the same program as `matchLines.ts`.
// `core/manifest/lineFinder.ts` lays out its memory. It reads up to 32 bytes and the text's length beyond the end.

/** The text that is looked for, its letters in lower case; it may be empty. */
let needle: usize = 0;
let length: usize = 0;
/** What else is stopped at: backslashes always, and what is no ASCII where this is set. */
let stopsBeyondAscii: bool = false;

/** Whether `findNext` stopped at the text. */
export let isText: bool = false;

export function lookFor(text: usize, bytes: usize, beyondAscii: bool): void {
  needle = text;
  length = bytes;
  stopsBeyondAscii = beyondAscii;
}

/**
 * Where the text is next, whatever the case of its letters, or else a byte to stop at that is not before `stopsFrom`;
 * `end` where there is neither.
 */
export function findNext(at: usize, end: usize, stopsFrom: usize): usize {
  const first = length > 0 ? load<u8>(needle) : 0xff; // Which no UTF-8 has, nor does it count below.
  const last = length > 0 ? load<u8>(needle + length - 1) : 0xff;
  const firstCase = i8x16.splat(caseOf(first));
  const lastCase = i8x16.splat(caseOf(last));
  const firsts = i8x16.splat(first);
  const lasts = i8x16.splat(last);
  const backslashes = i8x16.splat(0x5c);
  const beyond = i8x16.splat(stopsBeyondAscii ? u8(0x80) : u8(0));
  const lastAway = length > 0 ? length - 1 : 0;
  for (let place = at; place < end; place += 16) {
    const text = v128.load(place);
    const tail = v128.load(place + lastAway);
    const isFirst = i8x16.eq(v128.or(text, firstCase), firsts);
    const isLast = i8x16.eq(v128.or(tail, lastCase), lasts);
    const isStop = v128.or(i8x16.eq(text, backslashes), v128.and(text, beyond));
    let candidates = i8x16.bitmask(v128.or(v128.and(isFirst, isLast), isStop));
    while (candidates !== 0) {
      const found = place + usize(ctz(candidates));
      candidates &= candidates - 1;
      if (found >= end) {
        return end;
      }
      if (length > 0 && found + length <= end && isTextAt(found)) {
        isText = true;
        return found;
      }
      if (found >= stopsFrom && isStopAt(found)) {
        isText = false;
        return found;
      }
    }
  }
  return end;
}

/** How many lines end between two addresses. */
export function countLines(from: usize, to: usize): i32 {
  const newline = i8x16.splat(0x0a);
  let count = 0;
  let place = from;
  for (; place + 16 <= to; place += 16) {
    count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(place), newline)));
  }
  for (; place < to; place++) {
    count += i32(load<u8>(place) === 0x0a);
  }
  return count;
}

function isStopAt(at: usize): bool {
  const byte = load<u8>(at);
  return byte === 0x5c || (stopsBeyondAscii && byte >= 0x80);
}

function isTextAt(at: usize): bool {
  for (let index: usize = 0; index < length; index++) {
    const wanted = load<u8>(needle + index);
    if ((load<u8>(at + index) | caseOf(wanted)) !== wanted) {
      return false;
    }
  }
  return true;
}

/** The bit that tells an upper-case letter from `byte`, which is a lower-case one; 0 of any other. */
function caseOf(byte: u8): u8 {
  return u8(byte - 0x61) < 26 ? 0x20 : 0;
}
