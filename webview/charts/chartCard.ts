import { html, nothing, type TemplateResult } from 'lit';
import { type ChartTable, chartTable } from './chartTable.js';
import { type CopyFormat, copyFormats } from './copyChart.js';

export interface LegendEntry {
  readonly text: string;
  /** The CSS class that fills it. */
  readonly fill: string;
  readonly isHatched?: boolean;
}

interface ChartCard {
  readonly title: string;
  /** What the chart says, in one sentence. */
  readonly says: string;
  readonly figure: TemplateResult | typeof nothing;
  readonly table: ChartTable;
  readonly legend?: readonly LegendEntry[];
  /** How its numbers were made. */
  readonly how?: readonly string[];
  /** Controls and notes above the chart. */
  readonly notes?: TemplateResult | typeof nothing;
  /** Whether there is something drawn to copy. */
  readonly hasPicture?: boolean;
}

export type OnCopy = (card: Element, title: string, format: CopyFormat, table: ChartTable) => void;

/** A chart with its title, what it says, its table, and the buttons that copy it. */
export function chartCard(chart: ChartCard, onCopy: OnCopy) {
  const { title, says, figure, table, legend = [], how = [], notes = nothing } = chart;
  const hasPicture = chart.hasPicture ?? figure !== nothing;
  return html`<section class="chart-card" aria-label=${title}>
    <header>
      <h3>${title}</h3>
      <span class="copy-buttons" role="group" aria-label=${`Copy “${title}”`}>
        <span class="codicon codicon-copy" aria-hidden="true"></span>
        ${copyFormats.map(
          (format) =>
            html`<button
              class="copy-button"
              aria-label=${`Copy “${title}” as ${format.toUpperCase()}`}
              title=${`Copy as ${format.toUpperCase()}`}
              ?disabled=${format === 'csv' ? table.rows.length === 0 : !hasPicture}
              @click=${(event: Event) => {
                const card = (event.currentTarget as Element).closest('.chart-card');
                if (card) {
                  onCopy(card, title, format, table);
                }
              }}
            >
              ${format.toUpperCase()}
            </button>`,
        )}
      </span>
    </header>
    <p class="says">${says}</p>
    ${notes}
    ${
      legend.length > 0
        ? html`<ul class="legend">
            ${legend.map(
              ({ text, fill, isHatched = false }) =>
                html`<li><span class="swatch ${fill} ${isHatched ? 'hatched' : ''}"></span>${text}</li>`,
            )}
          </ul>`
        : nothing
    }
    ${figure}
    ${
      table.rows.length > 0
        ? html`<details class="as-table">
            <summary>Table</summary>
            ${chartTable(table, title)}
          </details>`
        : nothing
    }
    ${
      how.length > 0
        ? html`<details class="how">
            <summary>How these confidences were made</summary>
            ${how.map((sentence) => html`<p>${sentence}</p>`)}
          </details>`
        : nothing
    }
  </section>`;
}
