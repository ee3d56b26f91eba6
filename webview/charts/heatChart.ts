import { html, type PropertyDeclarations, svg } from 'lit';
import { count, counted } from '../manifest/format.js';
import { cut, moveFocus, SizedChart } from './sizedChart.js';

export interface HeatRow {
  readonly label: string;
  readonly values: readonly number[];
}

const rowHeight = 26;
const headHeight = 24;

/** Numbers in a grid, the darker the more. A cell is a button that tells its row and column. */
export class HeatChart extends SizedChart {
  static override properties: PropertyDeclarations = {
    ...SizedChart.properties,
    columns: { attribute: false },
    rows: { attribute: false },
    label: { attribute: false },
    reached: { state: true },
  };

  declare columns: readonly string[];
  declare rows: readonly HeatRow[];
  declare label: string;
  declare private reached: number | undefined;

  override render() {
    const { width, columns, rows } = this;
    const labelWidth = Math.max(56, Math.min(160, width * 0.2));
    const cellWidth = (width - labelWidth) / columns.length;
    const most = Math.max(1, ...rows.flatMap(({ values }) => values));
    return html`<svg
      width=${width}
      height=${headHeight + rows.length * rowHeight}
      role="group"
      aria-label=${this.label}
      @keydown=${this.#key}
    >
      ${columns.map(
        (name, column) =>
          svg`<text class="axis-text middle" x=${labelWidth + (column + 0.5) * cellWidth} y="15">${cut(name, cellWidth + 14)}</text>`,
      )}
      ${rows.map(({ label, values }, row) => {
        const y = headHeight + row * rowHeight;
        return svg`<text class="name" x="4" y=${y + 17}>${cut(label, labelWidth)}</text>
          ${values.map((value, column) => this.#renderCell({ value, row, column }, { x: labelWidth + column * cellWidth, y, cellWidth, most }))}`;
      })}
    </svg>`;
  }

  #renderCell(
    { value, row, column }: { readonly value: number; readonly row: number; readonly column: number },
    {
      x,
      y,
      cellWidth,
      most,
    }: { readonly x: number; readonly y: number; readonly cellWidth: number; readonly most: number },
  ) {
    const place = row * this.columns.length + column;
    const told = `${this.rows[row]?.label ?? ''}, ${this.columns[column] ?? ''}: ${counted(value, 'label', 'labels')}`;
    const shown = String(value).length * 7 + 4 > cellWidth ? compact.format(value) : count(value);
    // Roots, so that a few are told from none where others are many.
    return svg`<g
      class="choosable"
      role="button"
      tabindex=${place === (this.reached ?? 0) ? 0 : -1}
      aria-label=${told}
      @click=${() => this.#choose(place)}
      @focus=${() => (this.reached = place)}
    >
      <title>${told}</title>
      <rect class="heat" .style=${`--part: ${Math.sqrt(value / most)}`} x=${x + 1} y=${y + 1} width=${Math.max(1, cellWidth - 2)} height=${rowHeight - 2} rx="2"></rect>
      <text class="cell-text ${value === 0 ? 'none' : ''}" x=${x + cellWidth / 2} y=${y + 17}>${value === 0 ? '·' : shown}</text>
    </g>`;
  }

  #choose(place: number): void {
    const { length } = this.columns;
    this.dispatchEvent(
      new CustomEvent('choose', { detail: { row: Math.floor(place / length), column: place % length } }),
    );
  }

  readonly #key = (event: KeyboardEvent) => {
    const items = [...this.querySelectorAll<SVGGElement>('.choosable')];
    if (!moveFocus(event, items, this.columns.length) && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      this.#choose(items.findIndex((item) => item === event.target));
    }
  };
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
