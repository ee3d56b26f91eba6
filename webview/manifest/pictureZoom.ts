import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type ImagePx, type Point, type ScreenPx, screenPx, type Size } from '../../src/core/manifest/pixels.js';
import { fitted, isLargerThanFit, movedBy, type PictureView, revealing, type Room, scaledTo } from './pictureView.js';

const keyFactor = 1.25;
const keyStep = 80;
/** How much a wheel's turn by a pixel changes the scale; a pinch arrives as a wheel of small steps with Ctrl. */
const wheelFactor = 1.0015;
const pinchFactor = 1.01;

export interface ZoomActions {
  readonly larger: () => void;
  readonly smaller: () => void;
  readonly fit: () => void;
  readonly fullSize: () => void;
}

/** How the picture in its host is zoomed and moved: by keys, the wheel, a pinch, and by dragging. */
export class PictureZoom implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #picture: Size<ImagePx> | undefined;
  #stage: Size<ScreenPx> = { width: screenPx(0), height: screenPx(0) };
  /** `undefined` as long as the picture is fitted, whatever the stage's size becomes. */
  #chosen: PictureView | undefined;
  #drag: { readonly pointer: number; readonly from: Point<ScreenPx> } | undefined;
  readonly #resizing = new ResizeObserver(([entry]) => {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    this.#stage = { width: screenPx(width), height: screenPx(height) };
    this.#host.requestUpdate();
  });

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#resizing.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#resizing.disconnect();
  }

  get stage(): Size<ScreenPx> {
    return this.#stage;
  }

  /** The picture's size; `undefined` until it is known. */
  get picture(): Size<ImagePx> | undefined {
    return this.#picture;
  }

  /** Another picture is fitted, however the last one was shown. */
  show(picture: Size<ImagePx> | undefined): void {
    this.#picture = picture;
    this.#chosen = undefined;
    this.#drag = undefined;
    this.#host.requestUpdate();
  }

  get view(): PictureView {
    const room = this.#room;
    return (room && this.#chosen ? movedBy(this.#chosen, noStep, room) : room && fitted(room)) ?? unknownView;
  }

  /** Whether not all of the picture is seen: it can be moved then. */
  get isZoomed(): boolean {
    const room = this.#room;
    return room !== undefined && this.#chosen !== undefined && isLargerThanFit(this.#chosen, room);
  }

  readonly actions: ZoomActions = {
    larger: () => this.#scale((scale) => scale * keyFactor),
    smaller: () => this.#scale((scale) => scale / keyFactor),
    fit: () => this.#choose(() => undefined),
    fullSize: () => this.#scale(() => 1),
  };

  /** Zooms or moves by a key; says whether the key means anything here. */
  takesKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    const act = ctrlKey || metaKey || altKey ? undefined : this.#actionOf(key); // Those are VS Code's.
    act?.();
    return act !== undefined;
  }

  /** Moves the picture as far as it takes to see this place of it. */
  reveal(place: Point<ImagePx>): void {
    this.#choose((view, room) => (this.isZoomed ? revealing(view, place, room) : this.#chosen));
  }

  /** Where an event is, from the corner of the stage. */
  pointOf({ clientX, clientY }: MouseEvent): Point<ScreenPx> {
    const { left, top } = this.#host.getBoundingClientRect();
    return { x: screenPx(clientX - left), y: screenPx(clientY - top) };
  }

  readonly wheel = (event: WheelEvent): void => {
    const page = this.#host.closest('.detail');
    if (!event.ctrlKey && page && page.scrollHeight > page.clientHeight) {
      return; // Where there is little room the wheel scrolls all of the page, and would never get past the picture.
    }
    event.preventDefault();
    const factor = (event.ctrlKey ? pinchFactor : wheelFactor) ** -event.deltaY;
    this.#scale((scale) => scale * factor, this.pointOf(event));
  };

  readonly toggle = (event: MouseEvent): void => {
    if (this.#chosen) {
      this.actions.fit();
    } else {
      this.#scale(() => 1, this.pointOf(event));
    }
  };

  readonly grab = (event: PointerEvent): void => {
    if (event.button === 0 && this.isZoomed) {
      this.#drag = { pointer: event.pointerId, from: this.pointOf(event) };
    }
  };

  /** Whether the pointer is dragging the picture. */
  readonly drag = (event: PointerEvent): boolean => {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) {
      return false;
    }
    const to = this.pointOf(event);
    const step = { x: screenPx(to.x - drag.from.x), y: screenPx(to.y - drag.from.y) };
    if (event.currentTarget instanceof Element) {
      event.currentTarget.setPointerCapture(event.pointerId); // Not at the start: a click is for what is under it.
    }
    this.#drag = { ...drag, from: to };
    this.#choose((view, room) => movedBy(view, step, room));
    return true;
  };

  readonly release = (): void => {
    this.#drag = undefined;
  };

  get #room(): Room | undefined {
    return this.#picture && { picture: this.#picture, stage: this.#stage };
  }

  #actionOf(key: string): (() => void) | undefined {
    const { larger, smaller, fit, fullSize } = this.actions;
    const move = this.isZoomed ? (x: number, y: number) => () => this.#move(x, y) : () => undefined;
    switch (key) {
      case '+':
      case '=':
        return larger;
      case '-':
        return smaller;
      case '0':
        return fit;
      case '1':
        return fullSize;
      case 'ArrowLeft':
        return move(keyStep, 0);
      case 'ArrowRight':
        return move(-keyStep, 0);
      case 'ArrowUp':
        return move(0, keyStep);
      case 'ArrowDown':
        return move(0, -keyStep);
      default:
        return undefined;
    }
  }

  #move(x: number, y: number): void {
    this.#choose((view, room) => movedBy(view, { x: screenPx(x), y: screenPx(y) }, room));
  }

  #scale(next: (scale: number) => number, at = this.#middle): void {
    this.#choose((view, room) => scaledTo(view, next(view.scale), at, room));
  }

  get #middle(): Point<ScreenPx> {
    return { x: screenPx(this.#stage.width / 2), y: screenPx(this.#stage.height / 2) };
  }

  #choose(next: (view: PictureView, room: Room) => PictureView | undefined): void {
    const room = this.#room;
    if (room) {
      this.#chosen = next(this.view, room);
      this.#host.requestUpdate();
    }
  }
}

const noStep: Point<ScreenPx> = { x: screenPx(0), y: screenPx(0) };
const unknownView: PictureView = { scale: 1, corner: noStep };
