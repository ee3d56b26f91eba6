import { html, nothing } from 'lit';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';

/** Which of several label attributes the rows are about; another one can be chosen. Of one alone nothing is said. */
export function attributeChoice(
  attributes: readonly AttributeSummary[],
  active: AttributeSummary | undefined,
  onChoose: (attribute: string) => void,
) {
  if (attributes.length < 2) {
    return nothing;
  }
  return html`<label class="attribute-choice">
    <span class="muted">Label attribute</span>
    <select @change=${({ target }: Event) => target instanceof HTMLSelectElement && onChoose(target.value)}>
      ${attributes.map(({ name }) => html`<option value=${name} .selected=${name === active?.name}>${name}</option>`)}
    </select>
  </label>`;
}
