import { html, nothing } from 'lit';
import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { ManifestProgress, ManifestState } from '../../src/protocol/manifestEditor.js';
import { failure } from './failure.js';
import { bytes, count, counted } from './format.js';
import type { Pane } from './panes.js';

interface Actions {
  readonly toggle: (pane: Pane) => void;
  readonly openText: () => void;
  readonly showActions: () => void;
  readonly review: (isByMouse: boolean) => void;
  readonly isReviewing: boolean;
  /** How many there are in the review. */
  readonly decisions: number;
}

export function pageHeader({ name, summary }: ManifestState, pane: Pane, actions: Actions) {
  const { toggle, openText, showActions, review, isReviewing, decisions } = actions;
  const problems = summary?.problems ?? 0;
  return html`<header class="page-header">
    <h1 title=${name}>${name}</h1>
    <span class="totals muted">${summary ? totals(summary) : nothing}</span>
    ${
      problems > 0
        ? html`<button
            class="chip problems-chip ${pane === 'problems' ? 'on' : ''}"
            aria-pressed=${pane === 'problems'}
            @click=${() => toggle('problems')}
          >
            <span class="codicon codicon-warning"></span>${counted(problems, 'line problem', 'line problems')}
          </button>`
        : nothing
    }
    ${
      (summary?.attributes.length ?? 0) > 0
        ? html`<button
            class="chip ${isReviewing ? 'on' : ''}"
            aria-pressed=${isReviewing}
            title="Go through the rows that are shown, and accept, change, flag or comment their labels by keys"
            @click=${({ detail }: MouseEvent) => review(detail > 0)}
          >
            <span class="codicon codicon-checklist"></span
            >Review${decisions > 0 ? html` <span class="number">${count(decisions)}</span>` : nothing}
          </button>`
        : nothing
    }
    ${
      (summary?.attributes.length ?? 0) > 0
        ? html`<button
            class="chip ${pane === 'workers' ? 'on' : ''}"
            aria-pressed=${pane === 'workers'}
            title="What the answers of all workers say together"
            @click=${() => toggle('workers')}
          >
            <span class="codicon codicon-organization"></span>Workers
          </button>`
        : nothing
    }
    ${
      (summary?.objects ?? 0) > 0
        ? html`<button
            class="chip ${pane === 'compare' ? 'on' : ''}"
            aria-pressed=${pane === 'compare'}
            title="What differs from another manifest, or another label attribute"
            @click=${() => toggle('compare')}
          >
            <span class="codicon codicon-diff" aria-hidden="true"></span>Compare
          </button>`
        : nothing
    }
    ${
      summary && summary.objects > 0
        ? html`<button
            class="chip ${pane === 'charts' ? 'on' : ''}"
            aria-pressed=${pane === 'charts'}
            title="The whole manifest in charts"
            @click=${() => toggle('charts')}
          >
            <span class="codicon codicon-pie-chart"></span>Charts
          </button>`
        : nothing
    }
    <button
      class="chip overview-chip ${pane === 'overview' ? 'on' : ''}"
      aria-pressed=${pane === 'overview'}
      @click=${() => toggle('overview')}
    >
      <span class="codicon codicon-graph"></span>Overview
    </button>
    ${
      summary && summary.objects > 0
        ? html`<button class="button" title="Do something with the rows that are shown" @click=${showActions}>
            <span class="codicon codicon-rocket"></span>Use…
          </button>`
        : nothing
    }
    <button class="button" title="Open in the text editor" @click=${openText}>
      <span class="codicon codicon-go-to-file"></span>Open as Text
    </button>
  </header>`;
}

/** How far the manifest is read, or why it cannot be. */
export function scanProgress(progress: ManifestProgress, onRetry: () => void) {
  switch (progress.kind) {
    case 'scanning':
      return progressBar(progress);
    case 'complete':
      return nothing;
    case 'failed':
      return failure(progress.message, onRetry);
  }
}

function progressBar({ scannedBytes, totalBytes }: ManifestProgress & { readonly kind: 'scanning' }) {
  const share = totalBytes === 0 ? 0 : (scannedBytes / totalBytes) * 100;
  return html`<div
    class="progress"
    role="progressbar"
    aria-label="Reading the manifest"
    aria-valuenow=${Math.round(share)}
    title=${`${bytes(scannedBytes)} of ${bytes(totalBytes)}`}
  >
    <span .style=${`width: ${share}%`}></span>
  </div>`;
}

function totals({ objects, attributes, lines }: ScannedSummary): string {
  const labeled = Math.max(0, ...attributes.map(({ unlabeled, failed }) => objects - unlabeled - failed));
  const parts = [counted(objects, 'object', 'objects')];
  if (attributes.length > 0) {
    parts.push(`${count(labeled)} labeled`);
  }
  if (attributes.length > 1) {
    parts.push(counted(attributes.length, 'label attribute', 'label attributes'));
  }
  if (lines !== objects) {
    parts.push(counted(lines, 'line', 'lines'));
  }
  return parts.join(' · ');
}
