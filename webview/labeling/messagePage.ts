import { html, nothing } from 'lit';

export interface Message {
  readonly title: string;
  readonly text: string;
  readonly action?: { readonly title: string; readonly run: () => void };
}

/** A page that says one thing. */
export function messagePage({ title, text, action }: Message) {
  return html`<main class="message">
    <h1>${title}</h1>
    <p>${text}</p>
    ${action ? html`<vscode-button @click=${action.run}>${action.title}</vscode-button>` : nothing}
  </main>`;
}
