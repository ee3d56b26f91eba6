import { html, nothing } from 'lit';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import { confidence } from './format.js';
import { classText, sourceCell } from './rowCells.js';
import type { Thumbnails } from './thumbnails.js';

interface DisputedOptions {
  readonly thumbnails: Thumbnails;
  /** The place among all objects, the least sure first. */
  readonly onOpen: (place: number) => void;
  readonly onShowAll: () => void;
}

/** The objects whose label is the least sure; each can be opened. */
export function disputedObjects(rows: readonly ManifestRow[], { thumbnails, onOpen, onShowAll }: DisputedOptions) {
  return html`<section>
    <h2>Most disputed objects <button class="link" @click=${onShowAll}>Show all, least sure first</button></h2>
    <ul class="disputed">
      ${rows.map((row, place) => {
        const source = row.source?.kind === 'object' ? { line: row.line, source: row.source.value } : undefined;
        return html`<li>
          <button class="disputed-object" @click=${() => onOpen(place)}>
            ${
              source
                ? html`<gt-thumbnail class="thumbnail" .thumbnails=${thumbnails} .of=${source}></gt-thumbnail>`
                : html`<span class="thumbnail"><span class="placeholder codicon codicon-quote"></span></span>`
            }
            <span class="disputed-source">${sourceCell(row)}</span>
            <span class="disputed-class">${classText(row)}</span>
            ${estimateText(row)}
          </button>
        </li>`;
      })}
    </ul>
  </section>`;
}

/** The likeliest class, where it is not the manifest's, and its probability. */
export function estimateText({ estimate }: ManifestRow) {
  if (!estimate) {
    return nothing;
  }
  const { className, confidence: probability, differs } = estimate;
  return html`<span
    class="estimate ${differs ? 'differs' : ''}"
    title=${`By all answers of the job: “${className}” with a probability of ${confidence(probability)}`}
    >${differs ? html`<span class="estimate-class">${className}</span>` : nothing}<span class="number"
      >${confidence(probability)}</span
    ></span
  >`;
}
