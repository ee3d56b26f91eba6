import type { TextEdit } from './lintFinding.js';

/** The lines of a text that is being edited, as editors count them: after the last line break there is one more. */
export class DocumentLines {
  #texts: string[] = [];

  get count(): number {
    return this.#texts.length;
  }

  at(line: number): string {
    return this.#texts[line] ?? '';
  }

  slice(start: number, end: number): readonly string[] {
    return this.#texts.slice(start, end);
  }

  append(texts: readonly string[]): void {
    this.#texts = replaced(this.#texts, { start: this.#texts.length, count: 0, by: texts });
  }

  /** Resolves to how many lines there are now in the place of those that the edit touched. */
  edit({ range, text }: TextEdit): number {
    const { startLine, startColumn, endLine, endColumn } = range;
    const by = `${this.at(startLine).slice(0, startColumn)}${text}${this.at(endLine).slice(endColumn)}`.split(
      lineBreak,
    );
    this.#texts = replaced(this.#texts, { start: startLine, count: endLine - startLine + 1, by });
    return by.length;
  }
}

const lineBreak = /\r\n|\r|\n/u;

/** So many can be handed over as arguments. */
const fewItems = 10_000;

/** The list with other items in the place of some; where they are few, it is the same list. */
export function replaced<T>(
  items: T[],
  { start, count, by }: { readonly start: number; readonly count: number; readonly by: readonly T[] },
): T[] {
  if (by.length < fewItems) {
    items.splice(start, count, ...by);
    return items;
  }
  return [...items.slice(0, start), ...by, ...items.slice(start + count)];
}
