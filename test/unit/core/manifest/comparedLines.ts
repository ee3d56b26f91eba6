import { isDeepStrictEqual } from 'node:util';
import { isObject, type JsonValue } from '../../../../src/core/json.js';
import { isBroken } from '../../../../src/core/manifest/lineProblems.js';
import { type LineReading, readLine } from '../../../../src/core/manifest/lineReading.js';
import type { ManifestDocument } from '../../../../src/core/manifest/manifestDocument.js';
import { kindOf, labelsOf } from './scannedLines.js';

/** Where a scanned manifest says something else of a line than JSON.parse does, in words. */
export function compareWithParser(document: ManifestDocument, bytes: Uint8Array, seed: number): readonly string[] {
  const expected = splitLines(bytes).map(read);
  if (document.lines !== expected.length || document.columns.lines !== expected.length) {
    return [`${document.lines} lines, ${document.columns.lines} in columns, of ${expected.length}, seed ${seed}`];
  }
  const recovered = new Set(document.problems.kept.flatMap(({ line, reason }) => (isBroken(reason) ? [] : [line])));
  return expected.flatMap((reading, line) =>
    isAsParsed(document, line, { reading, isRecovered: recovered.has(line) }) ? [] : [`line ${line} of seed ${seed}`],
  );
}

interface Parsed {
  readonly reading: LineReading | undefined;
  /** Whether it is the first of several lines that are one object, or an object all the same. */
  readonly isRecovered: boolean;
}

function isAsParsed(document: ManifestDocument, line: number, { reading, isRecovered }: Parsed): boolean {
  const kind = kindOf(document, line);
  if (reading === undefined) {
    return kind === 'broken' || kind === 'blank' || kind === 'continuation' || isRecovered;
  }
  if (kind === 'continuation') {
    return true; // Part of an object that is spread over several lines, although it is one by itself.
  }
  const source = document.columns.sourceOf(line);
  return (
    (kind === 'object' || kind === 'text' || kind === 'noSource') &&
    isDeepStrictEqual(labelsOf(document, line).toSorted(byAttribute), plain(reading)) &&
    (kind === 'text' ? source.slice(0, keptCharacters) : source) === keptSource(reading)
  );
}

function splitLines(bytes: Uint8Array): string[] {
  const texts: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const newline = bytes.indexOf(0x0a, at);
    const end = newline === -1 ? bytes.length : newline;
    texts.push(new TextDecoder('utf-8', { ignoreBOM: at > 0 }).decode(bytes.subarray(at, end)));
    at = end + 1;
  }
  return texts;
}

function read(text: string): LineReading | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isObject(value) ? readLine(value) : undefined;
  } catch {
    return undefined;
  }
}

function plain({ labels }: LineReading) {
  return labels
    .map(({ attribute, state, type, classes, confidence, createdAt }) => ({
      attribute,
      state,
      type,
      classes: [...classes],
      confidence,
      createdAt,
    }))
    .toSorted(byAttribute);
}

function byAttribute(a: { readonly attribute: string }, b: { readonly attribute: string }): number {
  return a.attribute < b.attribute ? -1 : 1;
}

/** Half of a surrogate pair has no bytes of its own, and of a text only the beginning is kept. */
function keptSource({ source }: LineReading): string {
  if (source === undefined) {
    return '';
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(source.value));
  return source.kind === 'text' ? text.slice(0, keptCharacters) : text;
}

/** Of 256 bytes, whatever characters they are. */
export const keptCharacters = 60;
