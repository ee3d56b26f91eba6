import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { rowTemplate } from './rowTemplate.js';
import type { ReviewDecisions } from './reviewDecisions.js';
import { columnsOf, rowHeader } from './rowHeader.js';
import { RowPages } from './rowPages.js';
import type { Thumbnails } from './thumbnails.js';
import { clampOffset, offsetOfThumb, offsetToReveal, type ScrollArea, thumbOf, visibleRows } from './virtualScroll.js';

const rowHeight = 40;
const wheelLinePixels = 40;

/** What the list tells when rows came, or did not. */
export interface Counted {
  /** `undefined` where it is not known. */
  readonly total: number | undefined;
  readonly error: string | undefined;
}

/** All rows of a query, whatever their number; it scrolls by itself, with the wheel, keys, or its own scrollbar. */
export class RowList extends LitElement {
  static override properties = {
    client: { attribute: false },
    thumbnails: { attribute: false },
    query: { attribute: false },
    version: { attribute: false },
    isEstimated: { attribute: false },
    decisions: { attribute: false },
    revision: { attribute: false },
    active: { attribute: false },
    offset: { state: true },
    viewportHeight: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare thumbnails: Thumbnails;
  declare query: RowQuery;
  /** Another one means that rows must be read anew. */
  declare version: string;
  /** Whether rows say what is estimated of them. */
  declare isEstimated: boolean;
  declare decisions: ReviewDecisions;
  /** Another one means that decisions have changed. */
  declare revision: number;
  /** The place of the row that keys act on. */
  declare active: number;
  declare private offset: number;
  declare private viewportHeight: number;
  #pages: RowPages | undefined;
  /** The pages shown before, until the first of the new ones is there: the list must not flicker. */
  #outgoing: RowPages | undefined;
  #resizing: ResizeObserver | undefined;

  constructor() {
    super();
    this.isEstimated = false;
    this.active = 0;
    this.offset = 0;
    this.viewportHeight = 0;
  }

  get total(): number {
    return this.#shown?.total ?? 0;
  }

  row(place: number): ManifestRow | undefined {
    this.#pages?.want(place, 1);
    return this.#pages?.row(place);
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
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('query') || changed.has('version') || changed.has('isEstimated') || !this.#pages) {
      this.#read(changed.has('query') && changed.get('query') !== undefined);
    }
  }

