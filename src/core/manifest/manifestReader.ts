import { arrange, type RowQuery } from './arrangement.js';
import type { LineProblem } from './lineProblems.js';
import type { ManifestDocument } from './manifestDocument.js';
import { type RowPage, rowOf } from './manifestRows.js';
import { type ManifestSummary, summarize } from './manifestSummary.js';

/** Answers what the editor asks of a manifest, also while it is being scanned. */
export class ManifestReader {
  readonly #document: ManifestDocument;
  /** The last arrangement: pages of it are asked for again and again. */
  #arranged: { readonly key: string; readonly lines: Uint32Array } | undefined;

  constructor(document: ManifestDocument) {
    this.#document = document;
  }

  summary(): ManifestSummary {
    return summarize(this.#document.columns);
  }

  problems(first: number, count: number): readonly LineProblem[] {
    return this.#document.problems.kept.slice(first, first + count);
  }

  async rows(query: RowQuery, first: number, count: number, signal: AbortSignal): Promise<RowPage> {
    const arranged = this.#arrange(query);
    const wanted = arranged.subarray(first, first + count);
    const objects = await this.#document.readObjects(wanted, signal);
    return {
      total: arranged.length,
      rows: Array.from(wanted, (line, place) => rowOf(line, objects[place], query.attribute)),
    };
  }

  text(line: number, signal: AbortSignal): Promise<string> {
    return this.#document.readText(line, signal);
  }

  #arrange(query: RowQuery): Uint32Array {
    const key = `${this.#document.columns.lines} ${JSON.stringify(query)}`;
    if (this.#arranged?.key !== key) {
      this.#arranged = { key, lines: arrange(this.#document.columns, query) };
    }
    return this.#arranged.lines;
  }
}
