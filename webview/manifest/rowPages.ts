import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import type { SearchProgress } from '../../src/core/manifest/lineSearch.js';
import type { ManifestRow, RowSearch } from '../../src/core/manifest/manifestRows.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { messageOf } from './failure.js';

const rowsPerPage = 50;
const mostPages = 60;
/** At least so many rows before and behind those that are seen: more than page keys or a swing of the wheel go. */
const leastAround = 150;
/** Whoever reads them does so one after the other: more at once would only stand in the way of those wanted next. */
const mostAtOnce = 2;

/** The rows of one query, read in pages when they are needed. */
export class RowPages {
  readonly #query: RowQuery;
  readonly #isDrawn: boolean;
  readonly #client: Client<ManifestEditor>;
  readonly #pages = new Map<number, readonly ManifestRow[] | 'failed'>();
  readonly #loading = new Set<number>();
  /** Pages whose rows are others since more were found; they stay until the new ones are there. */
  readonly #stale = new Set<number>();
  readonly #onChange: () => void;
  readonly #closing = new AbortController();
  /** Pages, the most urgent one first. */
  #wanted: readonly number[] = [];
  #total: number | undefined;
  #searched: SearchProgress | undefined;
  #isFollowing = false;
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

  /** How far the search is that finds more rows; `undefined` where none is going on. */
  get searched(): SearchProgress | undefined {
    return this.#searched;
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
    const middle = (seen[0] ?? 0) + (seen.length - 1) / 2;
    this.#wanted = [...seen, ...around.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))];
    this.#next();
  }

  row(place: number): ManifestRow | undefined {
    const page = this.#pages.get(Math.floor(place / rowsPerPage));
    return page === 'failed' ? undefined : page?.[place % rowsPerPage];
  }

  /** Asks again for what could not be read. */
  retry(): void {
    this.#error = undefined;
    for (const [page, rows] of this.#pages) {
      if (rows === 'failed') {
        this.#pages.delete(page);
      }
    }
    if (this.#query.filter.inWholeLines === true) {
      void this.#follow(); // What failed may have been the search.
    }
    this.#next();
  }

  get #lastRow(): number {
    return this.#total === undefined ? 0 : this.#total - 1;
  }

  #next(): void {
    while (this.#loading.size < mostAtOnce && !this.#closing.signal.aborted) {
      const page = this.#wanted.find((wanted) => this.#isMissing(wanted));
      if (page === undefined) {
        return;
      }
      this.#loading.add(page);
      this.#stale.delete(page);
      void this.#load(page).finally(() => {
        this.#loading.delete(page);
        this.#next();
      });
    }
  }

  #isMissing(page: number): boolean {
    return !this.#loading.has(page) && (!this.#pages.has(page) || this.#stale.has(page));
  }

  async #load(page: number): Promise<void> {
    try {
      const params = { query: this.#query, first: page * rowsPerPage, count: rowsPerPage, isDrawn: this.#isDrawn };
      const { total, rows, isSearching = false } = await this.#client.call('rows.read', params, this.#closing.signal);
      const isOld = total < (this.#total ?? 0);
      this.#count(total);
      this.#pages.set(page, rows);
      this.#stale.delete(page);
      if (isOld) {
        this.#stale.add(page); // More was found while its rows were read.
      }
      this.#hasDrawings ||= rows.some(({ drawing }) => drawing !== undefined);
      this.#forgetFarPages(page);
      if (isSearching) {
        this.#searched ??= { searchedBytes: 0, totalBytes: 0, isComplete: false };
        void this.#follow();
      }
    } catch (error) {
      if (this.#closing.signal.aborted) {
        return;
      }
      this.#pages.set(page, 'failed');
      this.#error = messageOf(error);
    }
    this.#onChange();
  }

  /** Asks the search to go on until it is complete: it stands still otherwise. */
  async #follow(): Promise<void> {
    if (this.#isFollowing) {
      return;
    }
    this.#isFollowing = true;
    try {
      for (let isComplete = false; !isComplete; this.#onChange()) {
        const found = await this.#client.call('rows.search', { query: this.#query }, this.#closing.signal);
        ({ isComplete } = found);
        this.#take(found);
      }
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.#searched = undefined;
        this.#error = messageOf(error);
        this.#onChange();
      }
    } finally {
      this.#isFollowing = false;
    }
  }

  #take(found: RowSearch): void {
    this.#searched = found.isComplete ? undefined : found;
    this.#count(found.total);
    this.#next();
  }

  /** There are never fewer than before. In the order of the file, more come behind; otherwise they may come anywhere. */
  #count(total: number): void {
    if (this.#total !== undefined && total <= this.#total) {
      return;
    }
    this.#total = total;
    const { by, isDescending } = this.#query.sort;
    for (const [page, rows] of this.#pages) {
      if (rows !== 'failed' && (by !== 'line' || isDescending || rows.length < rowsPerPage)) {
        this.#stale.add(page);
      }
    }
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
