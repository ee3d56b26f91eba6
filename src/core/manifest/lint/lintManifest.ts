import { isObject } from '../../json.js';
import { outputLine } from '../outputManifestLine.js';
import type { ByteSource } from '../byteSource.js';
import { type ManifestObject, objectsOf, type UnreadableReason } from '../manifestObjects.js';
import { parseLine } from '../parseLine.js';
import { type RawLine, readRawLines } from '../rawLines.js';
import { arrayElements, objectMembers } from './jsonMembers.js';
import { keyFindings } from './keyRules.js';
import { labelFindings } from './labelRules.js';
import type { LintContext } from './lintContext.js';
import { deletingLine, finding, type LintedLine, rangeOf, replacing } from './lintedLine.js';
import type { LintFinding } from './lintFinding.js';
import { ManifestRules } from './manifestRules.js';
import { sourceFindings } from './sourceRules.js';

export type LintStep =
  { readonly kind: 'finding'; readonly finding: LintFinding } | { readonly kind: 'progress'; readonly lines: number };

/**
 * Looks through an input or output manifest line by line. Whoever shows the findings stops when there are enough: a file
 * that is no manifest has one a line.
 */
export async function* lintManifest(
  source: ByteSource,
  context: LintContext,
  signal: AbortSignal,
): AsyncGenerator<LintStep> {
  const whole = new ManifestRules(context);
  const lineEnds: LintFinding[] = [];
  let lines = 0;
  for await (const object of objectsOf(noted(readRawLines(source, signal), whole, lineEnds))) {
    lines = object.line + 1;
    for (const found of [...lineEnds.splice(0), ...objectFindings(object, whole, context)]) {
      yield { kind: 'finding', finding: found };
    }
    if (lines % linesPerProgress === 0) {
      yield { kind: 'progress', lines };
    }
  }
  for (const found of lineEnds) {
    yield { kind: 'finding', finding: found };
  }
  yield { kind: 'progress', lines };
}

const linesPerProgress = 1_000;

async function* noted(
  lines: AsyncIterable<RawLine>,
  rules: ManifestRules,
  findings: LintFinding[],
): AsyncGenerator<RawLine> {
  for await (const line of lines) {
    findings.push(...rules.lineEndFindings(line));
    yield line;
  }
}

function objectFindings(object: ManifestObject, whole: ManifestRules, context: LintContext): readonly LintFinding[] {
  if (object.kind === 'unreadable') {
    return [unreadable(object, object.reason)];
  }
  const members = objectMembers(object.text);
  const line: LintedLine = { ...object, members };
  return [
    ...flawFindings(object),
    ...keyFindings(line),
    ...sourceFindings(line, context),
    ...labelFindings(line, context),
    ...whole.objectFindings(line),
  ];
}

function unreadable(place: { readonly line: number; readonly text: string }, reason: UnreadableReason): LintFinding {
  const { text } = place;
  switch (reason.kind) {
    case 'blank':
      return finding({ kind: 'blank' }, rangeOf(place), deletingLine(place));
    case 'notJson': {
      if (/^\s*[[\]],?\s*$/u.test(text)) {
        return finding({ kind: 'array', objects: 0 }, rangeOf(place), deletingLine(place));
      }
      // V8 tells the place in most cases; without it, the whole line is shown.
      const position = Number(/at position (\d+)/u.exec(reason.message)?.[1] ?? Number.NaN);
      const start = Math.min(position, Math.max(text.length - 1, 0));
      return finding(reason, Number.isNaN(position) ? rangeOf(place) : rangeOf(place, { start, end: text.length }));
    }
    case 'notAnObject':
      return list(place) ?? finding(reason, rangeOf(place));
    case 'tooLongToRead':
    case 'notUtf8':
      return finding(reason, rangeOf(place));
  }
}

/** A list of objects on one line: each can have a line of its own. */
function list(place: { readonly line: number; readonly text: string }): LintFinding | undefined {
  const parsed = parseLine(place.text);
  if (parsed.kind === 'broken' || !Array.isArray(parsed.value)) {
    return undefined;
  }
  const elements = arrayElements(place.text).map(({ start, end }) => place.text.slice(start, end));
  const areObjects = parsed.value.every((element: typeof parsed.value) => isObject(element));
  const fix =
    areObjects && elements.length > 0
      ? replacing(place, undefined, elements.map((element) => outputLine(element, [])).join('\n'))
      : undefined;
  return finding({ kind: 'array', objects: elements.length }, rangeOf(place), fix);
}

/** What can be read here all the same, and made right without changing what it says. */
function flawFindings(object: Extract<ManifestObject, { kind: 'object' }>): readonly LintFinding[] {
  const { flaw, text } = object;
  switch (flaw?.kind) {
    case 'severalLines':
      return [finding(flaw, rangeOf(object), replacing(object, undefined, outputLine(text.replace(/,\s*$/u, ''), [])))];
    case 'trailingComma': {
      const start = text.lastIndexOf(',');
      const comma = { start, end: start + 1 };
      return [finding(flaw, rangeOf(object, comma), replacing(object, comma, ''))];
    }
    case undefined:
      return [];
  }
}
