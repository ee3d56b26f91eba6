import { html, nothing } from 'lit';
import type { ComparedCell, ComparedFilter, ComparisonResult } from '../../src/core/compare/manifestComparison.js';
import { categoryText } from './compareTexts.js';
import { count } from '../manifest/format.js';

/** What labels say here and there: a row for each class here, a column for each there. All of it filters the list. */
export function compareMatrix(
  { categories, cells }: ComparisonResult,
  filter: ComparedFilter,
  onFilter: (filter: ComparedFilter) => void,
) {
  const usedHere = places(cells, 'here');
  const usedThere = places(cells, 'there');
  const at = new Map(cells.map((cell) => [`${cell.here} ${cell.there}`, cell]));
  const choose = (chosen: Pick<ComparedFilter, 'here' | 'there'>) => {
    const isOn = filter.here === chosen.here && filter.there === chosen.there;
    onFilter(isOn ? { status: 'all' } : { status: 'all', ...chosen });
  };
  return html`<div class="scrolled compare-matrix">
    <table class="confusion">
      <caption class="visually-hidden">
        Labels here, by row, and there, by column
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span aria-hidden="true">Here ↓ there →</span><span class="visually-hidden">Label here</span>
          </th>
          ${usedThere.map(
            (there) =>
              html`<th scope="col" class="number">
                <button
                  class="link-plain"
                  aria-pressed=${filter.here === undefined && filter.there === there}
                  title=${`All that is “${categoryText(categories[there])}” there`}
                  @click=${() => choose({ there })}
                >
                  ${categoryText(categories[there])}
                </button>
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${usedHere.map((here) => {
          const inRow = cells.filter((cell) => cell.here === here).reduce((sum, { pairs }) => sum + pairs, 0);
          return html`<tr>
            <th scope="row">
              <button
                class="link-plain"
                aria-pressed=${filter.there === undefined && filter.here === here}
                title=${`All that is “${categoryText(categories[here])}” here`}
                @click=${() => choose({ here })}
              >
                ${categoryText(categories[here])}
              </button>
            </th>
            ${usedThere.map((there) => {
              const cell = at.get(`${here} ${there}`);
              const isOn = filter.here === here && filter.there === there;
              return matrixCell(cell, { inRow, isOn, text: pairText(categories, here, there) }, () =>
                choose({ here, there }),
              );
            })}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

interface CellLook {
  readonly inRow: number;
  readonly isOn: boolean;
  readonly text: string;
}

function matrixCell(cell: ComparedCell | undefined, { inRow, isOn, text }: CellLook, onChoose: () => void) {
  if (!cell) {
    return html`<td class="number muted">0</td>`;
  }
  const { pairs, changed, here, there } = cell;
  // The same classes, but something else of the labels differs: their boxes, for example.
  const moved = here === there ? changed : 0;
  const numbers = moved > 0 ? `${count(pairs)}, ${count(moved)} changed` : count(pairs);
  return html`<td
    class="number ${here === there ? 'right' : 'wrong'} ${isOn ? 'chosen' : ''}"
    .style=${`--part: ${pairs / Math.max(1, inRow)}`}
  >
    <button aria-pressed=${isOn} aria-label=${`${numbers}: ${text}`} title=${text} @click=${onChoose}>
      ${count(pairs)}${
        moved > 0
          ? html`<span class="moved" title="Of the same classes, but changed otherwise"> ${count(moved)} changed</span>`
          : nothing
      }
    </button>
  </td>`;
}

function pairText(categories: ComparisonResult['categories'], here: number, there: number): string {
  return here === there
    ? `“${categoryText(categories[here])}” on both sides`
    : `“${categoryText(categories[here])}” here, “${categoryText(categories[there])}” there`;
}

function places(cells: readonly ComparedCell[], side: 'here' | 'there'): readonly number[] {
  return [...new Set(cells.map((cell) => cell[side]))].toSorted((a, b) => a - b);
}
