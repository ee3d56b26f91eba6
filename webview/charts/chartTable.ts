import { html } from 'lit';
import { csvCell, csvRecord } from '../../src/core/export/csvRecord.js';

/** The numbers of a chart, for who cannot see it and for other programs. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export function chartTable({ columns, rows }: ChartTable, caption: string) {
  return html`<div class="scrolled" tabindex="0" role="region" aria-label=${`Table: ${caption}`}>
    <table class="chart-table">
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((name, place) => html`<th scope="col" class=${place === 0 ? '' : 'number'}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first = '', ...rest]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${rest.map((value) => html`<td class="number">${told(value)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });

function told(value: string | number): string {
  return typeof value === 'number' ? numbers.format(value) : value;
}

export function csvOf({ columns, rows }: ChartTable): string {
  return [columns, ...rows].map((row) => csvRecord(row.map(csvCell))).join('');
}
