import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ComparedFilter, ComparedRow } from '../../src/core/compare/manifestComparison.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { compareRow } from './compareRow.js';
import { failure, messageOf } from '../manifest/failure.js';
import type { Thumbnails } from '../manifest/thumbnails.js';
import {
  clampOffset,
  offsetOfThumb,
  offsetToReveal,
  type ScrollArea,
  thumbOf,
  visibleRows,
} from '../manifest/virtualScroll.js';

const rowHeight = 40;
const rowsPerPage = 50;
const mostPages = 60;

/** What is to be shown large. */
export interface OpenedRow {
  readonly row: ComparedRow;
  readonly place: number;
  /** How many of the list are of this manifest. */
  readonly ofHere: number;
}

/** The objects of a comparison, whatever their number; only the pages that are looked at are read. */
export class CompareList extends LitElement {
  static override properties = {
    client: { attribute: false },
    thumbnails: { attribute: false },
    thumbnailsThere: { attribute: false },
    filter: { attribute: false },
    comparison: { attribute: false },
    active: { state: true },
    offset: { state: true },
    total: { state: true },
    error: { state: true },
    viewportHeight: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare thumbnails: Thumbnails;
  declare thumbnailsThere: Thumbnails;
  declare filter: ComparedFilter;
  /** Another one means that rows must be read anew. */
  declare comparison: number;
  declare private active: number;
  declare private offset: number;
  declare private total: number | undefined;
  declare private error: string | undefined;
  declare private viewportHeight: number;
  #pages = new Map<number, readonly ComparedRow[] | 'loading'>();
  #reading = new AbortController();
  #resizing: ResizeObserver | undefined;
  #ofHere = 0;
  /** The place to be moved to, as soon as it is there. */
  #arriving: number | undefined;

  constructor() {
    super();
    this.active = 0;
    this.offset = 0;
    this.viewportHeight = 0;
  }

  override createRenderRoot() {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing?.disconnect();
    this.#reading.abort();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('filter') || changed.has('comparison')) {
      this.active = 0;
      this.offset = 0;
      this.#readAnew();
    }
  }

