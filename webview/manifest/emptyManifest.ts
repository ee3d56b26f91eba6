import { html, nothing } from 'lit';
import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { ManifestState } from '../../src/protocol/manifestEditor.js';
import type { Pane } from './panes.js';

/** What is shown of a manifest in which there is nothing, or nothing yet. */
export function emptyManifest(state: ManifestState, openText: () => void, showProblems: () => void) {
  const { progress, summary } = state;
  if (summary && isNoManifest(summary, state)) {
    return noManifest(openText, showProblems);
  }
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

/** Whether all has been read, and there is no object in it: a picture, say, that is named like a manifest. */
function isNoManifest({ objects, brokenLines }: ScannedSummary, { progress }: ManifestState): boolean {
  return progress.kind === 'complete' && objects === 0 && brokenLines > 0;
}

/** Whether there are rows, or what is wrong with lines, to be shown. */
export function hasBody(summary: ScannedSummary, state: ManifestState, pane: Pane): boolean {
  return summary.lines > 0 && (pane === 'problems' || !isNoManifest(summary, state));
}

function noManifest(openText: () => void, showProblems: () => void) {
  return html`<main class="empty">
    <span class="codicon codicon-error" aria-hidden="true"></span>
    <p role="status"><strong>This is no manifest.</strong></p>
    <p>
      None of its lines is a JSON object, as each line of a manifest is: it may be a picture or another file with the
      name of a manifest, or be damaged.
    </p>
    <p>
      <button class="button" @click=${openText}>Open as Text</button>
      <button class="link" @click=${showProblems}>Show what is wrong with its lines</button>
    </p>
  </main>`;
}

/** What is shown in the place of rows where the filter leaves none. */
export function noMatch(clear: () => void) {
  return html`<p class="empty no-match">
    No object matches.
    <button class="link" @click=${clear}>Clear filter</button>
  </p>`;
}
