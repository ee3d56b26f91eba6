import type { ByteSource } from './byteSource.js';
import { LongLine } from './longLine.js';

/** A line exactly as it stands in the file. */
export interface RawLine {
  /** Lines count from 0, as in worker-response paths. */
  readonly line: number;
  /** With its line break, and on the first line with a byte order mark; nothing where the line is too long to read. */
  readonly bytes: Uint8Array;
  readonly isTooLong: boolean;
}

/** A longer line is left out, so that memory stays bounded whatever the file is. */
export const mostLineBytes = 16 * 1024 * 1024;

const chunkBytes = 256 * 1024;
const newline = 0x0a;

/** The lines of a source, one after the other; only the one at hand and a chunk of the source are in memory. */
export async function* readRawLines(source: ByteSource, signal: AbortSignal): AsyncGenerator<RawLine> {
  const total = await source.size(signal);
  let line = 0;
  let cut: LongLine | undefined;
  for (let offset = 0; offset < total;) {
    signal.throwIfAborted();
    const chunk = new Uint8Array(Math.min(chunkBytes, total - offset));
    const filled = await source.read(chunk, offset, signal);
    if (filled === 0) {
      break; // The source was cut short while it was read.
    }
    const bytes = chunk.subarray(0, filled);
    let start = 0;
    for (let end = bytes.indexOf(newline) + 1; end > 0; end = bytes.indexOf(newline, start) + 1) {
      const part = bytes.subarray(start, end);
      start = end;
      if (cut) {
        cut.add(part);
        yield whole(line, cut);
        cut = undefined;
      } else {
        yield { line, bytes: part, isTooLong: false };
      }
      line += 1;
    }
    if (start < filled) {
      cut ??= new LongLine(offset + start, mostLineBytes);
      cut.add(bytes.subarray(start));
    }
    offset += filled;
  }
  if (cut) {
    yield whole(line, cut);
  }
}

function whole(line: number, cut: LongLine): RawLine {
  return { line, bytes: cut.bytes(), isTooLong: cut.isTooLong };
}

/** What a line's bytes say, apart from what stands around the text. */
export interface LineText {
  readonly hasByteOrderMark: boolean;
  /** Without mark and line break; what is no UTF-8 stands in it as replacement characters. */
  readonly text: string;
  readonly isUtf8: boolean;
  readonly lineBreak: '\n' | '\r\n' | '';
}

const byteOrderMark = [0xef, 0xbb, 0xbf] as const;
const carriageReturn = 0x0d;

export function decodeLine({ line, bytes }: Pick<RawLine, 'line' | 'bytes'>): LineText {
  const hasByteOrderMark = line === 0 && byteOrderMark.every((byte, at) => bytes[at] === byte);
  const hasNewline = bytes.at(-1) === newline;
  const lineBreak = hasNewline ? (bytes.at(-2) === carriageReturn ? '\r\n' : '\n') : '';
  const text = bytes.subarray(hasByteOrderMark ? byteOrderMark.length : 0, bytes.length - lineBreak.length);
  return { hasByteOrderMark, lineBreak, ...decoded(text) };
}

const strictDecoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
const lenientDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

function decoded(bytes: Uint8Array): Pick<LineText, 'text' | 'isUtf8'> {
  try {
    return { text: strictDecoder.decode(bytes), isUtf8: true };
  } catch {
    return { text: lenientDecoder.decode(bytes), isUtf8: false };
  }
}
