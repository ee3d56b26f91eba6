import { html } from 'lit';

/** What could not be had, and the button to ask for it again. */
export function failure(message: string, retry: () => void) {
  return html`<div class="failure" role="alert">
    <span class="codicon codicon-error"></span><span class="failure-message">${message}</span>
    <button class="button" @click=${retry}>Retry</button>
  </div>`;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** In the place of a manifest that is not here yet, or cannot be. */
export function unread(error: string | undefined, retry: () => void) {
  return error === undefined
    ? html`<main class="empty" aria-busy="true">Opening…</main>`
    : html`<main>${failure(error, retry)}</main>`;
}
