import { html, nothing } from 'lit';
import { icon } from './icons.js';

/** For the instructions beside the task; where there is none, they show when they are asked for. */
export const hasRoom = window.matchMedia('(min-width: 720px)');

export function instructionsPane(
  isOpen: boolean,
  actions: { readonly close: () => void; readonly open: (dialog: string) => void },
) {
  return html`<aside id="instructions" aria-label="Instructions" ?hidden=${!isOpen}>
    <div class="paneTitle">
      <h2>Instructions</h2>
      <button type="button" class="icon" aria-label="Close instructions" title="Close (I)" @click=${actions.close}>
        ${icon('close')}
      </button>
    </div>
    <p class="links">
      <button type="button" class="link" @click=${() => actions.open('full')}>View full instructions</button>
      <button type="button" class="link" @click=${() => actions.open('shortcuts')}>View tool guide</button>
    </p>
    <div class="short"><slot name="short-instructions"></slot></div>
  </aside>`;
}

export function commentField(
  region: Element | undefined,
  field: { readonly value: string; readonly isLocked: boolean; readonly onInput: (comment: string) => void },
) {
  if (!region) {
    return nothing;
  }
  return html`<label class="comment">
    ${region.getAttribute('header') ?? 'Comment'}
    <textarea
      class="field"
      rows="3"
      placeholder=${region.getAttribute('placeholder') ?? ''}
      .value=${field.value}
      ?disabled=${field.isLocked}
      @input=${(event: Event) => field.onInput((event.target as HTMLTextAreaElement).value)}
    ></textarea>
  </label>`;
}

export function dialog(name: string, title: string, content: unknown) {
  return html`<dialog class=${name} aria-labelledby="${name}Title">
    <div class="paneTitle">
      <h2 id="${name}Title">${title}</h2>
      <button type="button" class="icon" aria-label="Close" title="Close (Esc)" @click=${closeDialog}>
        ${icon('close')}
      </button>
    </div>
    <div class="content">${content}</div>
  </dialog>`;
}

function closeDialog(event: Event): void {
  (event.target as HTMLElement).closest('dialog')?.close();
}

/** `1` to `9`, and `0` for the tenth; further classes have no key. */
export function keyAt(index: number): string {
  return index < 9 ? String(index + 1) : index === 9 ? '0' : '';
}

export function positionOf(key: string): number {
  return /^\d$/u.test(key) ? (key === '0' ? 9 : Number(key) - 1) : -1;
}

export function keysOf(count: number): string {
  return count === 1 ? '1' : count === 2 ? '1 or 2' : `1 to ${Math.min(count, 9)}`;
}
