import { html, LitElement, nothing } from 'lit';
import { type PictureOfLine, type Thumbnail, type Thumbnails, thumbnailSize } from './thumbnails.js';

/** The small picture of one row. Rows are recycled while scrolling: `of` changes, and what was on its way is left. */
export class ThumbnailElement extends LitElement {
  static override properties = {
    thumbnails: { attribute: false },
    of: { attribute: false, hasChanged: (a?: PictureOfLine, b?: PictureOfLine) => a?.source !== b?.source },
    shown: { state: true },
  };

  declare thumbnails: Thumbnails;
  declare of: PictureOfLine | undefined;
  declare private shown: Thumbnail | undefined;
  #loading: AbortController | undefined;

  override createRenderRoot() {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading?.abort();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('of')) {
      this.#loading?.abort();
      this.shown = this.of && this.thumbnails.peek(this.of.source);
      if (this.of && !this.shown) {
        void this.#load(this.of);
      }
    }
  }

  override render() {
    if (this.shown?.kind === 'missing') {
      return html`<span class="placeholder codicon codicon-circle-slash" title=${this.shown.reason}></span>`;
    }
    return this.shown ? html`<canvas width=${thumbnailSize} height=${thumbnailSize}></canvas>` : nothing;
  }

  override updated(): void {
    const canvas = this.querySelector('canvas');
    if (canvas && this.shown?.kind === 'picture') {
      canvas.getContext('2d')?.drawImage(this.shown.bitmap, 0, 0);
    }
  }

  async #load(of: PictureOfLine): Promise<void> {
    const loading = new AbortController();
    this.#loading = loading;
    try {
      const thumbnail = await this.thumbnails.load(of, loading.signal);
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
