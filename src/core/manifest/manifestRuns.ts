import type { JsonObject } from '../json.js';
import type { ProblemReason } from './lineProblems.js';
import { readLine } from './lineReading.js';
import { asObject, parseLine, parseObject } from './parseLine.js';
import { mostLineBytes } from './rawLines.js';
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

/** Lines that can only be read together: one, or those of what is, or looked like, an object spread over lines. */
export interface ManifestRun {
  readonly line: number;
  readonly lines: number;
  readonly objects: readonly ManifestObject[];
}

export interface GivenLine {
  readonly line: number;
  readonly text: string;
  /** What cannot be read, whatever the text says. */
  readonly unreadable?: 'notUtf8' | 'tooLongToRead';
}

/**
 * Reads lines one after the other. Between two runs it remembers nothing, so that reading can begin anew there; what a run
 * is depends on its own lines, and on the one after it.
 */
export class RunReader {
  #spread: { readonly line: number; readonly object: SpreadObject } | undefined;

  get isBetweenRuns(): boolean {
    return this.#spread === undefined;
  }

  add(given: GivenLine): readonly ManifestRun[] {
    const alone = readAlone(given);
    const open = this.#spread;
    if (!open) {
      return this.#begin(alone, given);
    }
    const isApart = standsForItself(alone) || given.unreadable !== undefined;
    const state = isApart ? 'ended' : open.object.addLine(given.text);
    if (state === 'open') {
      return [];
    }
    this.#spread = undefined;
    const finished = runOf(open.line, open.object);
    return state === 'ended' ? [finished, ...this.#begin(alone, given)] : [finished];
  }

  /** To be called after the last line. */
  end(): readonly ManifestRun[] {
    const open = this.#spread;
    this.#spread = undefined;
    return open ? [runOf(open.line, open.object)] : [];
  }

  #begin(alone: ManifestObject, { line, text }: GivenLine): readonly ManifestRun[] {
    if (alone.kind === 'unreadable' && alone.reason.kind === 'notJson' && SpreadObject.mayBeginWith(text)) {
      this.#spread = { line, object: new SpreadObject(text) };
      return [];
    }
    return [{ line, lines: 1, objects: [alone] }];
  }
}

function readAlone({ line, text, unreadable }: GivenLine): ManifestObject {
  if (unreadable === undefined) {
    return objectOf(line, text);
  }
  const reason: UnreadableReason =
    unreadable === 'tooLongToRead' ? { kind: unreadable, mostBytes: mostLineBytes } : { kind: unreadable };
  return { kind: 'unreadable', line, text, reason };
}

/** One object, or each of the lines of what only looked like one. */
function runOf(line: number, spread: SpreadObject): ManifestRun {
  const { lines, text } = spread;
  const whole = parseObject(text);
  if (whole) {
    const flaw = { kind: 'severalLines', lastLine: line + lines - 1 } as const;
    return { line, lines, objects: [{ kind: 'object', line, text, value: whole, flaw }] };
  }
  return { line, lines, objects: spread.texts.map((part, index) => objectOf(line + index, part)) };
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
