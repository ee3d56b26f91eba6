import type { ByteSource } from './byteSource.js';
import { type GivenLine, type ManifestObject, RunReader } from './manifestRuns.js';
import { decodeLine, type RawLine, readRawLines } from './rawLines.js';

/**
 * Reads as the manifest editor does: a comma too many at a line's end is forgiven, and an object may be spread over
 * several lines, where it counts as the first of them. Nothing is left out: each line is part of what comes.
 */
export function readManifestObjects(source: ByteSource, signal: AbortSignal): AsyncGenerator<ManifestObject> {
  return objectsOf(readRawLines(source, signal));
}

/** The same, of lines that somebody has in hand. */
export async function* objectsOf(lines: AsyncIterable<RawLine>): AsyncGenerator<ManifestObject> {
  const reader = new RunReader();
  for await (const raw of lines) {
    for (const { objects } of reader.add(givenLine(raw))) {
      yield* objects;
    }
  }
  for (const { objects } of reader.end()) {
    yield* objects;
  }
}

export function givenLine(raw: RawLine): GivenLine {
  const { line } = raw;
  const { text, isUtf8 } = decodeLine(raw);
  if (raw.isTooLong) {
    return { line, text, unreadable: 'tooLongToRead' };
  }
  return isUtf8 ? { line, text } : { line, text, unreadable: 'notUtf8' };
}
