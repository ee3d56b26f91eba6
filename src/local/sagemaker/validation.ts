import { isList, type JsonObject, type JsonValue } from '../../core/json.js';
import { ServiceError } from '../http/serviceError.js';
import {
  type Constraint,
  constraintsOf,
  isSimple,
  lengthConstraints,
  notNull,
  type SimpleShape,
} from './constraints.js';
import type { OperationName, RequestOf } from './requests.js';
import { requestNames, requestShapes } from './requestShapes.js';
import type { Shape } from './shapes.js';

/**
 * The request as its type says, without nulls and without members that the service does not know. Throws one
 * `ValidationException` with every violation, in AWS's words; a value of another type is a `SerializationException`.
 */
export function validated<Name extends OperationName>(operation: Name, input: JsonObject): RequestOf<Name> {
  const violations: string[] = [];
  const request = read(shapeOf(requestNames[operation]), input, { path: '', violations });
  if (violations.length > 0) {
    const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
    throw new ServiceError('ValidationException', `${count}: ${violations.join('; ')}`);
  }
  return request as unknown as RequestOf<Name>;
}

/** Where in the request a value is, in AWS's spelling, and where to put what is wrong with it. */
interface Place {
  readonly path: string;
  readonly violations: string[];
}

function read(shape: Shape, value: JsonValue, place: Place): JsonValue {
  switch (shape.kind) {
    case 'structure':
      return readStructure(shape, expectObject(value, place), place);
    case 'list':
      return readList(shape, expectList(value, place), place);
    case 'map':
      return readMap(shape, expectObject(value, place), place);
    case 'string':
    case 'integer':
    case 'boolean':
    case 'timestamp':
      for (const { text } of broken(constraintsOf(shape, expectSimple(shape, value, place)))) {
        refuse(place, shape.kind === 'string' && shape.isSensitive === true ? undefined : value, text);
      }
      return value;
  }
}

function readStructure(
  { members, required = [] }: Extract<Shape, { kind: 'structure' }>,
  value: JsonObject,
  place: Place,
): JsonObject {
  const inside = (member: string): Place => {
    const name = member.charAt(0).toLowerCase() + member.slice(1);
    return { ...place, path: place.path === '' ? name : `${place.path}.${name}` };
  };
  for (const member of required.filter((name) => (value[name] ?? null) === null)) {
    refuse(inside(member), null, notNull);
  }
  const known = Object.entries(value).flatMap(([member, item = null]) => {
    // A name such as "constructor" is a member of every object, though of no shape.
    const name = Object.hasOwn(members, member) ? members[member] : undefined;
    // AWS passes over what it does not know: newer clients may send more than this server has heard of.
    return name === undefined || item === null ? [] : [[member, read(shapeOf(name), item, inside(member))] as const];
  });
  return Object.fromEntries(known);
}

function readList(
  shape: Extract<Shape, { kind: 'list' }>,
  items: readonly JsonValue[],
  place: Place,
): readonly JsonValue[] {
  for (const { text } of broken(lengthConstraints(items.length, shape))) {
    refuse(place, items, text);
  }
  const of = shapeOf(shape.of);
  if (isSimple(of)) {
    checkParts(of, { called: 'Member', parts: items, whole: items }, place);
    return items;
  }
  return items.flatMap((item, index) => {
    const inside = { ...place, path: `${place.path}.${index + 1}.member` };
    if (item === null) {
      refuse(inside, null, notNull);
      return [];
    }
    return [read(of, item, inside)];
  });
}

function readMap(shape: Extract<Shape, { kind: 'map' }>, map: JsonObject, place: Place): JsonObject {
  const entries = Object.entries(map).map(([key, item = null]) => [key, item] as const);
  for (const { text } of broken(lengthConstraints(entries.length, shape))) {
    refuse(place, map, text);
  }
  const [key, value] = [shapeOf(shape.key), shapeOf(shape.value)];
  if (!isSimple(key) || !isSimple(value)) {
    throw new Error(`The map at "${place.path}" is of what this server does not read.`);
  }
  checkParts(key, { called: 'Map keys', parts: entries.map(([name]) => name), whole: map }, place);
  checkParts(value, { called: 'Map value', parts: entries.map(([, item]) => item), whole: map }, place);
  return map;
}

/** Of several simple values AWS shows all together, with all that each of them must keep to. */
function checkParts(
  of: SimpleShape,
  {
    called,
    parts,
    whole,
  }: { readonly called: string; readonly parts: readonly JsonValue[]; readonly whole: JsonValue },
  place: Place,
): void {
  const constraints = parts.map((part) =>
    part === null ? [{ text: notNull, isKept: false }] : constraintsOf(of, expectSimple(of, part, place)),
  );
  const wrong = constraints.find((some) => broken(some).length > 0);
  if (wrong !== undefined) {
    refuse(place, whole, `${called} must satisfy constraint: [${wrong.map(({ text }) => text).join(', ')}]`);
  }
}

function broken(constraints: readonly Constraint[]): readonly Constraint[] {
  return constraints.filter(({ isKept }) => !isKept);
}

/** `undefined` for a value that must not be shown. */
function refuse({ path, violations }: Place, value: JsonValue | undefined, constraint: string): void {
  const shownValue = value === undefined ? '' : value === null ? ' null' : ` '${shown(value)}'`;
  violations.push(`Value${shownValue} at '${path}' failed to satisfy constraint: ${constraint}`);
}

function shapeOf(name: string): Shape {
  const shape = (requestShapes as Readonly<Record<string, Shape>>)[name];
  if (shape === undefined) {
    throw new Error(`There is no shape "${name}".`);
  }
  return shape;
}

function expectObject(value: JsonValue, place: Place): JsonObject {
  if (typeof value !== 'object' || value === null || isList(value)) {
    throw mistyped(place, 'a structure', value);
  }
  return value;
}

function expectList(value: JsonValue, place: Place): readonly JsonValue[] {
  if (!isList(value)) {
    throw mistyped(place, 'a list', value);
  }
  return value;
}

function expectSimple({ kind }: SimpleShape, value: JsonValue, place: Place): string | number | boolean {
  const isOfKind: Readonly<Record<SimpleShape['kind'], boolean>> = {
    string: typeof value === 'string',
    integer: Number.isInteger(value),
    boolean: typeof value === 'boolean',
    timestamp: typeof value === 'number',
  };
  if (!isOfKind[kind]) {
    throw mistyped(place, `a value of type ${kind}`, value);
  }
  return value as string | number | boolean;
}

function mistyped({ path }: Place, expected: string, value: JsonValue): ServiceError {
  const found = value === null ? 'null' : isList(value) ? 'a list' : `a value of type ${typeof value}`;
  return new ServiceError('SerializationException', `Expected ${expected} at '${path}', got ${found}.`);
}

function shown(value: JsonValue): string {
  if (isList(value)) {
    return `[${value.map(shown).join(', ')}]`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
