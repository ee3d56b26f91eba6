import { BytePattern, type TextBytes } from './bytePattern.js';
import { parseCreationTime } from './creationTime.js';
import { decodeText } from './dictionary.js';

/** Up to the seconds: `2019-04-18T16:40:`. */
const minuteLength = 17;
/** With seconds and microseconds, as Ground Truth writes it: `2019-04-18T16:40:59.217995`. */
const wholeLength = 26;

/** Reads creation times, of which neighbours are mostly in one minute: then only the seconds have to be read. */
export class TimeReader {
  #minute: BytePattern | undefined;
  #minuteMs = 0;

  read(text: TextBytes, start: number, end: number): number {
    const { bytes } = text;
    const seconds = digits(bytes, start + minuteLength, 2);
    const microseconds = digits(bytes, start + 20, 6);
    // A leap second would belong to another minute, and an offset from UTC too.
    const isUsual =
      end - start === wholeLength && bytes[start + 19] === 0x2e && seconds >= 0 && seconds < 60 && microseconds >= 0;
    if (isUsual && this.#minute?.isAt(text, start) === true) {
      return this.#minuteMs + seconds * 1_000 + microseconds / 1_000;
    }
    const time = parseCreationTime(decodeText(bytes, start, end));
    if (isUsual && !Number.isNaN(time)) {
      this.#minute = new BytePattern(bytes.slice(start, start + minuteLength));
      this.#minuteMs = Math.floor(time / minuteMs) * minuteMs;
    }
    return time;
  }
}

const minuteMs = 60_000;

/** The number that the digits make; negative where some byte is no digit. */
function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) {
      return -1;
    }
    value = value * 10 + digit;
  }
  return value;
}