  override firstUpdated(): void {
    const viewport = this.#viewport;
    if (viewport) {
      this.#resizing = new ResizeObserver(() => {
        this.viewportHeight = viewport.clientHeight;
        this.#arrive();
      });
      this.#resizing.observe(viewport);
      viewport.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    }
  }

  moveTo(place: number): void {
    this.#arriving = place;
    this.#arrive();
  }

  override focus(): void {
    this.querySelector<HTMLElement>('.compare-rows')?.focus();
  }

  override render() {
    return html`${this.error === undefined ? nothing : failure(this.error, () => this.#readAnew())}
      <div
        class="compare-rows"
        role="grid"
        tabindex="0"
        aria-label="Compared objects"
        aria-rowcount=${(this.total ?? 0) + 1}
        aria-activedescendant=${this.#isDrawn(this.active) ? `compared-${this.active}` : nothing}
        @keydown=${this.#key}
      >
        <div class="compare-row compare-row-header" role="row" aria-rowindex="1">
          ${['File', 'Label here', 'Label there', 'Outcome'].map(
            (title) => html`<div class="cell" role="columnheader">${title}</div>`,
          )}
        </div>
        <div class="viewport" role="rowgroup">${this.#renderRows()}</div>
      </div>
      ${this.#renderScrollbar()}
      ${this.total === 0 ? html`<p class="empty compare-none">No object is among these.</p>` : nothing}`;
  }

  get #viewport(): HTMLElement | null {
    return this.querySelector('.viewport');
  }

  get #area(): ScrollArea {
    return { rows: this.total ?? 0, rowHeight, viewportHeight: this.viewportHeight };
  }

  #isDrawn(place: number): boolean {
    const { first, count } = visibleRows(this.#area, this.offset);
    return place >= first && place < first + count;
  }

  #renderRows(): TemplateResult[] {
    const { first, count, hiddenPixels } = visibleRows(this.#area, this.offset);
    this.#want(first, count);
    return Array.from({ length: count }, (_, index) => {
      const place = first + index;
      return compareRow(this.#row(place), {
        place,
        top: index * rowHeight - hiddenPixels,
        isActive: place === this.active,
        thumbnails: this.thumbnails,
        thumbnailsThere: this.thumbnailsThere,
        onOpen: () => this.#open(place),
      });
    });
  }

  #renderScrollbar() {
    const thumb = thumbOf(this.#area, this.offset);
    return thumb
      ? html`<div class="scrollbar" aria-hidden="true" @pointerdown=${this.#jump}>
          <div class="thumb" .style=${`height: ${thumb.height}px; transform: translateY(${thumb.top}px)`}></div>
        </div>`
      : nothing;
  }

  #row(place: number): ComparedRow | undefined {
    const page = this.#pages.get(Math.floor(place / rowsPerPage));
    return page === 'loading' ? undefined : page?.[place % rowsPerPage];
  }

  #readAnew(): void {
    this.#reading.abort();
    this.#reading = new AbortController();
    this.#pages = new Map();
    this.total = undefined;
    this.error = undefined;
    this.#want(0, 1);
  }

  #want(first: number, count: number): void {
    const last = Math.max(first, first + count - 1);
    for (let page = Math.floor(first / rowsPerPage); page <= Math.floor(last / rowsPerPage); page++) {
      if (!this.#pages.has(page)) {
        this.#pages.set(page, 'loading');
        void this.#load(page, this.#reading.signal);
      }
    }
  }

  async #load(page: number, signal: AbortSignal): Promise<void> {
    try {
      const params = { filter: this.filter, first: page * rowsPerPage, count: rowsPerPage };
      const { total, ofHere, rows } = await this.client.call('compare.rows', params, signal);
      this.#pages.set(page, rows);
      if (this.#pages.size > mostPages) {
        const far = [...this.#pages.keys()].filter((other) => Math.abs(other - page) > mostPages / 4);
        far.forEach((other) => this.#pages.delete(other));
      }
      this.total = total;
      this.#ofHere = ofHere;
      this.#arrive();
      this.requestUpdate();
    } catch (error) {
      if (!signal.aborted) {
        this.error = messageOf(error); // The page stays asked for: only the user's retry asks again.
      }
    }
  }

  #wheel(event: WheelEvent): void {
    const next = clampOffset(this.#area, this.offset + event.deltaY * (event.deltaMode === 1 ? rowHeight : 1));
    if (!event.ctrlKey && next !== this.offset) {
      this.offset = next;
      event.preventDefault(); // At either end the pane itself goes on.
    }
  }

  readonly #jump = (event: PointerEvent) => {
    const track = event.currentTarget as HTMLElement;
    const { top } = track.getBoundingClientRect();
    const half = (thumbOf(this.#area, this.offset)?.height ?? 0) / 2;
    const move = ({ clientY }: PointerEvent) => (this.offset = offsetOfThumb(this.#area, clientY - top - half));
    track.setPointerCapture(event.pointerId);
    track.addEventListener('pointermove', move);
    track.addEventListener('lostpointercapture', () => track.removeEventListener('pointermove', move), { once: true });
    move(event);
    event.preventDefault();
  };

  readonly #key = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(this.viewportHeight / rowHeight) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + page,
      PageUp: this.active - page,
      Home: 0,
      End: (this.total ?? 0) - 1,
    };
    const target = moves[event.key];
    if (target !== undefined) {
      this.#activate(target);
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.#open(this.active);
    } else {
      return;
    }
    event.preventDefault();
  };

  /** While it is hidden, nobody knows how large it is. */
  #arrive(): void {
    if (this.#arriving !== undefined && this.total !== undefined && this.viewportHeight > 0) {
      this.#activate(this.#arriving);
      this.#arriving = undefined;
    }
  }

  #activate(place: number): void {
    this.active = Math.max(0, Math.min((this.total ?? 0) - 1, place));
    this.offset = offsetToReveal(this.#area, this.offset, this.active);
  }

  #open(place: number): void {
    this.active = place;
    const row = this.#row(place);
    if (row) {
      this.dispatchEvent(
        new CustomEvent('open-row', { detail: { row, place, ofHere: this.#ofHere } satisfies OpenedRow }),
      );
    }
  }
}
