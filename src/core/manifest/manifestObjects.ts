import { isObject, type JsonObject } from '../json.js';
import type { ByteSource } from './byteSource.js';
import type { ProblemReason } from './lineProblems.js';
import { readLine } from './lineReading.js';
import { type Parsed, parseLine } from './parseLine.js';
import { decodeLine, mostLineBytes, type RawLine, readRawLines } from './rawLines.js';
import { SpreadObject } from './spreadObject.js';

/** A line of a manifest as an object, or why it is none. */
export type ManifestObject =
  | {
      readonly kind: 'object';
      readonly line: number;
      /** Of all its lines, joined by `\n`. */
      readonly text: string;
      readonly value: JsonObject;
      /** Why the object can be read here, but by no reader of JSON Lines. */
      readonly flaw: ObjectFlaw | undefined;
    }
  | {
      readonly kind: 'unreadable';
      readonly line: number;
      readonly text: string;
      readonly reason: UnreadableReason;
    };

export type ObjectFlaw = Extract<ProblemReason, { kind: 'severalLines' | 'trailingComma' }>;

export type UnreadableReason =
  | Extract<ProblemReason, { kind: 'notJson' | 'notAnObject' | 'tooLongToRead' }>
  | { readonly kind: 'blank' }
  | { readonly kind: 'notUtf8' };

/**
 * Reads as the manifest editor does: a comma too many at a line's end is forgiven, and an object may be spread over
 * several lines, where it counts as the first of them. Nothing is left out: each line is part of what comes.
 */
export function readManifestObjects(source: ByteSource, signal: AbortSignal): AsyncGenerator<ManifestObject> {
  return objectsOf(readRawLines(source, signal));
}

/** The same, of lines that somebody has in hand. */
export async function* objectsOf(lines: AsyncIterable<RawLine>): AsyncGenerator<ManifestObject> {
  let spread: { readonly line: number; readonly object: SpreadObject } | undefined;
  for await (const raw of lines) {
    const { text, isUtf8 } = decodeLine(raw);
    const alone: ManifestObject = raw.isTooLong
      ? { kind: 'unreadable', line: raw.line, text, reason: { kind: 'tooLongToRead', mostBytes: mostLineBytes } }
      : isUtf8
        ? objectOf(raw.line, text)
        : { kind: 'unreadable', line: raw.line, text, reason: { kind: 'notUtf8' } };
    if (spread) {
      const isApart = standsForItself(alone) || raw.isTooLong || !isUtf8;
      const state = isApart ? 'ended' : spread.object.addLine(text);
      if (state === 'open') {
        continue;
      }
      yield* finished(spread.line, spread.object);
      spread = undefined;
      if (state !== 'ended') {
        continue; // The line was the last one of what was finished.
      }
    }
    if (alone.kind === 'unreadable' && alone.reason.kind === 'notJson' && SpreadObject.mayBeginWith(text)) {
      spread = { line: raw.line, object: new SpreadObject(text) };
    } else {
      yield alone;
    }
  }
  if (spread) {
    yield* finished(spread.line, spread.object);
  }
}

/** One object, or each of the lines of what only looked like one. */
function* finished(line: number, spread: SpreadObject): Generator<ManifestObject> {
  const whole = asObject(parseLine(spread.text));
  if (whole) {
    const flaw = { kind: 'severalLines', lastLine: line + spread.lines - 1 } as const;
    yield { kind: 'object', line, text: spread.text, value: whole, flaw };
    return;
  }
  for (const [index, text] of spread.texts.entries()) {
    yield objectOf(line + index, text);
  }
}

/** A line that has a source by itself ends whatever was cut short before it. */
function standsForItself(object: ManifestObject): boolean {
  return object.kind === 'object' && readLine(object.value).source !== undefined;
}

function objectOf(line: number, text: string): ManifestObject {
  if (/^[ \t\r]*$/u.test(text)) {
    return { kind: 'unreadable', line, text, reason: { kind: 'blank' } };
  }
  const parsed = parseLine(text);
  const value = asObject(parsed);
  if (value) {
    const hasTrailingComma = parsed.kind === 'value' && parsed.hasTrailingComma;
    return { kind: 'object', line, text, value, flaw: hasTrailingComma ? { kind: 'trailingComma' } : undefined };
  }
  const reason: UnreadableReason =
    parsed.kind === 'broken' ? { kind: 'notJson', message: parsed.message } : { kind: 'notAnObject' };
  return { kind: 'unreadable', line, text, reason };
}

function asObject(parsed: Parsed): JsonObject | undefined {
  return parsed.kind === 'value' && isObject(parsed.value) ? parsed.value : undefined;
}
