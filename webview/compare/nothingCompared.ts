import { html, nothing } from 'lit';
import { failure } from '../manifest/failure.js';

/** Before anything is chosen, or where that failed. */
export function nothingCompared(error: string | undefined, choose: () => void) {
  return html`<div class="empty">
    <span class="codicon codicon-diff" aria-hidden="true"></span>
    <p>Compare this manifest with another one, or two of its label attributes with each other.</p>
    ${error === undefined ? nothing : failure(error, choose)}
    <button class="button" @click=${choose}>Compare With…</button>
  </div>`;
}
