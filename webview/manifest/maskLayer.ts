import { html, LitElement } from 'lit';
import { type MaskPaint, paintMask } from './maskPainting.js';
import type { MaskPixels } from './maskPixels.js';

/** A mask over its picture. */
export class MaskLayer extends LitElement {
  static override properties = {
    pixels: { attribute: false },
    paints: {
      attribute: false,
      // Made anew with each drawing of the page: painting all pixels again would be felt.
      hasChanged: (now: unknown, before: unknown) => JSON.stringify(now) !== JSON.stringify(before),
    },
  };

  declare pixels: MaskPixels;
  declare paints: readonly MaskPaint[];

  override createRenderRoot() {
    return this;
  }

  override render() {
    const { width, height } = this.pixels;
    return html`<canvas width=${width} height=${height} aria-hidden="true"></canvas>`;
  }

  override updated(): void {
    const { width, height } = this.pixels;
    const context = this.querySelector('canvas')?.getContext('2d');
    context?.putImageData(new ImageData(paintMask(this.pixels, this.paints), width, height), 0, 0);
  }
}
