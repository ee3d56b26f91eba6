import { isList, type JsonObject, type JsonValue } from '../core/json.js';

/** A request as AWS reads it: an explicit null, however deep, says the same as a member that is not there. */
export function withoutNulls(request: JsonObject): JsonObject {
  const members = Object.entries(request).filter(([, item]) => (item ?? null) !== null);
  return Object.fromEntries(members.map(([name, item = null]) => [name, cleaned(item)]));
}

function cleaned(value: JsonValue): JsonValue {
  if (isList(value)) {
    return value.map(cleaned);
  }
  return typeof value === 'object' && value !== null ? withoutNulls(value) : value;
}
