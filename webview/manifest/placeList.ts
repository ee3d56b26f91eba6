import { LitElement } from 'lit';
import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import type { ThumbnailSize } from '../../src/core/manifest/thumbnailCache.js';
import type { Decision } from '../../src/core/review/review.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import type { Counted } from './counted.js';
import {
  offsetAfter,
  placeByKey,
  type PlaceGrid,
  rowOf,
  scrollAreaOf,
  type ShownPlaces,
  visiblePlaces,
} from './placeGrid.js';
import type { ReviewDecisions } from './reviewDecisions.js';
import { RowPages } from './rowPages.js';
import { scrollbar } from './scrollbar.js';
import type { Thumbnails } from './thumbnails.js';
import { clampOffset, offsetToReveal, type ScrollArea } from './virtualScroll.js';

const wheelLinePixels = 40;

/**
 * All objects of a query, whatever their number and however they are laid out; it scrolls by itself, with the wheel,
 * keys, or its own scrollbar. Only what is on screen is in the page.
 */
export abstract class PlaceList extends LitElement {
  static override properties = {
    client: { attribute: false },
    thumbnails: { attribute: false },
    query: { attribute: false },
    version: { attribute: false },
    isEstimated: { attribute: false },
    showsShapes: { attribute: false },
    decisions: { attribute: false },
    revision: { attribute: false },
    active: { attribute: false },
    offset: { state: true },
    viewportHeight: { state: true },
    viewportWidth: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare thumbnails: Thumbnails;
  declare query: RowQuery;
  /** Another one means that rows must be read anew. */
  declare version: string;
  /** Whether rows say what is estimated of them. */
  declare isEstimated: boolean;
  /** Whether rows are read with what is drawn on their pictures. */
  declare showsShapes: boolean;
  declare decisions: ReviewDecisions;
  /** Another one means that decisions have changed. */
  declare revision: number;
  /** The place of the object that keys act on. */
  declare active: number;
  declare private offset: number;
  declare private viewportHeight: number;
  declare protected viewportWidth: number;
  #pages: RowPages | undefined;
  /** The pages shown before, until the first of the new ones is there: the list must not flicker. */
  #outgoing: RowPages | undefined;
  #resizing: ResizeObserver | undefined;
  #grid: PlaceGrid | undefined;
  #isScrollingUp = false;
  /** Whether the object that keys act on has yet to be scrolled to, as it is where a list takes the place of another. */
  #isArriving = true;

  constructor() {
    super();
    this.isEstimated = false;
    this.showsShapes = false;
    this.active = 0;
    this.offset = 0;
    this.viewportHeight = 0;
    this.viewportWidth = 0;
  }

  protected abstract get grid(): PlaceGrid;
  protected abstract get thumbnailSize(): ThumbnailSize;

  get total(): number {
    return this.#shown?.total ?? 0;
  }

  override createRenderRoot() {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing?.disconnect();
    this.#pages?.close();
    this.#pages = undefined;
    this.#outgoing = undefined;
    this.thumbnails.expect([]);
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (['query', 'version', 'isEstimated', 'showsShapes'].some((name) => changed.has(name)) || !this.#pages) {
      this.#read(changed.has('query') && changed.get('query') !== undefined);
    }
    this.#keepInSight();
    if (changed.has('offset')) {
      this.#isScrollingUp = this.offset < Number(changed.get('offset'));
      if (changed.get('offset') !== undefined) {
        this.thumbnails.holdWhileScrolling();
      }
    }
  }

  override firstUpdated(): void {
    const viewport = this.#viewport;
    if (viewport) {
      this.#resizing = new ResizeObserver(() => this.#measure());
      this.#resizing.observe(viewport);
      viewport.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    }
  }

  override updated(): void {
    this.#arrive();
    const { first, count } = this.visible;
    const ahead = Math.max(0, this.#isScrollingUp ? first - count : first + count);
    this.thumbnails.expect(
      Array.from({ length: count }, (_, index) => this.rowAt(ahead + index)).flatMap((row) =>
        row?.source?.kind === 'object' ? [{ line: row.line, source: row.source.value, size: this.thumbnailSize }] : [],
      ),
    );
  }

  /** Asks again for rows that could not be read. */
  retry(): void {
    this.#pages?.retry();
  }

  moveTo(place: number): void {
    this.#measure(); // Of a list that was hidden until now nobody has told yet how large it is.
    this.active = Math.max(0, Math.min(this.total - 1, place));
    this.offset = offsetToReveal(this.area, this.offset, rowOf(this.active, this.grid));
  }

  override focus(): void {
    // A group of rows cannot name the one that keys act on; the grid can.
    this.querySelector<HTMLElement>('[role="grid"]')?.focus();
  }

  protected get area(): ScrollArea {
    return scrollAreaOf(this.#places);
  }

  protected get visible() {
    return visiblePlaces(this.#places, this.offset);
  }

  protected isDrawn(place: number): boolean {
    const { first, count } = this.visible;
    return place >= first && place < first + count;
  }

  /** Makes sure that these rows are there or on their way. */
  protected want(first: number, count: number): void {
    this.#shown?.want(first, count);
  }

  protected rowAt(place: number): ManifestRow | undefined {
    return this.#shown?.row(place);
  }

  protected decisionAt(place: number): Decision | undefined {
    const row = this.rowAt(place);
    return row && this.decisions.at(row.line);
  }

  protected renderScrollbar() {
    return scrollbar({
      area: () => this.area,
      offset: () => this.offset,
      onScroll: (offset) => (this.offset = offset),
    });
  }

  protected readonly takeKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) {
      return; // It is for a column's title.
    }
    // Whole pages are counted from what is seen: somebody may have scrolled away from the active row.
    const isByPage = event.key.startsWith('Page') && !this.isDrawn(this.active);
    const from = isByPage ? this.visible.first : this.active;
    const target = placeByKey(event.key, from, this.#places);
    if (target !== undefined) {
      this.moveTo(target);
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.open(this.active);
    } else {
      return;
    }
    event.preventDefault();
  };

  protected open(place: number): void {
    this.active = place;
    const row = this.rowAt(place);
    if (row) {
      this.tell('open-row', { place, line: row.line });
    }
  }

  protected tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  get #shown(): RowPages | undefined {
    return this.#pages?.total === undefined ? (this.#outgoing ?? this.#pages) : this.#pages;
  }

  get #viewport(): HTMLElement | null {
    return this.querySelector('.viewport');
  }

  get #places(): ShownPlaces {
    return { total: this.total, grid: this.grid, viewportHeight: this.viewportHeight };
  }

