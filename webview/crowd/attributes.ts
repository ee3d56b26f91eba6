import json5 from 'json5';

/** Templates write lists the way JavaScript does: `['cat', 'dog',]`. */
export const listAttribute = {
  fromAttribute: (text: string | null): readonly unknown[] => listOf(text),
};

export function listOf(text: string | null): readonly unknown[] {
  if (text === null || text.trim() === '') {
    return [];
  }
  try {
    const value: unknown = json5.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    return []; // Not filled in: the element says that it has no classes.
  }
}

/** A category is text, or an object that has it. */
export function categoryText(category: unknown): string {
  if (typeof category === 'object' && category !== null) {
    const { label, text } = category as { label?: unknown; text?: unknown };
    return categoryText(label ?? text ?? '');
  }
  return typeof category === 'string' ? category : JSON.stringify(category);
}
