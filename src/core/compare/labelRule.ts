import { type LabelForm, type ObjectLabel, readObjectLabel } from '../export/objectLabel.js';
import { MalformedLabel } from '../export/labelMembers.js';
import { isList, isObject, type JsonObject, type JsonValue } from '../json.js';
import { readLine } from '../manifest/lineReading.js';
import type { LabelRule } from './manifestComparison.js';
import { haveSameMarks } from './markPairs.js';

/** A label in its line. */
export interface LabelInLine {
  readonly line: JsonObject;
  readonly attribute: string;
}

export interface LabelVerdict {
  readonly rule: LabelRule;
  readonly isSame: boolean;
}

/**
 * Whether two labels say the same. Who labeled, when and how sure does not count, and neither do the numbers that
 * classes have in a job: only what they are called.
 *
 * - One class: the same class. Several: the same ones, in any order.
 * - Boxes and other shapes: see `markPairs.ts`.
 * - Spans of a text: the same places with the same classes.
 * - A label that is a file (a mask, a sequence of frames): the same classes. What is in the file is not read.
 * - Anything else: the same value.
 */
export function compareLabels(here: LabelInLine, there: LabelInLine): LabelVerdict {
  const own = labelOf(here);
  const other = here.line === there.line && here.attribute === there.attribute ? own : labelOf(there);
  if (isFile(own) && isFile(other)) {
    return { rule: 'file', isSame: isSameSet(classNamesIn(here), classNamesIn(there)) };
  }
  if (isClassForm(own.form) && isClassForm(other.form)) {
    const rule = own.form === 'class' && other.form === 'class' ? 'class' : 'classes';
    return { rule, isSame: isSameSet(classNamesIn(here), classNamesIn(there)) };
  }
  if (own.form === 'marks' && other.form === 'marks') {
    return { rule: 'marks', isSame: haveSameMarks(own.marks, other.marks) };
  }
  if (own.form === 'spans' && other.form === 'spans') {
    return { rule: 'spans', isSame: isSameList(own.spans.map(spanKey), other.spans.map(spanKey)) };
  }
  return { rule: 'value', isSame: isSameJson(valueOf(here), valueOf(there)) };
}

function labelOf({ line, attribute }: LabelInLine): ObjectLabel {
  try {
    return readObjectLabel(line, attribute);
  } catch (error) {
    if (error instanceof MalformedLabel) {
      return { form: 'other', value: line[attribute] ?? null }; // It can still be the same as another one.
    }
    throw error;
  }
}

function valueOf({ line, attribute }: LabelInLine): JsonValue {
  return line[attribute] ?? null;
}

function isFile(label: ObjectLabel): boolean {
  const isReference = label.form === 'other' && typeof label.value === 'string' && label.value.startsWith('s3://');
  return label.form === 'mask' || isReference;
}

function isClassForm(form: LabelForm): boolean {
  return form === 'class' || form === 'classes';
}

function classNamesIn({ line, attribute }: LabelInLine): readonly string[] {
  const label = readLine(line).labels.find((candidate) => candidate.attribute === attribute);
  return [...new Set(label?.classes.map(({ name }) => name))];
}

function spanKey({ name, start, end }: { readonly name: string; readonly start: number; readonly end: number }) {
  return `${start} ${end} ${name}`;
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const names = new Set(one);
  return one.length === other.length && other.every((name) => names.has(name));
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  const sorted = other.toSorted();
  return one.length === other.length && one.toSorted().every((text, place) => text === sorted[place]);
}

function isSameJson(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (isList(one) && isList(other)) {
    return one.length === other.length && one.every((item, place) => isSameJson(item, other[place]));
  }
  if (isObject(one) && isObject(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && isSameJson(one[key], other[key]))
    );
  }
  return one === other;
}
