import { html, type TemplateResult } from 'lit';
import { count } from './format.js';
import { listedText, type ObjectList } from './objectList.js';

interface Position {
  readonly name: string;
  /** Among `total` rows, from 0. */
  readonly place: number;
  readonly total: number;
  readonly list: ObjectList;
  readonly onClose: () => void;
  readonly onGo: (step: number) => void;
}

/** The name of the object, and the ways to the list and to its neighbours. */
export function detailHeader({ name, place, total, list, onClose, onGo }: Position): TemplateResult {
  const back = list.kind === 'compared' ? 'Back to the comparison' : 'Back to the list';
  return html`<header class="detail-header">
    <button class="icon-button" title="${back} (Escape)" @click=${onClose}>
      <span class="codicon codicon-arrow-left"></span><span class="visually-hidden">${back}</span>
    </button>
    <h2 title=${name}>${name}</h2>
    <span class="muted position" role="status">${count(place + 1)} of ${count(total)}${listedText(list)}</span>
    <button
      class="icon-button"
      title="Previous (←, which moves the picture while it is zoomed in)"
      ?disabled=${place <= 0}
      @click=${() => onGo(-1)}
    >
      <span class="codicon codicon-chevron-left"></span><span class="visually-hidden">Previous</span>
    </button>
    <button
      class="icon-button"
      title="Next (→, which moves the picture while it is zoomed in)"
      ?disabled=${place >= total - 1}
      @click=${() => onGo(1)}
    >
      <span class="codicon codicon-chevron-right"></span><span class="visually-hidden">Next</span>
    </button>
  </header>`;
}
