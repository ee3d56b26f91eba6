import { decodeText } from './dictionary.js';

/** Where the string ends that begins at `at`; -1 where it has an escape or something that JSON does not allow. */
export function stringEnd(bytes: Uint8Array, at: number): number {
  let place = at;
  while (endsRun[bytes[place] ?? 0] === 0) {
    place++;
  }
  return bytes[place] === 0x22 ? place : -1;
}

/** Which bytes end a run of plain characters: quote, backslash, and what JSON does not allow in a string. */
const endsRun = Uint8Array.from({ length: 256 }, (_, byte) => (byte < 0x20 || byte === 0x22 || byte === 0x5c ? 1 : 0));

/** Where the number ends; -1 where it is none, or has an exponent. */
export function numberEnd(bytes: Uint8Array, at: number): number {
  let place = bytes[at] === 0x2d ? at + 1 : at;
  const first = bytes[place] ?? 0;
  if (!isDigit(first)) {
    return -1;
  }
  place = first === 0x30 ? place + 1 : digitsEnd(bytes, place);
  if (bytes[place] === 0x2e) {
    const end = digitsEnd(bytes, place + 1);
    if (end === place + 1) {
      return -1;
    }
    place = end;
  }
  return place;
}

function digitsEnd(bytes: Uint8Array, at: number): number {
  let place = at;
  while (isDigit(bytes[place] ?? 0)) {
    place++;
  }
  return place;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

// Up to 15 digits and a power of ten up to 22 are exact in a double, so that one division rounds as JSON.parse does.
export function numberOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 15) {
    return Number(decodeText(bytes, start, end));
  }
  let value = 0;
  let scale = 1;
  let isFraction = false;
  const isNegative = bytes[start] === 0x2d;
  for (let at = isNegative ? start + 1 : start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x2e) {
      isFraction = true;
    } else {
      value = value * 10 + (byte - 0x30);
      scale = isFraction ? scale * 10 : scale;
    }
  }
  return (isNegative ? -value : value) / scale;
}
