import { html, LitElement, nothing } from 'lit';
import type { ThumbnailSize } from '../../src/core/manifest/thumbnailCache.js';
import type { MissingCause } from '../../src/protocol/manifestEditor.js';
import { isOtherDrawing, type PaintedDrawing } from './paintedDrawing.js';
import type { WantedMask } from './thumbnailMasks.js';
import { thumbnailOverlay } from './thumbnailOverlay.js';
import type { Outdated, PictureOfLine, Thumbnail, Thumbnails } from './thumbnails.js';

/** Pixels of a square one: twice a row's picture, for dense screens. */
const squareSize = 64;

/** The small picture of one row. Rows are recycled while scrolling: `of` changes, and what was on its way is left. */
export class ThumbnailElement extends LitElement {
  static override properties = {
    thumbnails: { attribute: false },
    of: { attribute: false, hasChanged: isOther },
    size: { attribute: false },
    isWhole: { attribute: false },
    drawn: { attribute: false, hasChanged: isOtherDrawing },
    masks: { state: true },
    shown: { state: true },
  };

  declare thumbnails: Thumbnails;
  declare of: PictureOfLine | undefined;
  declare size: ThumbnailSize;
  /** All of the picture. Otherwise a square of its middle: so rows are calm whatever the pictures' shapes. */
  declare isWhole: boolean;
  /** What lies over all of the picture. */
  declare drawn: PaintedDrawing | undefined;
  declare private masks: readonly ImageBitmap[];
  declare private shown: Thumbnail | undefined;
  #loading: AbortController | undefined;
  #loadingMasks: AbortController | undefined;
  #listening: { readonly to: Thumbnails; dispose(): void } | undefined;

  constructor() {
    super();
    this.size = 160;
    this.isWhole = false;
    this.masks = [];
  }

  override createRenderRoot() {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading?.abort();
    this.#loadingMasks?.abort();
    this.#listening?.dispose();
    this.#listening = undefined;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    this.#listen();
    if (changed.has('of') || changed.has('size') || changed.has('thumbnails')) {
      this.#loading?.abort();
      const ready = this.of && this.thumbnails.peek(this.of.source, this.size);
      this.shown = ready ?? (this.of && this.thumbnails.peekAny(this.of.source));
      if (this.of && !ready) {
        void this.#load(this.of);
      }
    }
    if (changed.has('drawn') || changed.has('of') || changed.has('shown')) {
      void this.#loadMasks();
    }
  }

  override render() {
    if (this.shown?.kind === 'missing') {
      return html`<span class="placeholder" title=${this.shown.reason}
        ><span class="codicon codicon-${icons[this.shown.cause]}" aria-hidden="true"></span
        ><span class="reason">${this.shown.reason}</span></span
      >`;
    }
    if (!this.shown) {
      return nothing;
    }
    return html`<canvas class="picture"></canvas>${
        this.masks.length > 0 ? html`<canvas class="mask" aria-hidden="true"></canvas>` : nothing
      }${this.drawn ? thumbnailOverlay(this.drawn, this.shown.shape) : nothing}`;
  }

  override updated(changed: Map<string, unknown>): void {
    const canvas = this.querySelector<HTMLCanvasElement>('canvas.picture');
    // Only then: later the bitmap may have made room for others.
    if (canvas && changed.has('shown') && this.shown?.kind === 'picture') {
      draw(this.shown.bitmap, canvas, this.isWhole);
    }
    const mask = this.querySelector<HTMLCanvasElement>('canvas.mask');
    if (mask && changed.has('masks')) {
      drawOver(this.masks, mask);
      this.#loadingMasks?.abort(); // They may make room for others now.
    }
  }

  /** Of what is in the page only. */
  #listen(): void {
    if (this.isConnected && this.#listening?.to !== this.thumbnails) {
      this.#listening?.dispose();
      const listening = this.thumbnails.onOutdated((outdated) => this.#readAnew(outdated));
      this.#listening = { to: this.thumbnails, dispose: () => listening.dispose() };
    }
  }

  /** What is missing is shown so until the picture is there; what may be another's is not. */
  #readAnew(outdated: Outdated): void {
    if (outdated === 'missing' && this.shown?.kind !== 'missing') {
      return;
    }
    this.#loading?.abort();
    if (outdated === 'all') {
      this.shown = undefined;
    }
    if (this.of) {
      void this.#load(this.of);
    }
  }

  async #loadMasks(): Promise<void> {
    this.#loadingMasks?.abort();
    this.masks = [];
    const wanted = this.#wantedMasks();
    if (wanted.length > 0) {
      const { signal } = (this.#loadingMasks = new AbortController());
      const { masks } = this.thumbnails;
      // Those that come first stay open until the last one is there. Where one cannot be had it is said large.
      const loaded = await Promise.all(wanted.map((one) => masks.load(one, signal).catch(() => undefined)));
      if (!signal.aborted) {
        this.masks = loaded.filter((mask) => mask !== undefined);
      }
    }
  }

  #wantedMasks(): readonly WantedMask[] {
    const { of, shown, drawn, size } = this;
    if (!of || !drawn || shown?.kind !== 'picture') {
      return [];
    }
    const { orientation } = shown.shape;
    return drawn.layers.flatMap(({ attribute, mask, isShown }) =>
      mask ? [{ ...of, attribute, mask, isShown, orientation, size }] : [],
    );
  }

  async #load(of: PictureOfLine): Promise<void> {
    const loading = new AbortController();
    this.#loading = loading;
    try {
      const thumbnail = await this.thumbnails.load({ ...of, size: this.size }, loading.signal);
      if (!loading.signal.aborted) {
        this.shown = thumbnail;
      }
    } catch {
      // It is not wanted here any more, or read anew.
    }
  }
}

const icons: { readonly [Cause in MissingCause]: string } = {
  notFound: 'search-stop',
  noAccess: 'lock',
  notAPicture: 'circle-slash',
  unreachable: 'debug-disconnect',
  moved: 'question',
  other: 'warning',
};

/** Lines that have moved are asked for where they are now. */
function isOther(now?: PictureOfLine, before?: PictureOfLine): boolean {
  return now?.source !== before?.source || now?.line !== before?.line;
}

function drawOver(masks: readonly ImageBitmap[], canvas: HTMLCanvasElement): void {
  canvas.width = Math.max(...masks.map(({ width }) => width));
  canvas.height = Math.max(...masks.map(({ height }) => height));
  const context = canvas.getContext('2d');
  masks.forEach((mask) => context?.drawImage(mask, 0, 0, canvas.width, canvas.height));
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
