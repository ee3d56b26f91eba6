import { isObject, type JsonObject, type JsonValue } from '../json.js';

export type Parsed =
  | { readonly kind: 'value'; readonly value: JsonValue; readonly hasTrailingComma: boolean }
  | { readonly kind: 'broken'; readonly message: string };

/** Parses a line; one that only has a comma too many at its end, as when it was copied out of a list, is forgiven. */
export function parseLine(text: string): Parsed {
  try {
    return { kind: 'value', value: JSON.parse(text) as JsonValue, hasTrailingComma: false };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const withoutComma = /^(.*\})\s*,\s*$/su.exec(text)?.[1];
    if (withoutComma === undefined) {
      return { kind: 'broken', message };
    }
    try {
      return { kind: 'value', value: JSON.parse(withoutComma) as JsonValue, hasTrailingComma: true };
    } catch {
      return { kind: 'broken', message }; // The comma was not all that is wrong.
    }
  }
}

/** The object that a line's text is; `undefined` where it is none. */
export function parseObject(text: string): JsonObject | undefined {
  return asObject(parseLine(text));
}

export function asObject(parsed: Parsed): JsonObject | undefined {
  return parsed.kind === 'value' && isObject(parsed.value) ? parsed.value : undefined;
}
