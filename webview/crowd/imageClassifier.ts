import { html, nothing, type PropertyValues } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { Classifier } from './classifier.js';
import { frameLink } from './frameLink.js';
import { icon } from './icons.js';
import type { Shortcut } from './shortcuts.js';
import { fitScale, fitted, kept, movedBy, type Size, type Viewport, zoomedBy } from './viewport.js';

const zoomStep = 1.25;
const moveStep = 60;

/** `<crowd-image-classifier>`: a picture that can be zoomed and moved. */
export class CrowdImageClassifier extends Classifier {
  static override properties = {
    ...Classifier.properties,
    src: {},
    viewport: { state: true },
    picture: { state: true },
    stage: { state: true },
    isMoveTool: { state: true },
    isMoving: { state: true },
  };
  declare src: string | null;
  declare protected viewport: Viewport;
  declare protected picture: Size | undefined;
  declare protected stage: Size;
  declare protected isMoveTool: boolean;
  declare protected isMoving: boolean;

  #setShown: () => void = () => undefined;
  readonly whenShown = new Promise<void>((resolve) => {
    this.#setShown = resolve;
  });
  protected override get toolShortcuts(): readonly Shortcut[] {
    return [
      { keys: ['+', '-'], does: 'Zoom in and out; so does the wheel' },
      { keys: this.categories.length < 10 ? ['F', '0'] : ['F'], does: 'Fit the picture' },
      { keys: ['↑', '↓', '←', '→'], does: 'Move the picture' },
    ];
  }

  readonly #resizes = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.src = null;
    this.viewport = fitted;
    this.picture = undefined;
    this.stage = { width: 1, height: 1 };
    this.isMoveTool = false;
    this.isMoving = false;
  }

  override firstUpdated(): void {
    const stage = this.#stageElement;
    if (stage) {
      this.#resizes.observe(stage);
      // Not passive: the wheel zooms and must not scroll the page.
      stage.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
    }
    this.#measure();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('src')) {
      this.viewport = fitted;
      this.picture = undefined;
    }
  }

  protected override renderTarget() {
    const { source } = this.#stored;
    const canMove = this.isMoveTool || this.viewport.zoom > 1;
    return html`<div
      class="stage ${canMove ? 'canMove' : ''} ${this.isMoving ? 'isMoving' : ''}"
      @pointerdown=${this.#onPointerDown}
      @pointermove=${this.#onPointerMove}
      @pointerup=${this.#onPointerUp}
      @pointercancel=${this.#onPointerUp}
    >
      ${
        source === ''
          ? nothing
          : html`<img
              src=${source}
              alt="The picture to classify"
              draggable="false"
              style=${styleMap(this.#pictureStyle)}
              @load=${this.#onLoad}
              @error=${this.#onError}
            />`
      }
    </div>`;
  }

  protected override renderTools() {
    const button = (name: 'zoomOut' | 'zoomIn', label: string, factor: number) =>
      html`<button
        type="button"
        class="button small"
        aria-label=${label}
        title=${label}
        @click=${() => this.#zoom(factor)}
      >
        ${icon(name)}
      </button>`;
    return html`${button('zoomOut', 'Zoom out (-)', 1 / zoomStep)}
      <output aria-label="Zoom">${this.#percent}</output>
      ${button('zoomIn', 'Zoom in (+)', zoomStep)}
      <button type="button" class="button small" title="Fit image (F)" @click=${this.#fit}>
        ${icon('fit')}Fit image
      </button>
      <button
        type="button"
        class="button small"
        title="Move the picture by dragging (arrow keys move it too)"
        aria-pressed=${this.isMoveTool}
        @click=${() => {
          this.isMoveTool = !this.isMoveTool;
        }}
      >
        ${icon('move')}Move
      </button>
      ${
        this.#stored.isTurned
          ? html`<span class="note">
              Shown as it is stored: this file asks viewers to turn it, Ground Truth and training do not.
            </span>`
          : nothing
      }`;
  }

  protected override handleToolKey({ key }: KeyboardEvent): boolean {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [moveStep, 0],
      ArrowRight: [-moveStep, 0],
      ArrowUp: [0, moveStep],
      ArrowDown: [0, -moveStep],
    };
    const move = moves[key];
    if (move) {
      this.#show(movedBy(this.viewport, ...move));
    } else if (key === '+' || key === '=') {
      this.#zoom(zoomStep);
    } else if (key === '-') {
      this.#zoom(1 / zoomStep);
    } else if (key === '0' || key === 'f' || key === 'F') {
      this.#fit();
    } else {
      return false;
    }
    return true;
  }

  get #stored() {
    return this.src === null ? { source: '', isTurned: false } : frameLink().assets.storedPixels(this.src);
  }

  get #stageElement(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.stage');
  }

  get #pictureStyle(): Readonly<Record<string, string>> {
    const { picture, stage, viewport } = this;
    if (!picture) {
      return { visibility: 'hidden' };
    }
    const scale = fitScale(picture, stage) * viewport.zoom;
    const left = viewport.x - (picture.width * scale) / 2;
    const top = viewport.y - (picture.height * scale) / 2;
    return {
      transform: `translate(${left}px, ${top}px) scale(${scale})`,
      // Pixels are what is judged once they are this large.
      'image-rendering': scale >= 8 ? 'pixelated' : 'auto',
    };
  }

  get #percent(): string {
    const scale = this.picture ? fitScale(this.picture, this.stage) * this.viewport.zoom : 1;
    return `${Math.round(scale * 100)}%`;
  }

  readonly #fit = (): void => this.#show(fitted);

  #zoom(factor: number, at?: { x: number; y: number }): void {
    this.#show(zoomedBy(this.viewport, factor, at));
  }

  #show(viewport: Viewport): void {
    this.viewport = this.picture ? kept(viewport, this.picture, this.stage) : viewport;
  }

  #measure(): void {
    const stage = this.#stageElement;
    if (stage) {
      this.stage = { width: stage.clientWidth, height: stage.clientHeight };
      this.#show(this.viewport);
    }
  }

  readonly #onLoad = (event: Event): void => {
    const image = event.target as HTMLImageElement;
    this.picture = { width: image.naturalWidth, height: image.naturalHeight };
    void this.updateComplete
      .then(() => image.decode())
      .catch(() => undefined) // It could be loaded; what cannot be decoded ahead is decoded when it is painted.
      .then(() => this.#setShown());
  };

  readonly #onError = (): void => {
    frameLink().post(frameLink().assets.failureOf(this.src ?? ''));
    this.#setShown();
  };

  #onWheel(event: WheelEvent): void {
    event.preventDefault();
    const { left, top, width, height } = this.#stageElement?.getBoundingClientRect() ?? new DOMRect();
    const at = { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
    this.#zoom(Math.exp(-event.deltaY / 400), at);
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.button === 0 && (this.isMoveTool || this.viewport.zoom > 1)) {
      this.#stageElement?.setPointerCapture(event.pointerId);
      this.isMoving = true;
    }
  };

  readonly #onPointerMove = (event: PointerEvent): void => {
    if (this.isMoving) {
      this.#show(movedBy(this.viewport, event.movementX, event.movementY));
    }
  };

  readonly #onPointerUp = (): void => {
    this.isMoving = false;
  };
}
