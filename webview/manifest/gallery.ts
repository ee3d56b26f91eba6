import { html, nothing, type TemplateResult } from 'lit';
import type { ThumbnailSize } from '../../src/core/manifest/thumbnailCache.js';
import { galleryCell } from './galleryCell.js';
import { clampPictureSize, type GalleryGrid, galleryGrid, thumbnailSizeFor } from './galleryGrid.js';
import type { DrawingLook } from './paintedDrawing.js';
import { PlaceList } from './placeList.js';

/** What one press of `+` makes pictures larger by. */
const keyStep = 32;
/** Pictures that are smaller have room for their class alone. */
const roomForWords = 96;
/** What a wheel that is turned with Ctrl makes them larger by, for each pixel of it. */
const wheelStep = 0.25;

/** All objects of a query as pictures beside each other, as large as the user wants them. */
export class Gallery extends PlaceList {
  static override properties = {
    ...PlaceList.properties,
    pictureSize: { attribute: false },
    colorOf: { attribute: false },
    drawingLook: { attribute: false },
  };

  /** In CSS pixels. */
  declare pictureSize: number;
  /** The CSS colour of a class. */
  declare colorOf: (className: string) => string;
  declare drawingLook: DrawingLook;

  override firstUpdated(): void {
    super.firstUpdated();
    this.querySelector('.viewport')?.addEventListener('wheel', (event) => this.#wheelSize(event as WheelEvent), {
      passive: false,
    });
  }

  override render() {
    const { perRow, pictureSize } = this.grid;
    return html`
      <div
        class="viewport gallery ${pictureSize < roomForWords ? 'small' : ''}"
        role="grid"
        tabindex="0"
        aria-label="Objects"
        aria-rowcount=${this.area.rows}
        aria-colcount=${perRow}
        aria-activedescendant=${this.isDrawn(this.active) ? `cell-${this.active}` : nothing}
        .style=${`--picture-size: ${pictureSize}px; --per-row: ${perRow}`}
        @keydown=${this.#key}
      >
        ${this.#renderRows()}
      </div>
      ${this.renderScrollbar()}
    `;
  }

  protected override get grid(): GalleryGrid {
    return galleryGrid(this.viewportWidth, this.pictureSize);
  }

  protected override get thumbnailSize(): ThumbnailSize {
    return thumbnailSizeFor(this.grid.pictureSize, devicePixelRatio);
  }

  #renderRows(): TemplateResult[] {
    const { first, count, hiddenPixels } = this.visible;
    const { perRow, rowHeight } = this.grid;
    this.want(first, count);
    return Array.from({ length: count / perRow }, (_, index) => {
      const start = first + index * perRow;
      return html`<div
        class="gallery-row"
        role="row"
        aria-rowindex=${start / perRow + 1}
        .style=${`transform: translateY(${index * rowHeight - hiddenPixels}px)`}
      >
        ${Array.from({ length: Math.min(perRow, this.total - start) }, (__, column) =>
          this.#renderCell(start + column, column),
        )}
      </div>`;
    });
  }

  #renderCell(place: number, column: number): TemplateResult {
    return galleryCell(this.rowAt(place), {
      place,
      column,
      isActive: place === this.active,
      hasTwoLines: this.grid.captionLines === 2,
      isEstimated: this.isEstimated,
      decision: this.decisionAt(place),
      thumbnails: this.thumbnails,
      thumbnailSize: this.thumbnailSize,
      colorOf: this.colorOf,
      drawingLook: this.showsShapes ? this.drawingLook : undefined,
      onOpen: () => this.open(place),
    });
  }

  readonly #key = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlain && (event.key === '+' || event.key === '-')) {
      this.#resize(this.pictureSize + (event.key === '+' ? keyStep : -keyStep));
      event.preventDefault();
    } else if (isPlain && event.key.toLowerCase() === 'b') {
      this.tell('flip-shapes', undefined);
    } else {
      this.takeKey(event);
    }
  };

  #wheelSize(event: WheelEvent): void {
    if (event.ctrlKey) {
      this.#resize(this.pictureSize - event.deltaY * wheelStep);
      event.preventDefault();
    }
  }

  #resize(size: number): void {
    this.tell('resize-pictures', clampPictureSize(size));
  }
}
