import { isObject, type JsonObject, type JsonValue } from '../json.js';

/** A label that is not as Ground Truth writes it, with the first member that is wrong: `annotations[2].left`. */
export class MalformedLabel extends Error {
  override readonly name = 'MalformedLabel';
  readonly member: string;

  constructor(member: string) {
    super(`The label's "${member}" is missing or not as it must be.`);
    this.member = member;
  }
}

/** An object within a label that knows its place, so that what is wrong with it can be named. */
export interface LabelMember {
  readonly value: JsonObject;
  readonly where: string;
  number(name: string): number;
  integer(name: string): number;
  text(name: string): string;
  children(name: string): readonly LabelMember[];
}

/** The objects of a list; `where` is the list's own place in the label. */
export function readChildren(list: readonly JsonValue[], where: string): readonly LabelMember[] {
  return list.map((value: JsonValue, index) => memberAt(`${where}[${index}]`, value));
}

function memberAt(where: string, value: JsonValue): LabelMember {
  if (!isObject(value)) {
    throw new MalformedLabel(where);
  }
  const read = <T extends JsonValue>(name: string, is: (found: JsonValue | undefined) => found is T): T => {
    const found = Object.hasOwn(value, name) ? value[name] : undefined;
    if (!is(found)) {
      throw new MalformedLabel(`${where}.${name}`);
    }
    return found;
  };
  return {
    value,
    where,
    number: (name) => read(name, isFiniteNumber),
    integer: (name) => read(name, isInteger),
    text: (name) => read(name, isText),
    children: (name) => readChildren(read(name, isList), `${where}.${name}`),
  };
}

/** The number under a name; NaN where there is none. */
export function numberIn(object: JsonValue | undefined, name: string): number {
  const value = isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === 'number' ? value : Number.NaN;
}

function isFiniteNumber(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isInteger(value: JsonValue | undefined): value is number {
  return Number.isInteger(value);
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string';
}

// `Array.isArray` does not narrow a readonly array out of a union.
function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
