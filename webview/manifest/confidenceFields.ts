import { html, LitElement, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { RowFilter } from '../../src/core/manifest/arrangement.js';
import { confidenceRange } from './format.js';

type Bound = 'from' | 'to';

const whole = { from: 0, to: 1 };
const labels = { from: 'Lowest confidence', to: 'Highest confidence' };

interface Refused {
  /** What is in the fields. */
  readonly typed: Readonly<Record<Bound, string>>;
  readonly wrong: readonly Bound[];
  readonly reason: string;
}

/** The range of confidences that the filter has. One that cannot be stays in the fields, and they say so. */
export class ConfidenceFields extends LitElement {
  static override properties = { filter: { attribute: false }, refused: { state: true } };

  declare filter: RowFilter;
  declare private refused: Refused | undefined;

  override createRenderRoot() {
    return this;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('filter')) {
      this.refused = undefined; // The fields say what the filter is by now.
    }
  }

  override render() {
    return html`<span class="range" role="group" aria-label="Confidence">
        <span class="muted">Confidence</span>
        ${this.#renderBound('from')}
        <span class="muted">–</span>
        ${this.#renderBound('to')}
      </span>
      ${
        this.refused
          ? html`<span class="range-problem" id="range-problem" role="alert">
              <span class="codicon codicon-error" aria-hidden="true"></span>${this.refused.reason} ${this.#stillText()}
            </span>`
          : nothing
      }`;
  }

  #renderBound(bound: Bound) {
    const { refused } = this;
    return html`<input
      class="bound"
      data-bound=${bound}
      type="number"
      min="0"
      max="1"
      step="0.05"
      aria-label=${labels[bound]}
      aria-invalid=${refused?.wrong.includes(bound) === true}
      aria-describedby=${refused ? 'range-problem' : nothing}
      placeholder=${whole[bound].toFixed(2)}
      .value=${live(refused?.typed[bound] ?? this.#told(bound))}
      @change=${this.#change}
    />`;
  }

  /** What the field of a bound says of the filter. */
  #told(bound: Bound): string {
    const value = this.filter.confidence?.[bound];
    return value === undefined || value === whole[bound] ? '' : String(Number(value.toFixed(6)));
  }

  #stillText(): string {
    const { confidence } = this.filter;
    return confidence ? `Still shown: ${confidenceRange(confidence)}.` : 'Still shown: all.';
  }

  readonly #change = () => {
    const fields = { from: this.#field('from'), to: this.#field('to') };
    const range = { from: this.#boundOf('from', fields.from), to: this.#boundOf('to', fields.to) };
    const outside = (['from', 'to'] as const).filter((bound) => range[bound] === undefined);
    const typed = { from: fields.from?.value ?? '', to: fields.to?.value ?? '' };
    const { from, to } = range;
    if (from === undefined || to === undefined) {
      this.refused = { typed, wrong: outside, reason: 'A confidence is a number from 0 to 1.' };
    } else if (from > to) {
      this.refused = { typed, wrong: ['from', 'to'], reason: 'The lowest confidence is above the highest.' };
    } else {
      this.refused = undefined;
      const confidence = from === 0 && to === 1 ? undefined : { from, to };
      this.dispatchEvent(new CustomEvent('confidence', { detail: confidence }));
    }
  };

  #field(bound: Bound): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>(`[data-bound="${bound}"]`);
  }

  /** Nothing is the end of the scale; what was not touched is as exact as the filter. `undefined`: no confidence. */
  #boundOf(bound: Bound, field: HTMLInputElement | null): number | undefined {
    if (!field || field.validity.badInput) {
      return undefined;
    }
    if (field.value === this.#told(bound)) {
      return this.filter.confidence?.[bound] ?? whole[bound];
    }
    const value = field.value.trim() === '' ? whole[bound] : Number(field.value);
    return value >= 0 && value <= 1 ? value : undefined;
  }
}
