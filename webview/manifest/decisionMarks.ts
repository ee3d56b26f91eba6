import { html, nothing } from 'lit';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import type { Decision } from '../../src/core/review/review.js';

/** Accepted or changed, flagged, commented. */
export function decisionMarks({ label }: ManifestRow, { className, isFlagged, comment }: Decision) {
  const isChanged = className !== undefined && label?.classes.every(({ name }) => name !== className);
  const before = label?.classes.map(({ name }) => name).join(', ') ?? '';
  return html`${
    className === undefined
      ? nothing
      : html`<span
          class="decision ${isChanged === true ? 'changed' : ''}"
          title=${isChanged === true ? `Changed: ${before === '' ? 'no class' : before} → ${className}` : 'Accepted'}
          ><span class="codicon codicon-${isChanged === true ? 'arrow-right' : 'check'}"></span
          >${isChanged === true ? className : nothing}</span
        >`
  }${isFlagged ? html`<span class="decision codicon codicon-flag" title="Flagged"></span>` : nothing}${
    comment === '' ? nothing : html`<span class="decision codicon codicon-comment" title=${comment}></span>`
  }`;
}
