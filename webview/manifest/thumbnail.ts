import { html, LitElement, nothing } from 'lit';
import type { ThumbnailSize } from '../../src/core/manifest/thumbnailCache.js';
import type { PictureOfLine, Thumbnail, Thumbnails } from './thumbnails.js';

/** Pixels of a square one: twice a row's picture, for dense screens. */
const squareSize = 64;

/** The small picture of one row. Rows are recycled while scrolling: `of` changes, and what was on its way is left. */
export class ThumbnailElement extends LitElement {
  static override properties = {
    thumbnails: { attribute: false },
    of: { attribute: false, hasChanged: (a?: PictureOfLine, b?: PictureOfLine) => a?.source !== b?.source },
    size: { attribute: false },
    isWhole: { attribute: false },
    shown: { state: true },
  };

  declare thumbnails: Thumbnails;
  declare of: PictureOfLine | undefined;
  declare size: ThumbnailSize;
  /** All of the picture. Otherwise a square of its middle: so rows are calm whatever the pictures' shapes. */
  declare isWhole: boolean;
  declare private shown: Thumbnail | undefined;
  #loading: AbortController | undefined;

  constructor() {
    super();
    this.size = 160;
    this.isWhole = false;
  }

  override createRenderRoot() {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading?.abort();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('of') || changed.has('size')) {
      this.#loading?.abort();
      const ready = this.of && this.thumbnails.peek(this.of.source, this.size);
      this.shown = ready ?? (this.of && this.thumbnails.peekAny(this.of.source));
      if (this.of && !ready) {
        void this.#load(this.of);
      }
    }
  }

  override render() {
    if (this.shown?.kind === 'missing') {
      return html`<span class="placeholder" title=${this.shown.reason}
        ><span class="codicon codicon-circle-slash" aria-hidden="true"></span
        ><span class="reason">${this.shown.reason}</span></span
      >`;
    }
    return this.shown ? html`<canvas></canvas>` : nothing;
  }

  override updated(changed: Map<string, unknown>): void {
    const canvas = this.querySelector('canvas');
    // Only then: later the bitmap may have made room for others.
    if (canvas && changed.has('shown') && this.shown?.kind === 'picture') {
      draw(this.shown.bitmap, canvas, this.isWhole);
    }
  }

  async #load(of: PictureOfLine): Promise<void> {
    const loading = new AbortController();
    this.#loading = loading;
    try {
      const thumbnail = await this.thumbnails.load({ ...of, size: this.size }, loading.signal);
      if (!loading.signal.aborted) {
        this.shown = thumbnail;
      }
    } catch (error) {
      if (!loading.signal.aborted) {
        this.shown = { kind: 'missing', reason: error instanceof Error ? error.message : String(error) };
      }
    }
  }
}

function draw(bitmap: ImageBitmap, canvas: HTMLCanvasElement, isWhole: boolean): void {
  const { width, height } = bitmap;
  canvas.width = isWhole ? width : squareSize;
  canvas.height = isWhole ? height : squareSize;
  const context = canvas.getContext('2d');
  if (!context) {
    return;
  }
  if (isWhole) {
    context.drawImage(bitmap, 0, 0);
    return;
  }
  const side = Math.min(width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, (width - side) / 2, (height - side) / 2, side, side, 0, 0, squareSize, squareSize);
}
