import type { JsonObject, JsonValue } from '../../src/core/json.js';
import { isAnswering } from './answering.js';
import { selectOptions } from './formDraft.js';
import type { FormControl } from './serialize.js';

/** The named controls of a form, in document order; those inside other elements' shadow roots are not its own. */
export function controlsOf(form: HTMLElement): readonly FormControl[] {
  return [...form.querySelectorAll<HTMLElement>('[name]')].flatMap((element) => {
    const name = element.getAttribute('name') ?? '';
    const control = name === '' || element.hasAttribute('disabled') ? undefined : controlOf(element, name);
    return control ? [control] : [];
  });
}

/** Puts an earlier answer back where it came from, as far as the form still has those controls. */
export function restoreControls(form: HTMLElement, answer: JsonObject): void {
  for (const element of form.querySelectorAll<HTMLElement>('[name]')) {
    const value = answer[element.getAttribute('name') ?? ''];
    if (value !== undefined) {
      restore(element, value);
    }
  }
}

const notSubmitted = new Set(['submit', 'button', 'reset', 'image']);

function controlOf(element: HTMLElement, name: string): FormControl | undefined {
  if (isAnswering(element)) {
    return { kind: 'value', name, value: element.answerValue };
  }
  if (element instanceof HTMLInputElement) {
    const { type, value, checked } = element;
    if (type === 'radio' || type === 'checkbox') {
      return { kind: 'choice', name, value, isChecked: checked };
    }
    return notSubmitted.has(type) ? undefined : { kind: 'text', name, value, isHidden: type === 'hidden' };
  }
  if (element instanceof HTMLSelectElement) {
    return element.multiple
      ? { kind: 'list', name, values: [...element.selectedOptions].map(({ value }) => value) }
      : { kind: 'text', name, value: element.value, isHidden: true };
  }
  if (element instanceof HTMLTextAreaElement) {
    return { kind: 'text', name, value: element.value };
  }
  // `object-value-input`, which templates define themselves: any JSON.
  return element.localName === 'object-value-input' && 'value' in element
    ? { kind: 'value', name, value: element.value as JsonValue }
    : undefined;
}

function restore(element: HTMLElement, value: JsonValue): void {
  if (isAnswering(element)) {
    element.restoreAnswer(value);
  } else if (element instanceof HTMLInputElement && (element.type === 'radio' || element.type === 'checkbox')) {
    element.checked = typeof value === 'object' && value !== null && (value as JsonObject)[element.value] === true;
  } else if (element instanceof HTMLSelectElement && Array.isArray(value)) {
    selectOptions(element, value);
  } else if (typeof value === 'string' && 'value' in element && element.getAttribute('type') !== 'file') {
    element.value = value;
  }
}
