import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { boundsOf } from '../../src/core/manifest/drawing.js';
import { type ImagePx, imagePx, type Point, type ScreenPx, type Size } from '../../src/core/manifest/pixels.js';
import { maskClassAt, maskPaints } from './layerMasks.js';
import { shownName, type Highlight, type Layer, markAfter, markText, shownShapes } from './layers.js';
import { toImage, toScreen } from './pictureView.js';
import { PictureZoom } from './pictureZoom.js';
import { shapeOverlay } from './shapeOverlay.js';
import type { ShapeSwitches } from './shapeSwitches.js';
import { zoomBar } from './zoomBar.js';

/** From here on, a picture's pixels are shown as what they are. */
const crispScale = 2;

/** A picture to zoom and move, with what its labels and workers drew. */
export class PictureStage extends LitElement {
  static override properties = {
    url: { attribute: false },
    name: { attribute: false },
    layers: { attribute: false },
    switches: { attribute: false },
    highlight: { attribute: false },
    current: { state: true },
    pointed: { state: true },
  };

  declare url: string;
  declare name: string;
  declare layers: readonly Layer[];
  declare switches: ShapeSwitches;
  declare highlight: Highlight | undefined;
  /** The shape that Tab stops at, and arrow keys go on from. */
  declare private current: string | undefined;
  /** Where the pointer is, while it points at a class of a mask. */
  declare private pointed: Point<ScreenPx> | undefined;
  readonly zoom = new PictureZoom(this);

