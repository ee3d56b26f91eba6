import { html, nothing } from 'lit';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import type { Decision } from '../../src/core/review/review.js';
import { decisionMarks } from './decisionMarks.js';
import { estimateText } from './disputedObjects.js';
import { classText, confidenceCell, createdText, sourceCell, stateText } from './rowCells.js';
import type { Thumbnails } from './thumbnails.js';

interface RowOptions {
  /** Among all rows of the list, from 0. */
  readonly place: number;
  /** In pixels from the upper edge of what is seen of the list. */
  readonly top: number;
  readonly isActive: boolean;
  readonly isEstimated: boolean;
  /** What a reviewer said of it. */
  readonly decision: Decision | undefined;
  readonly thumbnails: Thumbnails;
  readonly onOpen: () => void;
}

/** A row of the list; an empty one while it is still being read. */
export function rowTemplate(row: ManifestRow | undefined, options: RowOptions) {
  const { place, top, isActive, isEstimated, decision, thumbnails, onOpen } = options;
  const source = row?.source?.kind === 'object' ? { line: row.line, source: row.source.value } : undefined;
  return html`<div
    class="row ${isActive ? 'active' : ''}"
    role="row"
    id="row-${place}"
    aria-rowindex=${place + 2}
    aria-selected=${isActive}
    .style=${`transform: translateY(${top}px)`}
    @click=${onOpen}
  >
    <div class="cell cell-line" role="gridcell">${row ? row.line + 1 : ''}</div>
    <div class="cell cell-source" role="gridcell">
      ${
        row?.source?.kind === 'text'
          ? html`<span class="thumbnail"><span class="placeholder codicon codicon-quote"></span></span>`
          : html`<gt-thumbnail
              class="thumbnail"
              .thumbnails=${thumbnails}
              .of=${source}
              aria-hidden="true"
            ></gt-thumbnail>`
      }
      ${row ? sourceCell(row) : nothing}
    </div>
    <div class="cell cell-class" role="gridcell">
      ${row ? classText(row) : nothing}${row && decision ? decisionMarks(row, decision) : nothing}
    </div>
    <div class="cell cell-confidence" role="gridcell">${row ? confidenceCell(row) : nothing}</div>
    ${
      isEstimated
        ? html`<div class="cell cell-estimate" role="gridcell">${row ? estimateText(row) : nothing}</div>`
        : nothing
    }
    <div class="cell cell-created" role="gridcell">
      ${row ? html`<span class="who">${stateText(row)}</span>${createdText(row)}` : nothing}
    </div>
  </div>`;
}
