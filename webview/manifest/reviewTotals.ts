import { html } from 'lit';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { decisionsText, type ReviewDecisions } from './reviewDecisions.js';

interface TotalsOptions {
  readonly client: Client<ManifestEditor>;
  readonly decisions: ReviewDecisions;
  /** Why the last decision was not taken; said instead of how many there are. */
  readonly error?: string | undefined;
  readonly undoKey?: string;
  readonly onUndo: () => void;
}

/** What is decided so far, and what can be done with all of it. */
export function reviewTotals({ client, decisions, error, undoKey, onUndo }: TotalsOptions) {
  return html`<span class="review-totals">
    <span class="muted" role="status">${error ?? decisionsText(decisions)}</span>
    <button
      class="icon-button"
      title=${decisions.canUndo ? `Undo the last decision${undoKey === undefined ? '' : ` (${undoKey})`}` : 'There is no decision to undo'}
      ?disabled=${!decisions.canUndo}
      @click=${onUndo}
    >
      <span class="codicon codicon-discard"></span><span class="visually-hidden">Undo</span>
    </button>
    <button class="button" ?disabled=${decisions.size === 0} @click=${() => client.call('review.save', undefined)}>
      Save Review As…
    </button>
    <button
      class="icon-button"
      title="Discard the review…"
      ?disabled=${decisions.size === 0}
      @click=${() => client.call('review.discard', undefined)}
    >
      <span class="codicon codicon-trash"></span><span class="visually-hidden">Discard the review</span>
    </button>
  </span>`;
}

/** The same above the rows, where no object is open. */
export function listReviewBar(options: TotalsOptions) {
  return html`<div class="review-bar" role="toolbar" aria-label="Review">
    <span class="muted">Open an object to decide of its label.</span>${reviewTotals(options)}
  </div>`;
}
