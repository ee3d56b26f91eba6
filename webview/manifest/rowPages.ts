import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { messageOf } from './failure.js';

const rowsPerPage = 50;
const mostPages = 60;
/** At least so many rows before and behind those that are seen: more than a page key or a turn of the wheel goes. */
const leastAround = 50;
/** Whoever reads them does so one after the other: more at once would only stand in the way of those wanted next. */
const mostAtOnce = 2;

/** The rows of one query, read in pages when they are needed. */
export class RowPages {
  readonly #query: RowQuery;
  readonly #isDrawn: boolean;
  readonly #client: Client<ManifestEditor>;
  readonly #pages = new Map<number, readonly ManifestRow[] | 'loading' | 'failed'>();
  readonly #onChange: () => void;
  readonly #closing = new AbortController();
  /** Pages, the most urgent one first. */
  #wanted: readonly number[] = [];
  #loading = 0;
  #total: number | undefined;
  #error: string | undefined;
  #hasDrawings = false;

  constructor(
    client: Client<ManifestEditor>,
    { query, showsShapes }: { readonly query: RowQuery; readonly showsShapes: boolean },
    onChange: () => void,
  ) {
    this.#client = client;
    this.#query = query;
    this.#isDrawn = showsShapes;
    this.#onChange = onChange;
  }

  /** `undefined` until the first page is there. */
  get total(): number | undefined {
    return this.#total;
  }

  /** Why some rows could not be read. Only `retry` asks for them again: each drawing wants them, and would for ever. */
  get error(): string | undefined {
    return this.#error;
  }

  get hasDrawings(): boolean {
    return this.#hasDrawings;
  }

  close(): void {
    this.#closing.abort();
  }

  /**
   * Makes sure that these rows are there or on their way, and then those around them, which are the next to be scrolled
   * to. Of rows that were wanted before and have been scrolled past meanwhile, none is asked for any more.
   */
  want(first: number, count: number): void {
    const last = Math.max(first, first + count - 1);
    const seen = pagesOf(first, last);
    const rows = Math.max(leastAround, count);
    const around = pagesOf(Math.max(0, first - rows), Math.min(last + rows, this.#lastRow));
    this.#wanted = [...seen, ...around];
    this.#next();
  }

  row(place: number): ManifestRow | undefined {
    const page = this.#pages.get(Math.floor(place / rowsPerPage));
    return page === 'loading' || page === 'failed' ? undefined : page?.[place % rowsPerPage];
  }

  /** Asks again for what could not be read. */
  retry(): void {
    this.#error = undefined;
    for (const [page, rows] of this.#pages) {
      if (rows === 'failed') {
        this.#pages.delete(page);
      }
    }
    this.#next();
  }

  get #lastRow(): number {
    return this.#total === undefined ? 0 : this.#total - 1;
  }

  #next(): void {
    while (this.#loading < mostAtOnce && !this.#closing.signal.aborted) {
      const page = this.#wanted.find((wanted) => !this.#pages.has(wanted));
      if (page === undefined) {
        return;
      }
      this.#pages.set(page, 'loading');
      this.#loading++;
      void this.#load(page).finally(() => {
        this.#loading--;
        this.#next();
      });
    }
  }

  async #load(page: number): Promise<void> {
    try {
      const params = { query: this.#query, first: page * rowsPerPage, count: rowsPerPage, isDrawn: this.#isDrawn };
      const { total, rows } = await this.#client.call('rows.read', params, this.#closing.signal);
      this.#total = total;
      this.#pages.set(page, rows);
      this.#hasDrawings ||= rows.some(({ drawing }) => drawing !== undefined);
      this.#forgetFarPages(page);
    } catch (error) {
      if (this.#closing.signal.aborted) {
        return;
      }
      this.#pages.set(page, 'failed');
      this.#error = messageOf(error);
    }
    this.#onChange();
  }

  #forgetFarPages(near: number): void {
    if (this.#pages.size > mostPages) {
      const far = [...this.#pages.keys()].filter((page) => Math.abs(page - near) > mostPages / 4);
      far.forEach((page) => this.#pages.delete(page));
    }
  }
}

function pagesOf(firstRow: number, lastRow: number): readonly number[] {
  const first = Math.floor(firstRow / rowsPerPage);
  const last = Math.floor(lastRow / rowsPerPage);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
