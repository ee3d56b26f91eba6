import { html, nothing } from 'lit';
import type { ManifestState } from '../../src/protocol/manifestEditor.js';

/** What is shown of a manifest in which there is nothing, or nothing yet. */
export function emptyManifest({ progress }: ManifestState) {
  if (progress.kind === 'failed') {
    return nothing;
  }
  return progress.kind === 'scanning'
    ? html`<main class="empty" aria-busy="true">Reading…</main>`
    : html`<main class="empty">
        <span class="codicon codicon-inbox"></span>
        <p><strong>This manifest is empty.</strong></p>
        <p>A manifest has one JSON object per line. While a job runs, lines appear here as its objects are labeled.</p>
      </main>`;
}

/** What is shown in the place of rows where the filter leaves none. */
export function noMatch(clear: () => void) {
  return html`<p class="empty no-match">
    No object matches.
    <button class="link" @click=${clear}>Clear filter</button>
  </p>`;
}
