import type { JsonObject, JsonValue } from './json.js';

// How values are written in what is copied, to be run elsewhere.

/** Texts, numbers, lists and objects of them are written in Python as in JSON. */
export function python(value: JsonValue | JsonObject, indent = ''): string {
  return JSON.stringify(value, undefined, Array.isArray(value) ? undefined : 4).replaceAll('\n', `\n${indent}`);
}

/** As one word of a POSIX shell. */
export function shell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