  override firstUpdated(): void {
    const viewport = this.#viewport;
    if (viewport) {
      this.#resizing = new ResizeObserver(() => {
        this.viewportHeight = viewport.clientHeight;
      });
      this.#resizing.observe(viewport);
      viewport.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    }
  }

  override render() {
    const columns = columnsOf(this.isEstimated);
    return html`
      <div
        class="rows ${this.isEstimated ? 'with-estimate' : ''}"
        role="grid"
        aria-label="Objects"
        aria-rowcount=${this.total + 1}
        aria-colcount=${columns.length}
      >
        ${rowHeader(columns, this.query.sort, (sort) => this.#tell('sort', sort))}
        <div
          class="viewport"
          role="rowgroup"
          tabindex="0"
          aria-label="Rows"
          aria-activedescendant=${this.#isDrawn(this.active) ? `row-${this.active}` : nothing}
          @keydown=${this.#key}
        >
          ${this.#renderRows()}
        </div>
      </div>
      ${this.#renderScrollbar()}
    `;
  }

  get #shown(): RowPages | undefined {
    return this.#pages?.total === undefined ? (this.#outgoing ?? this.#pages) : this.#pages;
  }

  get #viewport(): HTMLElement | null {
    return this.querySelector('.viewport');
  }

  get #area(): ScrollArea {
    return { rows: this.total, rowHeight, viewportHeight: this.viewportHeight };
  }

  #read(isOtherQuery: boolean): void {
    if (this.#pages?.total !== undefined) {
      this.#outgoing = this.#pages;
    }
    this.#pages?.close();
    if (isOtherQuery) {
      this.active = 0;
      this.offset = 0;
    }
    const pages = new RowPages(this.client, this.query, () => this.#onRows(pages));
    this.#pages = pages;
    const { first, count } = visibleRows({ ...this.#area, rows: Number.MAX_SAFE_INTEGER }, this.offset);
    pages.want(first, Math.max(1, count));
  }

  #onRows(pages: RowPages): void {
    if (pages !== this.#pages) {
      return;
    }
    this.#outgoing = undefined;
    const { total, error } = pages;
    if (total !== undefined) {
      this.active = Math.max(0, Math.min(this.active, total - 1));
      this.offset = clampOffset(this.#area, this.offset);
    }
    this.dispatchEvent(new CustomEvent('counted', { detail: { total, error } satisfies Counted }));
    this.requestUpdate();
  }

  /** Asks again for rows that could not be read. */
  retry(): void {
    this.#pages?.retry();
  }

  #isDrawn(place: number): boolean {
    const { first, count } = visibleRows(this.#area, this.offset);
    return place >= first && place < first + count;
  }

  #renderRows(): TemplateResult[] {
    const { first, count, hiddenPixels } = visibleRows(this.#area, this.offset);
    this.#shown?.want(first, count);
    // A row keeps its element while it stays on screen or comes round again: nothing is made anew by scrolling.
    return Array.from({ length: count }, (_, index) => {
      const place = first + index;
      return rowTemplate(this.#shown?.row(place), {
        place,
        top: index * rowHeight - hiddenPixels,
        isActive: place === this.active,
        isEstimated: this.isEstimated,
        decision: this.#decisionAt(place),
        thumbnails: this.thumbnails,
        onOpen: () => this.#open(place),
      });
    });
  }

  #decisionAt(place: number) {
    const row = this.#shown?.row(place);
    return row && this.decisions.at(row.line);
  }

  #renderScrollbar() {
    const thumb = thumbOf(this.#area, this.offset);
    return thumb
      ? html`<div class="scrollbar" aria-hidden="true" @pointerdown=${this.#jump}>
          <div
            class="thumb"
            .style=${`height: ${thumb.height}px; transform: translateY(${thumb.top}px)`}
            @pointerdown=${this.#drag}
          ></div>
        </div>`
      : nothing;
  }

  #wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.deltaY === 0) {
      return;
    }
    const pixels = [1, wheelLinePixels, this.viewportHeight][event.deltaMode] ?? 1;
    this.offset = clampOffset(this.#area, this.offset + event.deltaY * pixels);
    event.preventDefault();
  }

  readonly #jump = (event: PointerEvent) => {
    const track = event.currentTarget as HTMLElement;
    const thumb = thumbOf(this.#area, this.offset);
    const top = event.clientY - track.getBoundingClientRect().top - (thumb?.height ?? 0) / 2;
    this.offset = offsetOfThumb(this.#area, top);
  };

  readonly #drag = (event: PointerEvent) => {
    event.stopPropagation();
    event.preventDefault();
    const thumb = event.currentTarget as HTMLElement;
    const grabbed = event.clientY - (thumbOf(this.#area, this.offset)?.top ?? 0);
    const move = (moved: PointerEvent) => {
      this.offset = offsetOfThumb(this.#area, moved.clientY - grabbed);
    };
    thumb.setPointerCapture(event.pointerId);
    thumb.addEventListener('pointermove', move);
    thumb.addEventListener('lostpointercapture', () => thumb.removeEventListener('pointermove', move), { once: true });
  };

  readonly #key = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(this.viewportHeight / rowHeight) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + page,
      PageUp: this.active - page,
      Home: 0,
      End: this.total - 1,
    };
    const target = moves[event.key];
    if (target !== undefined) {
      this.moveTo(target);
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.#open(this.active);
    } else {
      return;
    }
    event.preventDefault();
  };

  moveTo(place: number): void {
    // Of a list that was hidden until now nobody has told yet how high it is.
    this.viewportHeight = this.#viewport?.clientHeight ?? 0;
    this.active = Math.max(0, Math.min(this.total - 1, place));
    this.offset = offsetToReveal(this.#area, this.offset, this.active);
  }

  override focus(): void {
    this.#viewport?.focus();
  }

  #open(place: number): void {
    this.active = place;
    const row = this.#shown?.row(place);
    if (row) {
      this.#tell('open-row', { place, line: row.line });
    }
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
