import { html, nothing } from 'lit';
import type { RowSort } from '../../src/core/manifest/arrangement.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import { confidenceOrigin } from './confidenceOrigin.js';

interface Column {
  readonly by: RowSort['by'];
  readonly title: string;
  readonly className: string;
}

const columns: readonly Column[] = [
  { by: 'line', title: 'Line', className: 'cell-line' },
  { by: 'source', title: 'File', className: 'cell-source' },
  { by: 'class', title: 'Class', className: 'cell-class' },
  { by: 'confidence', title: 'Confidence', className: 'cell-confidence' },
  { by: 'created', title: 'Labeled (UTC)', className: 'cell-created' },
];

/** It is there once the answers of the whole job have been analyzed. */
const estimateColumn: Column = { by: 'estimate', title: 'Estimate', className: 'cell-estimate' };

export function columnsOf(isEstimated: boolean): readonly Column[] {
  return isEstimated ? columns.toSpliced(4, 0, estimateColumn) : columns;
}

interface RowHeaderOptions {
  /** What the rows are about. */
  readonly attribute: AttributeSummary | undefined;
  readonly sort: RowSort;
  readonly onSort: (sort: RowSort) => void;
}

/** The titles of the columns; a click sorts by that column, a second one the other way round. */
export function rowHeader(shown: readonly Column[], { attribute, sort, onSort }: RowHeaderOptions) {
  return html`<div class="row row-header" role="row" aria-rowindex="1">
    ${shown.map(({ by, title, className }) => {
      const isSorted = sort.by === by;
      const direction = sort.isDescending ? 'descending' : 'ascending';
      return html`<div class="cell ${className}" role="columnheader" aria-sort=${isSorted ? direction : 'none'}>
        <button
          class="sort"
          title=${hintOf(by, title, attribute)}
          @click=${() => onSort({ by, isDescending: isSorted && !sort.isDescending })}
        >
          ${title}${
            isSorted
              ? html`<span class="codicon codicon-arrow-small-${sort.isDescending ? 'down' : 'up'}"></span>`
              : nothing
          }
        </button>
      </div>`;
    })}
  </div>`;
}

/** Of the confidence, also how it was made. */
function hintOf(by: RowSort['by'], title: string, attribute: AttributeSummary | undefined): string {
  const origin = by === 'confidence' && attribute ? confidenceOrigin(attribute) : [];
  return [`Sort by ${title.toLowerCase()}`, ...origin].join('\n\n');
}
