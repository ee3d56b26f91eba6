import { html, LitElement, svg } from 'lit';
import type { ClassSummary } from '../../src/core/manifest/manifestSummary.js';
import { confidenceBins } from '../../src/core/manifest/confidence.js';
import { confidenceOfBins } from './confidenceBins.js';
import { classColour } from './classColour.js';
import { confidence, counted } from './format.js';

const height = 40;
const binWidth = 100 / confidenceBins;

/** How many labels have which confidence, the classes on top of each other. Each bin is a button that filters by it. */
export class ConfidenceHistogram extends LitElement {
  static override properties = {
    classes: { attribute: false },
    label: { attribute: false },
    reached: { state: true },
  };

  declare classes: readonly ClassSummary[];
  /** What it shows, in words. */
  declare label: string;
  /** The bin that Tab goes to; arrow keys go on from there. */
  declare private reached: number | undefined;

  override createRenderRoot() {
    return this;
  }

  override render() {
    const sums = Array.from({ length: confidenceBins }, (_, bin) =>
      this.classes.reduce((sum, { bins }) => sum + (bins[bin] ?? 0), 0),
    );
    const most = Math.max(1, ...sums);
    const reached = this.reached ?? sums.findIndex((sum) => sum > 0);
    return html`<svg
      viewBox="0 0 100 ${height}"
      preserveAspectRatio="none"
      role="group"
      aria-label=${this.label}
      @keydown=${this.#key}
    >
      ${sums.map((sum, bin) => this.#renderBin(bin, sum, { most, isReached: bin === reached }))}
    </svg>`;
  }

  #renderBin(bin: number, sum: number, { most, isReached }: { most: number; isReached: boolean }) {
    const range = { from: bin / confidenceBins, to: (bin + 1) / confidenceBins };
    const label = `${confidence(range.from)} to ${confidence(range.to)}: ${counted(sum, 'label', 'labels')}`;
    const choose = () => this.dispatchEvent(new CustomEvent('choose-range', { detail: confidenceOfBins(bin, bin) }));
    return svg`<g
      class="bin"
      role="button"
      tabindex=${isReached ? 0 : -1}
      aria-label=${label}
      @click=${choose}
      @focus=${() => (this.reached = bin)}
    >
      <title>${label}</title>
      <rect class="bin-area" x=${bin * binWidth} y="0" width=${binWidth} height=${height}></rect>
      ${this.#renderParts(bin, most)}
      <rect class="bin-ring" x=${bin * binWidth} y="0" width=${binWidth} height=${height}></rect>
    </g>`;
  }

  #renderParts(bin: number, most: number) {
    let below = 0;
    return this.classes.flatMap(({ bins }, index) => {
      const part = ((bins[bin] ?? 0) / most) * height;
      below += part;
      return part > 0
        ? [
            svg`<rect class="fill-${classColour(index)}" x=${bin * binWidth + 0.3} y=${height - below} width=${binWidth - 0.6} height=${part}></rect>`,
          ]
        : [];
    });
  }

  readonly #key = (event: KeyboardEvent) => {
    const bins = [...this.querySelectorAll<SVGGElement>('.bin')];
    const at = bins.findIndex((bin) => bin === event.target);
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: Math.min(at + 1, bins.length - 1),
      ArrowLeft: Math.max(at - 1, 0),
      Home: 0,
      End: bins.length - 1,
    };
    const target = moves[event.key];
    if (target !== undefined) {
      bins[target]?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      bins[at]?.dispatchEvent(new MouseEvent('click'));
    } else {
      return;
    }
    event.preventDefault();
  };
}
