import { html, type PropertyDeclarations, svg } from 'lit';
import { count } from '../manifest/format.js';
import { fillOf, hatch, moveFocus, SizedChart } from './sizedChart.js';

export interface Bin {
  /** What it is of and how many, in words. */
  readonly label: string;
  readonly parts: readonly { readonly value: number; readonly fill: string; readonly isHatched?: boolean }[];
}

export interface BinRange {
  readonly first: number;
  readonly last: number;
}

/** A word below the line between two bins, from 0 on. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

const height = 190;
const top = 8;
const bottom = 24;

/**
 * Bins side by side, in each what is counted on top of each other. Dragging over some, or Shift with the arrow keys,
 * chooses a range of them.
 */
export class BinnedChart extends SizedChart {
  static override properties: PropertyDeclarations = {
    ...SizedChart.properties,
    bins: { attribute: false },
    ticks: { attribute: false },
    chosen: { attribute: false },
    label: { attribute: false },
    reached: { state: true },
    drawn: { state: true },
  };

  declare bins: readonly Bin[];
  declare ticks: readonly Tick[];
  /** What the filter has of it. */
  declare chosen: BinRange | undefined;
  declare label: string;
  declare private reached: number | undefined;
  /** What is being chosen: where it was begun, and where it has got to. */
  declare private drawn: { readonly from: number; readonly to: number } | undefined;

  override render() {
    const { bins, width } = this;
    const sums = bins.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
    const steps = niceSteps(Math.max(1, ...sums));
    const most = steps.at(-1) ?? 1;
    const left = 12 + count(most).length * 7;
    const scale = { left, binWidth: Math.max(1, (width - left - 4) / bins.length), most };
    const reached =
      this.reached ??
      Math.max(
        0,
        sums.findIndex((sum) => sum > 0),
      );
    return html`<svg
      class="binned"
      width=${width}
      height=${height}
      role="group"
      aria-label=${this.label}
      @keydown=${this.#key}
      @pointerdown=${(event: PointerEvent) => this.#begin(event, scale)}
      @pointermove=${(event: PointerEvent) => this.#go(event, scale)}
      @pointerup=${this.#end}
      @pointercancel=${() => (this.drawn = undefined)}
    >
      ${hatch}
      ${steps.map((step) => {
        const y = yOf(step, most);
        return svg`<line class=${step === 0 ? 'baseline' : 'gridline'} x1=${left} x2=${width} y1=${y} y2=${y}></line>
          <text class="axis-text end" x=${left - 6} y=${y + 4}>${count(step)}</text>`;
      })}
      ${bins.map((_, place) => this.#renderBin(place, { ...scale, isReached: place === reached }))}
      ${this.ticks.map(
        ({ at, text }) =>
          svg`<text class="axis-text ${at === 0 ? '' : at >= bins.length ? 'end' : 'middle'}" x=${left + at * scale.binWidth} y=${height - 6}>${text}</text>`,
      )}
      ${this.#renderDrawn(scale)}
    </svg>`;
  }

  #renderBin(place: number, { left, binWidth, most, isReached }: Scale & { readonly isReached: boolean }) {
    const bin = this.bins[place];
    const { chosen } = this;
    const isOn = chosen !== undefined && place >= chosen.first && place <= chosen.last;
    const x = left + place * binWidth;
    const gap = binWidth > 6 ? 1 : 0;
    let below = 0;
    return svg`<g
      class="choosable ${chosen && !isOn ? 'dimmed' : ''}"
      role="button"
      tabindex=${isReached ? 0 : -1}
      aria-pressed=${isOn}
      aria-label=${bin?.label ?? ''}
      @click=${(event: MouseEvent) => event.detail === 0 && this.#choose({ first: place, last: place })}
      @focus=${() => (this.reached = place)}
    >
      <title>${bin?.label}</title>
      <rect class="area on-screen" x=${x} y=${top} width=${binWidth} height=${height - top - bottom}></rect>
      ${(bin?.parts ?? []).map((part) => {
        const y = yOf(below + part.value, most);
        const tall = yOf(below, most) - y;
        below += part.value;
        const { className, fill } = fillOf(part);
        // A line of background between parts tells them apart where their colours do not.
        return tall === 0
          ? ''
          : svg`<rect class=${className} fill=${fill} x=${x + gap} y=${y} width=${Math.max(1, binWidth - 2 * gap)} height=${Math.max(1, tall - (tall > 4 ? 1 : 0))}></rect>`;
      })}
    </g>`;
  }

  #renderDrawn({ left, binWidth }: Scale) {
    if (!this.drawn) {
      return '';
    }
    const { first, last } = rangeOf(this.drawn);
    return svg`<rect class="brush on-screen" x=${left + first * binWidth} y=${top} width=${(last - first + 1) * binWidth} height=${height - top - bottom}></rect>`;
  }

  #begin(event: PointerEvent, scale: Scale): void {
    const at = this.#binAt(event, scale);
    if (event.button === 0 && at !== undefined) {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      this.drawn = { from: at, to: at };
    }
  }

  #go(event: PointerEvent, scale: Scale): void {
    const { drawn } = this;
    if (drawn && event.buttons > 0) {
      this.drawn = { ...drawn, to: this.#binAt(event, scale) ?? drawn.to };
    }
  }

  readonly #end = () => {
    if (this.drawn) {
      this.#choose(rangeOf(this.drawn));
    }
  };

  #binAt(event: PointerEvent, { left, binWidth }: Scale): number | undefined {
    const x = event.clientX - (event.currentTarget as Element).getBoundingClientRect().left - left;
    const at = Math.floor(x / binWidth);
    return this.drawn
      ? Math.max(0, Math.min(this.bins.length - 1, at))
      : at >= 0 && at < this.bins.length
        ? at
        : undefined;
  }

  #choose(range: BinRange): void {
    this.drawn = undefined;
    this.dispatchEvent(new CustomEvent('choose', { detail: range }));
  }

  readonly #key = (event: KeyboardEvent) => {
    const items = [...this.querySelectorAll<SVGGElement>('.choosable')];
    const at = items.findIndex((item) => item === event.target);
    if (moveFocus(event, items, 0)) {
      const to = items.findIndex((item) => item === document.activeElement);
      this.drawn = event.shiftKey ? { from: this.drawn?.from ?? at, to } : undefined;
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#choose(this.drawn ? rangeOf(this.drawn) : { first: at, last: at });
    } else if (event.key === 'Escape') {
      this.drawn = undefined;
    }
  };
}

interface Scale {
  readonly left: number;
  readonly binWidth: number;
  readonly most: number;
}

function rangeOf({ from, to }: { readonly from: number; readonly to: number }): BinRange {
  return { first: Math.min(from, to), last: Math.max(from, to) };
}

function yOf(value: number, most: number): number {
  return height - bottom - (value / most) * (height - top - bottom);
}

/** 0 and a few round numbers, the last of which is not below `most`. */
function niceSteps(most: number): readonly number[] {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const whole = Math.ceil(step);
  return Array.from({ length: Math.ceil(most / whole) + 1 }, (_, place) => place * whole);
}
