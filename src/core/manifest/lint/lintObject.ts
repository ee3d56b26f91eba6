import { isObject } from '../../json.js';
import type { ManifestObject, UnreadableReason } from '../manifestRuns.js';
import { outputLine } from '../outputManifestLine.js';
import { parseLine } from '../parseLine.js';
import { arrayElements, objectMembers } from './jsonMembers.js';
import { keyFindings } from './keyRules.js';
import { labelFindings } from './labelRules.js';
import type { LintContext } from './lintContext.js';
import { deletingLine, finding, type LintedLine, rangeOf, replacing } from './lintedLine.js';
import type { LintFinding } from './lintFinding.js';
import { sourceFindings } from './sourceRules.js';

/** What is wrong with an object, or with what should be one, whatever else is in the manifest. */
export function lintObject(object: ManifestObject, context: LintContext): LintedObject {
  if (object.kind === 'unreadable') {
    return { findings: [unreadable(object, object.reason)], read: undefined };
  }
  const read: LintedLine = { ...object, members: objectMembers(object.text) };
  const findings = [
    ...flawFindings(object),
    ...keyFindings(read),
    ...sourceFindings(read, context),
    ...labelFindings(read, context),
  ];
  return { findings, read };
}

export interface LintedObject {
  readonly findings: readonly LintFinding[];
  /** `undefined` where there is no object to be read. */
  readonly read: LintedLine | undefined;
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
