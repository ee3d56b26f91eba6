import type { JsonObject, JsonValue } from '../../src/core/json.js';
import { isAnswering } from './answering.js';

// What a worker has filled in and not sent, field by field. An answer would not do: it knows only fields with a name,
// and of several with the same one only the last.

/** What all the fields hold, by a name that each has again when the same template is shown once more. */
export function heldBy(form: HTMLElement): JsonObject {
  return Object.fromEntries(
    fieldsOf(form).flatMap(([key, field]) => {
      const value = valueOf(field);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** What differs from `before`. */
export function changesSince(before: JsonObject, now: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key])),
  );
}

/**
 * Puts a draft back, silently: the template has run once and does not hear of it as of something that the worker does.
 * Returns what there is no field for yet.
 */
export function restoreDraft(form: HTMLElement, draft: JsonObject): JsonObject {
  const fields = new Map(fieldsOf(form));
  const rest: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(draft)) {
    const field = fields.get(key);
    if (field && value !== undefined) {
      restore(field, value);
    } else if (value !== undefined) {
      rest[key] = value;
    }
  }
  return rest;
}

/** Of no use without the worker's hand, or not to be written anywhere. */
const notKept = new Set(['password', 'file', 'submit', 'button', 'reset', 'image']);

function fieldsOf(form: HTMLElement): readonly (readonly [string, Element])[] {
  const counts = new Map<string, number>();
  return [...form.querySelectorAll('*')].filter(isField).map((field) => {
    const isChoice = field instanceof HTMLInputElement && isChosen(field);
    const name = field.getAttribute('name') ?? field.id;
    const kind = [field.localName, name, ...(isChoice ? [field.type, field.value] : [])].join(' ');
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return [`${kind} ${count}`, field] as const;
  });
}

function isField(element: Element): boolean {
  return (
    isAnswering(element) ||
    (element instanceof HTMLInputElement && !notKept.has(element.type)) ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement ||
    isOfTemplate(element)
  );
}

function isChosen({ type }: HTMLInputElement): boolean {
  return type === 'radio' || type === 'checkbox';
}

/** `object-value-input`, which templates define themselves: any JSON. */
function isOfTemplate(element: Element): element is Element & { value: JsonValue } {
  return element.localName === 'object-value-input' && 'value' in element;
}

function valueOf(field: Element): JsonValue | undefined {
  if (isAnswering(field)) {
    return field.draftValue;
  }
  if (field instanceof HTMLSelectElement) {
    return [...field.selectedOptions].map(({ value }) => value);
  }
  if (field instanceof HTMLInputElement && isChosen(field)) {
    return field.checked;
  }
  return 'value' in field ? (field.value as JsonValue) : undefined;
}

function restore(field: Element, value: JsonValue): void {
  if (isAnswering(field)) {
    field.restoreAnswer(value);
  } else if (field instanceof HTMLSelectElement) {
    selectOptions(field, Array.isArray(value) ? value : []);
  } else if (field instanceof HTMLInputElement && isChosen(field)) {
    field.checked = value === true;
  } else if ('value' in field) {
    field.value = value;
  }
}

export function selectOptions(field: HTMLSelectElement, values: readonly JsonValue[]): void {
  for (const option of field.options) {
    option.selected = values.includes(option.value);
  }
}
