import { html, nothing } from 'lit';
import type { ComparedFilter, ComparisonResult } from '../../src/core/compare/manifestComparison.js';
import { count, percent } from '../manifest/format.js';
import { categoryText, filterTexts } from './compareTexts.js';

const statuses = ['all', 'same', 'changed', 'onlyHere', 'onlyThere', 'duplicates', 'withoutSource'] as const;
/** What is looked at first. */
export const onlyChanged: ComparedFilter = { status: 'changed' };
const everything: ComparedFilter = { status: 'all' };

/** What was filtered by stays, but for a first look at what has not changed, and for cells that may be others now. */
export function startingFilter({ changed }: ComparisonResult, { status, here, there }: ComparedFilter): ComparedFilter {
  return (status === 'changed' && changed === 0) || here !== undefined || there !== undefined ? everything : { status };
}

/** How many objects there are of each kind; each number shows only these. */
export function compareCounts(
  result: ComparisonResult,
  filter: ComparedFilter,
  onFilter: (filter: ComparedFilter) => void,
) {
  const paired = result.same + result.changed;
  return html`<div class="compare-counts" role="group" aria-label="Show">
    ${statuses.map((status) => {
      const objects = countOf(result, status);
      const isOn = filter.status === status && filter.here === undefined && filter.there === undefined;
      const isOptional = status === 'duplicates' || status === 'withoutSource';
      return isOptional && objects === 0
        ? nothing
        : html`<button
            class="chip chip-${status} ${isOn ? 'on' : ''}"
            aria-pressed=${isOn}
            @click=${() => onFilter({ status })}
          >
            ${filterTexts[status]} <span class="number">${count(objects)}</span>
          </button>`;
    })}
    <span class="muted"
      >${paired > 0 ? `${percent(result.same, paired)} of pairs are the same` : 'No object is in both'}</span
    >
  </div>`;
}

/** What was chosen in the matrix. */
export function chosenCell(
  { categories }: ComparisonResult,
  { here, there }: ComparedFilter,
  onFilter: (filter: ComparedFilter) => void,
) {
  if (here === undefined && there === undefined) {
    return nothing;
  }
  const parts = [
    here === undefined ? '' : `“${categoryText(categories[here])}” here`,
    there === undefined ? '' : `“${categoryText(categories[there])}” there`,
  ];
  return html`<p class="compare-chosen" role="status">
    Only ${parts.filter((part) => part !== '').join(' and ')}
    <button class="link" @click=${() => onFilter(everything)}>Show all</button>
  </p>`;
}

function countOf(result: ComparisonResult, status: ComparedFilter['status']): number {
  const { same, changed, onlyHere, onlyThere, here, there } = result;
  switch (status) {
    case 'all':
      return same + changed + onlyHere + onlyThere + here.withoutSource + there.withoutSource;
    case 'duplicates':
      return here.duplicates + there.duplicates;
    case 'withoutSource':
      return here.withoutSource + there.withoutSource;
    default:
      return result[status];
  }
}