  #measure(): void {
    const { clientWidth = 0, clientHeight = 0 } = this.#viewport ?? {};
    // While it is hidden it stays as it was.
    if (clientWidth > 0) {
      this.viewportWidth = clientWidth;
      this.viewportHeight = clientHeight;
    }
  }

  #arrive(): void {
    if (this.#isArriving && this.total > 0 && this.viewportHeight > 0) {
      this.#isArriving = false;
      this.offset = offsetToReveal(this.area, this.offset, rowOf(this.active, this.grid));
    }
  }

  #read(isOtherQuery: boolean): void {
    if (this.#pages?.total !== undefined) {
      this.#outgoing = this.#pages;
    }
    this.#pages?.close();
    if (isOtherQuery) {
      this.#isArriving = false;
      this.active = 0;
      this.offset = 0;
    }
    const pages = new RowPages(this.client, this, () => this.#onRows(pages));
    this.#pages = pages;
    const { first, count } = visiblePlaces({ ...this.#places, total: Number.MAX_SAFE_INTEGER }, this.offset);
    pages.want(first, Math.max(1, count));
  }

  #onRows(pages: RowPages): void {
    if (pages !== this.#pages) {
      return;
    }
    this.#outgoing = undefined;
    const { total, error, hasDrawings, searched } = pages;
    if (total !== undefined) {
      this.active = Math.max(0, Math.min(this.active, total - 1));
      this.offset = clampOffset(this.area, this.offset);
    }
    this.tell('counted', { total, error, hasDrawings, searched } satisfies Counted);
    this.requestUpdate();
  }

  /** Where the layout changes, the object that keys act on stays where it is seen; out of sight, the first one does. */
  #keepInSight(): void {
    const { grid: after } = this;
    const before = this.#grid;
    this.#grid = after;
    if (before && (before.perRow !== after.perRow || before.rowHeight !== after.rowHeight)) {
      const { first, count } = visiblePlaces({ ...this.#places, grid: before }, this.offset);
      const isSeen = this.active >= first && this.active < first + count;
      const kept = isSeen ? this.active : first;
      this.offset = clampOffset(this.area, offsetAfter(kept, { before, after, offset: this.offset }));
    }
  }

  #wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.deltaY === 0) {
      return;
    }
    const pixels = [1, wheelLinePixels, this.viewportHeight][event.deltaMode] ?? 1;
    this.offset = clampOffset(this.area, this.offset + event.deltaY * pixels);
    event.preventDefault();
  }
}
