import { LitElement, type PropertyDeclarations, svg } from 'lit';

/** A chart that is drawn anew, in pixels, whenever its room changes: text keeps its size. */
export abstract class SizedChart extends LitElement {
  static override properties: PropertyDeclarations = { width: { state: true } };

  declare protected width: number;
  #observer: ResizeObserver | undefined;

  constructor() {
    super();
    this.width = 0;
  }

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new ResizeObserver(() => {
      this.width = Math.floor(this.clientWidth);
    });
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }
}

/** What machines labeled is hatched: colour alone would not tell everybody. */
export const hatch = svg`<defs>
  <pattern id="hatch" patternUnits="userSpaceOnUse" width="6" height="6" patternTransform="rotate(45)">
    <rect width="6" height="6" class="fill-machine"></rect>
    <rect width="2" height="6" class="hatch-line"></rect>
  </pattern>
</defs>`;

/** Of a part that is `isHatched`, or of the class that fills it. */
export function fillOf({ fill, isHatched = false }: { readonly fill: string; readonly isHatched?: boolean }) {
  return isHatched ? { className: '', fill: 'url(#hatch)' } : { className: fill, fill: '' };
}

/** As much of a text as there is room for. */
export function cut(text: string, pixels: number): string {
  const characters = Math.max(2, Math.floor(pixels / 7));
  return text.length > characters ? `${text.slice(0, characters - 1)}…` : text;
}

/** Arrow keys go from one element to the next, in rows of `columns`; Enter and Space click. */
export function moveFocus(event: KeyboardEvent, items: readonly SVGElement[], columns: number): boolean {
  const at = items.findIndex((item) => item === event.target);
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: items.length - 1,
  };
  const target = moves[event.key];
  if (at === -1 || target === undefined) {
    return false;
  }
  event.preventDefault();
  items[Math.max(0, Math.min(items.length - 1, target))]?.focus();
  return true;
}