  override createRenderRoot() {
    return this;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('url')) {
      this.zoom.show(undefined);
      this.current = undefined;
      this.pointed = undefined;
    }
  }

  override render() {
    const { zoom, url, name } = this;
    const { picture, view } = zoom;
    // What is drawn counts in the pixels as they are stored, whichever way the camera was held.
    const isStored = this.layers.length > 0 ? 'stored' : '';
    const isCrisp = view.scale > crispScale ? 'crisp' : '';
    return html`<div
      class="stage ${zoom.isZoomed ? 'zoomed' : ''}"
      role="group"
      aria-label="Picture"
      @wheel=${zoom.wheel}
      @dblclick=${zoom.toggle}
      @pointerdown=${zoom.grab}
      @pointermove=${this.#move}
      @pointerup=${zoom.release}
      @pointercancel=${zoom.release}
      @pointerleave=${() => this.#point(undefined)}
    >
      <div
        class="sheet"
        .style=${
          picture
            ? `left: ${view.corner.x}px; top: ${view.corner.y}px; ` +
              `width: ${picture.width * view.scale}px; height: ${picture.height * view.scale}px`
            : 'visibility: hidden'
        }
      >
        <img
          class="${isStored} ${isCrisp}"
          src=${url}
          alt=${name}
          draggable="false"
          @load=${this.#sized}
          @error=${() => this.dispatchEvent(new CustomEvent('damaged'))}
        />
        ${picture ? this.#renderLayers(picture) : nothing}
      </div>
      ${this.#renderTip()} ${picture ? zoomBar(view.scale, zoom.actions) : nothing}
    </div>`;
  }

  #renderLayers(picture: Size<ImagePx>): TemplateResult {
    const { switches, highlight } = this;
    const layers = this.layers.filter((layer) => switches.isOn(layer));
    const marks = shownShapes(layers, switches);
    const current = marks.find(({ id }) => id === this.current)?.id ?? marks[0]?.id;
    return html`${layers.map((layer) =>
        layer.mask?.kind === 'pixels'
          ? html`<gt-mask-layer
              .pixels=${layer.mask.pixels}
              .paints=${maskPaints(layer, layer.mask.mask, { switches, highlight })}
            ></gt-mask-layer>`
          : nothing,
      )}
      <div
        @pointerover=${this.#over}
        @focusin=${this.#focused}
        @focusout=${() => this.#tell(undefined)}
        @keydown=${this.#key}
      >
        ${layers
          .filter(({ drawing }) => drawing.shapes.length > 0)
          .map((layer) => shapeOverlay(layer, { picture, marks, layerCount: layers.length, highlight, current }))}
      </div>`;
  }

  #renderTip(): TemplateResult | typeof nothing {
    const { highlight, zoom } = this;
    const found = this.#find(highlight?.mark);
    if (highlight && found && zoom.picture) {
      const { left, top } = boundsOf(found.mark.item.outline);
      const at = toScreen(inPicture({ x: left, y: top }, found.mark.layer, zoom.picture), zoom.view);
      return this.#tip(markText(found.mark, found.layerCount), at);
    }
    return highlight?.from === 'object' && this.pointed
      ? this.#tip(shownName(highlight.className), this.pointed)
      : nothing;
  }

  // Beside what it is about, and always within the stage. Screen readers are told by the shape itself.
  #tip(text: string, { x, y }: Point<ScreenPx>): TemplateResult {
    const { width, height } = this.zoom.stage;
    const left = Math.max(4, Math.min(x, width - tipWidth));
    const top = Math.max(4, Math.min(y - tipHeight, height - tipHeight));
    return html`<div class="shape-tip" aria-hidden="true" .style=${`left: ${left}px; top: ${top}px`}>${text}</div>`;
  }

  #find(id: string | undefined) {
    const layers = this.layers.filter((layer) => this.switches.isOn(layer));
    const mark = id === undefined ? undefined : shownShapes(layers, this.switches).find((shown) => shown.id === id);
    return mark && { mark, layerCount: layers.length };
  }

  readonly #sized = ({ target }: Event) => {
    if (target instanceof HTMLImageElement) {
      const picture = storedSize(target);
      this.zoom.show(picture);
      this.dispatchEvent(new CustomEvent('sized', { detail: picture }));
    }
  };

  readonly #over = ({ target }: Event) => this.#tellMark(target);

  readonly #focused = ({ target }: Event) => {
    const found = this.#tellMark(target);
    if (found && this.zoom.picture) {
      const { left, top, right, bottom } = boundsOf(found.item.outline);
      const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
      this.current = found.id;
      this.zoom.reveal(inPicture(middle, found.layer, this.zoom.picture));
    }
  };

  readonly #key = (event: KeyboardEvent) => {
    const ids = shownShapes(this.layers, this.switches).map(({ id }) => id);
    const next = markAfter(ids, this.current, event.key);
    if (next !== undefined) {
      event.preventDefault(); // The page does not take it for the next object.
      this.querySelector<SVGElement>(`[data-mark="${CSS.escape(next)}"]`)?.focus();
    }
  };

  readonly #move = (event: PointerEvent) => {
    const isOnShape = event.target instanceof Element && event.target.closest('[data-mark]') !== null;
    if (!this.zoom.drag(event) && !isOnShape) {
      this.#point(this.zoom.pointOf(event));
    }
  };

  /** What of a mask is there, once the pointer has left all shapes. */
  #point(at: Point<ScreenPx> | undefined): void {
    const { picture, view } = this.zoom;
    const found = at && picture && maskClassAt(toImage(at, view), picture, this);
    this.pointed = found && at;
    if (found?.className !== this.highlight?.className || found?.layer !== this.highlight?.layer) {
      this.#tell(found);
    }
  }

  #tellMark(target: EventTarget | null) {
    const element = target instanceof Element ? target.closest<SVGElement>('[data-mark]') : null;
    const found = this.#find(element?.dataset['mark'])?.mark;
    if (found) {
      const { id, layer, item } = found;
      this.#tell({ from: 'object', layer: layer.key, className: item.className, mark: id });
    }
    return found;
  }

  #tell(highlight: Highlight | undefined): void {
    this.dispatchEvent(new CustomEvent('highlight', { detail: highlight }));
  }
}

/** Screen pixels that a tip may take. */
const tipWidth = 180;
const tipHeight = 28;

/**
 * As the picture is laid out where nothing says how large: unlike `naturalWidth` that heeds `image-orientation`, and so
 * counts in the pixels as they are stored.
 */
function storedSize(image: HTMLImageElement): Size<ImagePx> {
  image.style.width = 'auto';
  image.style.height = 'auto';
  const size = { width: imagePx(image.offsetWidth), height: imagePx(image.offsetHeight) };
  image.removeAttribute('style');
  return size;
}

/** From the coordinates of a layer's drawing to the picture's own pixels. */
function inPicture({ x, y }: Point<number>, { drawing }: Layer, picture: Size<ImagePx>): Point<ImagePx> {
  const { width, height } = drawing.size ?? picture;
  return { x: imagePx((x / width) * picture.width), y: imagePx((y / height) * picture.height) };
}
