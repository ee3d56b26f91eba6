import assert from 'node:assert/strict';
import type { JsonValue } from '../../src/core/json.js';

/** `actual` has all that `expected` has, however deep; lists are as long. */
export function assertHas(actual: JsonValue | undefined, expected: JsonValue | undefined, message: string): void {
  assert.deepEqual(part(actual, expected), expected, message);
}

/** What of `actual` stands where `expected` has something. */
function part(actual: JsonValue | undefined, expected: JsonValue | undefined): JsonValue | undefined {
  if (isList(actual) && isList(expected)) {
    return actual.map((item, index) => part(item, expected[index]) ?? null);
  }
  if (!isObject(actual) || !isObject(expected)) {
    return actual;
  }
  return Object.fromEntries(Object.entries(expected).map(([name, item]) => [name, part(actual[name], item)]));
}

// `Array.isArray` does not narrow a readonly array out of a union.
function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue | undefined): value is { readonly [name: string]: JsonValue | undefined } {
  return typeof value === 'object' && value !== null && !isList(value);
}
