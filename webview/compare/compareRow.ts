import { html, nothing } from 'lit';
import type { ComparedRow } from '../../src/core/compare/manifestComparison.js';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import { classText, confidenceCell, sourceCell } from '../manifest/rowCells.js';
import type { Thumbnails } from '../manifest/thumbnails.js';
import { statusTexts } from './compareTexts.js';

interface CompareRowOptions {
  /** Among all rows of the list, from 0. */
  readonly place: number;
  /** In pixels from the upper edge of what is seen of the list. */
  readonly top: number;
  readonly isActive: boolean;
  readonly thumbnails: Thumbnails;
  readonly thumbnailsThere: Thumbnails;
  readonly onOpen: () => void;
}

/** An object of a comparison; an empty one while it is still being read. */
export function compareRow(row: ComparedRow | undefined, options: CompareRowOptions) {
  const { place, top, isActive, onOpen } = options;
  return html`<div
    class="compare-row row-${row?.status ?? 'loading'} ${isActive ? 'active' : ''}"
    role="row"
    id="compared-${place}"
    aria-rowindex=${place + 2}
    aria-selected=${isActive}
    .style=${`transform: translateY(${top}px)`}
    @click=${onOpen}
  >
    ${fileCell(row, options)}
    <div class="cell" role="gridcell">${row ? labelCell(row.here) : nothing}</div>
    <div class="cell" role="gridcell">${row ? labelCell(row.there) : nothing}</div>
    <div class="cell outcome" role="gridcell">${row ? outcome(row) : nothing}</div>
  </div>`;
}

function fileCell(row: ComparedRow | undefined, { thumbnails, thumbnailsThere }: CompareRowOptions) {
  const shown = row?.here ?? row?.there;
  const source = shown?.source?.kind === 'object' ? { line: shown.line, source: shown.source.value } : undefined;
  return html`<div class="cell" role="gridcell">
    ${
      shown?.source?.kind === 'text'
        ? html`<span class="thumbnail"><span class="placeholder codicon codicon-quote"></span></span>`
        : html`<gt-thumbnail
            class="thumbnail"
            .thumbnails=${row?.here ? thumbnails : thumbnailsThere}
            .of=${source}
            aria-hidden="true"
          ></gt-thumbnail>`
    }
    ${shown ? sourceCell(shown) : nothing}
  </div>`;
}

function labelCell(row: ManifestRow | undefined) {
  return row
    ? html`${classText(row)}${confidenceCell(row)}`
    : html`<span class="muted" title="Not in this manifest">–</span>`;
}

function outcome({ status }: ComparedRow) {
  const { text, icon } = statusTexts[status];
  return html`<span class="codicon codicon-${icon} outcome-${status}"></span><span>${text}</span>`;
}
