import type { JsonObject, JsonValue } from '../../src/core/json.js';

/** A named control of a form, in document order. */
export type FormControl =
  /** A radio button or check box. */
  | { readonly kind: 'choice'; readonly name: string; readonly value: string; readonly isChecked: boolean }
  | { readonly kind: 'text'; readonly name: string; readonly value: string; readonly isHidden?: boolean }
  | { readonly kind: 'list'; readonly name: string; readonly values: readonly string[] }
  /** A crowd element; `undefined` where it has nothing to say. */
  | { readonly kind: 'value'; readonly name: string; readonly value: JsonValue | undefined };

/** A form's `answerContent`, by Ground Truth's rules (reference crowd-elements §3). Keys are sorted all the way down. */
export function answerOf(controls: readonly FormControl[]): JsonObject {
  const values = new Map<string, JsonValue>();
  const choices = new Map<string, Map<string, boolean>>();
  for (const control of controls) {
    const { name } = control;
    switch (control.kind) {
      case 'choice': {
        // One object a name, one boolean a value: what was not chosen is said too.
        const chosen = choices.get(name) ?? new Map<string, boolean>();
        choices.set(name, chosen.set(control.value, control.isChecked));
        values.set(name, Object.fromEntries(chosen));
        break;
      }
      case 'text':
        if (control.value !== '' || control.isHidden === true) {
          values.set(name, control.value);
        }
        break;
      case 'list':
        values.set(name, control.values);
        break;
      case 'value':
        if (control.value !== undefined) {
          values.set(name, control.value);
        }
        break;
    }
  }
  return sorted(Object.fromEntries(values)) as JsonObject;
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value as JsonObject).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, item === undefined ? null : sorted(item)]));
}
