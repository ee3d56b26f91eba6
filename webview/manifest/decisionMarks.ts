import { html, nothing } from 'lit';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import type { Decision } from '../../src/core/review/review.js';

/** Accepted or changed, flagged, commented. */
export function decisionMarks({ label }: ManifestRow, { verdict, isFlagged, comment }: Decision) {
  const changed = verdict?.kind === 'changed' ? verdict.className : undefined;
  const before = label?.classes.map(({ name }) => name).join(', ') ?? '';
  return html`${
    verdict
      ? html`<span
          class="decision ${changed === undefined ? '' : 'changed'}"
          title=${changed === undefined ? 'Accepted' : `Changed: ${before === '' ? 'no class' : before} → ${changed}`}
          ><span class="codicon codicon-${changed === undefined ? 'check' : 'arrow-right'}"></span
          >${changed ?? nothing}</span
        >`
      : nothing
  }${isFlagged ? html`<span class="decision codicon codicon-flag" title="Flagged"></span>` : nothing}${
    comment === '' ? nothing : html`<span class="decision codicon codicon-comment" title=${comment}></span>`
  }`;
}
