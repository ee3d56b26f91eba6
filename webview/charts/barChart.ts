import { html, type PropertyDeclarations, svg } from 'lit';
import { count, percent } from '../manifest/format.js';
import { cut, fillOf, hatch, moveFocus, SizedChart } from './sizedChart.js';

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly fill: string;
  readonly isHatched?: boolean;
  readonly isOn: boolean;
}

const rowHeight = 26;
const numberWidth = 62;
const shareWidth = 50;

/** Numbers as bars from one line, each with its share of `total`. A bar is a button that tells its place. */
export class BarChart extends SizedChart {
  static override properties: PropertyDeclarations = {
    ...SizedChart.properties,
    bars: { attribute: false },
    total: { attribute: false },
    label: { attribute: false },
    reached: { state: true },
  };

  declare bars: readonly Bar[];
  declare total: number;
  declare label: string;
  declare private reached: number | undefined;

  override render() {
    const { bars, width } = this;
    const isNarrow = width < 340;
    const labelWidth = Math.max(64, Math.min(200, width * 0.34));
    const start = labelWidth + 8;
    const room = Math.max(20, width - start - numberWidth - (isNarrow ? 0 : shareWidth));
    const most = Math.max(1, ...bars.map(({ value }) => value));
    const isAnyOn = bars.some(({ isOn }) => isOn);
    return html`<svg
      width=${width}
      height=${bars.length * rowHeight}
      role="group"
      aria-label=${this.label}
      @keydown=${this.#key}
    >
      ${hatch}
      ${bars.map((bar, place) => {
        const y = place * rowHeight;
        const length = Math.max(bar.value > 0 ? 2 : 0, (bar.value / most) * room);
        const { className, fill } = fillOf(bar);
        const shown = cut(bar.label, labelWidth);
        return svg`<g
          class="choosable ${isAnyOn && !bar.isOn ? 'dimmed' : ''}"
          role="button"
          tabindex=${place === (this.reached ?? 0) ? 0 : -1}
          aria-pressed=${bar.isOn}
          aria-label=${this.#nameOf(bar, shown)}
          @click=${() => this.#choose(place)}
          @focus=${() => (this.reached = place)}
        >
          <title>${bar.label}</title>
          <rect class="area on-screen" y=${y} width=${width} height=${rowHeight} rx="3"></rect>
          <text class="name" x="4" y=${y + 17}>${shown}</text>
          <rect class="track" x=${start} y=${y + 7} width=${room} height="12" rx="2"></rect>
          <rect class=${className} fill=${fill} x=${start} y=${y + 7} width=${length} height="12" rx="2"></rect>
          <text class="value" x=${start + room + numberWidth - 4} y=${y + 17}>${count(bar.value)}</text>
          ${isNarrow ? '' : svg`<text class="value share" x=${width - 4} y=${y + 17}>${percent(bar.value, this.total)}</text>`}
        </g>`;
      })}
    </svg>`;
  }

  /** What is seen comes first, so that whoever speaks it finds the bar; a name that is cut follows whole. */
  #nameOf({ label, value }: Bar, shown: string): string {
    const seen = `${shown}: ${count(value)}, ${percent(value, this.total)}`;
    return shown === label ? seen : `${seen}; ${label}`;
  }

  #choose(place: number): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: place }));
  }

  readonly #key = (event: KeyboardEvent) => {
    const items = [...this.querySelectorAll<SVGGElement>('.choosable')];
    if (!moveFocus(event, items, 1) && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      this.#choose(items.findIndex((item) => item === event.target));
    }
  };
}
