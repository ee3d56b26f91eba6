import type { JsonObject, JsonValue } from '../../core/json.js';
import { ServiceError } from '../http/serviceError.js';
import { withoutNulls } from '../nulls.js';
import { labelingJobShapes } from './labelingJobShapes.js';
import type { Requests } from './requests.js';
import type { Shape } from './shapes.js';
import { workforceShapes } from './workforceShapes.js';

const shapes: Readonly<Record<string, Shape>> = { ...labelingJobShapes, ...workforceShapes };
const patterns = new Map<string, RegExp>();

/** The request as its type says, once it keeps to `shape`; else every violation in one `ValidationException`. */
export function validated<Name extends keyof Requests>(shape: Name, input: JsonObject): Requests[Name] {
  const violations: string[] = [];
  check(shape, input, '', violations);
  if (violations.length > 0) {
    throw new ServiceError('ValidationException', validationMessage(violations));
  }
  return withoutNulls(input) as unknown as Requests[Name];
}

function validationMessage(violations: readonly string[]): string {
  const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
  return `${count}: ${violations.join('; ')}`;
}

function check(name: string, value: JsonValue, path: string, violations: string[]): void {
  const shape = shapes[name];
  if (shape === undefined) {
    throw new Error(`There is no shape "${name}".`);
  }
  const refuse = (constraint: string): void => {
    violations.push(`Value '${shown(value)}' at '${path}' failed to satisfy constraint: ${constraint}`);
  };
  switch (shape.kind) {
    case 'structure':
      checkStructure(shape, expectObject(value, path), path, violations);
      return;
    case 'list': {
      const items = expectArray(value, path);
      checkLength(items.length, shape, refuse);
      items.forEach((item, index) => check(shape.of, item, `${path}.${index + 1}.member`, violations));
      return;
    }
    case 'map': {
      const entries = Object.entries(expectObject(value, path));
      checkLength(entries.length, shape, refuse);
      for (const [key, item = null] of entries) {
        check(shape.key, key, `${path}.key`, violations);
        check(shape.value, item, `${path}.${key}.member`, violations);
      }
      return;
    }
    case 'string':
      checkString(shape, expectType(value, 'string', path), refuse);
      return;
    case 'integer':
      checkInteger(shape, expectType(value, 'number', path), path, refuse);
      return;
    case 'timestamp':
      expectType(value, 'number', path);
      return;
    case 'boolean':
      expectType(value, 'boolean', path);
  }
}

function checkStructure(
  shape: Extract<Shape, { kind: 'structure' }>,
  value: JsonObject,
  path: string,
  violations: string[],
): void {
  const prefix = path === '' ? '' : `${path}.`;
  for (const member of shape.required ?? []) {
    if ((value[member] ?? null) === null) {
      violations.push(
        `Value null at '${prefix}${lowerFirst(member)}' failed to satisfy constraint: Member must not be null`,
      );
    }
  }
  for (const [member, item] of Object.entries(value)) {
    // A name such as "constructor" is a member of every object, though of no shape.
    const of = Object.hasOwn(shape.members, member) ? shape.members[member] : undefined;
    // AWS ignores what it does not know: newer clients may send more than this server has heard of.
    if (of !== undefined && item !== undefined && item !== null) {
      check(of, item, `${prefix}${lowerFirst(member)}`, violations);
    }
  }
}

function checkString(
  shape: Extract<Shape, { kind: 'string' }>,
  text: string,
  refuse: (constraint: string) => void,
): void {
  if (shape.values !== undefined && !shape.values.includes(text)) {
    refuse(`Member must satisfy enum value set: [${shape.values.join(', ')}]`);
  }
  checkLength(Array.from(text).length, shape, refuse);
  if (shape.pattern !== undefined && !compiled(shape.pattern).test(text)) {
    refuse(`Member must satisfy regular expression pattern: ${shape.pattern}`);
  }
}

function checkInteger(
  shape: Extract<Shape, { kind: 'integer' }>,
  value: number,
  path: string,
  refuse: (constraint: string) => void,
): void {
  if (!Number.isInteger(value)) {
    throw mistyped(path, 'an integer', value);
  }
  if (shape.max !== undefined && value > shape.max) {
    refuse(`Member must have value less than or equal to ${shape.max}`);
  }
  if (shape.min !== undefined && value < shape.min) {
    refuse(`Member must have value greater than or equal to ${shape.min}`);
  }
}

function checkLength(
  length: number,
  { min, max }: { readonly min?: number; readonly max?: number },
  refuse: (constraint: string) => void,
): void {
  if (max !== undefined && length > max) {
    refuse(`Member must have length less than or equal to ${max}`);
  }
  if (min !== undefined && length < min) {
    refuse(`Member must have length greater than or equal to ${min}`);
  }
}

/** The service anchors its patterns at both ends. */
function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known !== undefined) {
    return known;
  }
  const expression = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
  patterns.set(pattern, expression);
  return expression;
}

function expectObject(value: JsonValue, path: string): JsonObject {
  if (typeof value !== 'object' || value === null || isArray(value)) {
    throw mistyped(path, 'a structure', value);
  }
  return value;
}

function expectArray(value: JsonValue, path: string): readonly JsonValue[] {
  if (!isArray(value)) {
    throw mistyped(path, 'a list', value);
  }
  return value;
}

type Primitive = { string: string; number: number; boolean: boolean };

function expectType<Kind extends keyof Primitive>(value: JsonValue, kind: Kind, path: string): Primitive[Kind] {
  if (typeof value !== kind) {
    throw mistyped(path, `a ${kind}`, value);
  }
  return value as Primitive[Kind];
}

function mistyped(path: string, expected: string, value: JsonValue): ServiceError {
  return new ServiceError('SerializationException', `Expected ${expected} at '${path}', got ${shown(value)}.`);
}

// `Array.isArray` does not narrow a readonly array out of a union.
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function shown(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
