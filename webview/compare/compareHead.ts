import { html, nothing } from 'lit';
import type { ComparedSide, ComparisonResult, Side } from '../../src/core/compare/manifestComparison.js';
import type { ComparedWith } from '../../src/protocol/manifestEditor.js';

interface CompareHeadOptions {
  readonly sides: ComparedWith;
  readonly result: ComparisonResult | undefined;
  readonly onAttribute: (side: Side, name: string) => void;
  readonly onOpenThere: () => void;
  readonly onSwap: () => void;
  readonly onChoose: () => void;
  readonly onClose: () => void;
}

/** What is compared with what, and what else could be. */
export function compareHead(options: CompareHeadOptions) {
  const { sides, result, onAttribute, onOpenThere, onSwap, onChoose, onClose } = options;
  return html`<div class="compare-head">
    <div class="compare-sides">
      <span class="compare-side"
        ><span class="muted">Here</span>
        <strong>this manifest</strong> ${attributeChoice('here', result?.here, onAttribute)}</span
      >
      <span class="codicon codicon-arrow-both muted" aria-hidden="true"></span>
      <span class="compare-side"
        ><span class="muted">There</span> ${
          sides.isSameManifest
            ? html`<strong>this manifest</strong>`
            : html`<button class="link" title=${`Open ${sides.place}`} @click=${onOpenThere}>${sides.name}</button>`
        }
        ${attributeChoice('there', result?.there, onAttribute)}</span
      >
    </div>
    <div class="compare-actions">
      <button class="icon-button" title="Swap here and there" aria-label="Swap here and there" @click=${onSwap}>
        <span class="codicon codicon-arrow-swap"></span>
      </button>
      <button class="button" @click=${onChoose}>Compare With…</button>
      <button class="icon-button" title="End the comparison" aria-label="End the comparison" @click=${onClose}>
        <span class="codicon codicon-close"></span>
      </button>
    </div>
  </div>`;
}

function attributeChoice(
  side: Side,
  compared: ComparedSide | undefined,
  onAttribute: CompareHeadOptions['onAttribute'],
) {
  if (!compared || compared.attribute === undefined) {
    return nothing;
  }
  return html`<select
    aria-label=${`Label attribute ${side}`}
    @change=${(event: Event) => onAttribute(side, (event.target as HTMLSelectElement).value)}
  >
    ${compared.attributes.map(
      (name) => html`<option value=${name} ?selected=${name === compared.attribute}>${name}</option>`,
    )}
  </select>`;
}
