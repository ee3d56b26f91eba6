import { css, html, LitElement, type PropertyValues } from 'lit';
import type { JsonValue } from '../../src/core/json.js';
import { controlStyles } from './styles.js';

/** `<crowd-button>`; what a form's button does is the form's business. */
export class CrowdButton extends LitElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: inline-block;
        margin: 4px 0;
      }
      :host([disabled]),
      :host([loading]) {
        pointer-events: none;
      }
    `,
  ];
  static override properties = {
    disabled: { type: Boolean, reflect: true },
    loading: { type: Boolean, reflect: true },
    variant: {},
    href: {},
  };
  declare disabled: boolean;
  declare loading: boolean;
  declare variant: string | null;
  declare href: string | null;

  constructor() {
    super();
    this.disabled = false;
    this.loading = false;
    this.variant = null;
    this.href = null;
  }

  override render() {
    const style = this.variant === 'primary' || this.getAttribute('form-action') === 'submit' ? 'primary' : 'plain';
    return this.href
      ? html`<a class="button ${style}" href=${this.href} target="_blank" rel="noopener"><slot></slot></a>`
      : html`<button type="button" class="button ${style}" ?disabled=${this.disabled || this.loading}>
          <slot></slot>
        </button>`;
  }
}

/** What `<crowd-input>` and `<crowd-text-area>` have in common. */
abstract class TextElement extends LitElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        margin: 8px 0;
      }
      label {
        display: block;
        font-weight: 600;
        margin-bottom: 4px;
      }
      .error {
        color: #b0120a;
        margin-top: 4px;
      }
    `,
  ];
  static override properties = {
    value: {},
    label: {},
    placeholder: {},
    type: {},
    rows: { type: Number },
    disabled: { type: Boolean, reflect: true },
    required: { type: Boolean, reflect: true },
    isLocked: { state: true },
    error: { state: true },
  };
  declare value: string | null;
  declare label: string | null;
  declare placeholder: string | null;
  declare type: string | null;
  declare rows: number;
  declare disabled: boolean;
  declare required: boolean;
  declare isLocked: boolean;
  declare protected error: string;

  constructor() {
    super();
    this.value = '';
    this.label = null;
    this.placeholder = null;
    this.type = null;
    this.rows = 4;
    this.disabled = false;
    this.required = false;
    this.isLocked = false;
    this.error = '';
  }

  get answerValue(): JsonValue | undefined {
    return this.value === null || this.value === '' ? undefined : this.value;
  }

  get draftValue(): JsonValue | undefined {
    return this.type === 'password' ? undefined : (this.value ?? '');
  }

  restoreAnswer(value: JsonValue): void {
    this.value = typeof value === 'string' ? value : JSON.stringify(value);
  }

  validate(): boolean {
    this.error = this.#problem();
    if (this.error !== '') {
      this.renderRoot.querySelector<HTMLElement>('.field')?.focus();
    }
    return this.error === '';
  }

  override firstUpdated(): void {
    if (this.hasAttribute('auto-focus')) {
      this.renderRoot.querySelector<HTMLElement>('.field')?.focus();
    }
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('value') && this.error !== '') {
      this.error = this.#problem();
    }
  }

  override render() {
    return html`${this.label === null ? '' : html`<label for="field">${this.label}</label>`} ${this.renderField()}
      <div class="error" role="alert">${this.error}</div>
      <slot></slot>`;
  }

  protected abstract renderField(): unknown;

  protected readonly onInput = (event: Event): void => {
    this.value = (event.target as HTMLInputElement).value;
  };

  protected readonly onChange = (): void => {
    if (this.hasAttribute('auto-validate')) {
      this.error = this.#problem();
    }
    this.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  };

  #problem(): string {
    const value = this.value ?? '';
    const least = Number(this.getAttribute('min-length') ?? 0);
    const pattern = this.getAttribute('allowed-pattern');
    if (this.required && value === '') {
      return this.getAttribute('error-message') ?? 'Please fill in this field.';
    }
    if (value !== '' && value.length < least) {
      return this.getAttribute('error-message') ?? `Please write at least ${least} characters.`;
    }
    if (value !== '' && pattern !== null && !matches(value, pattern)) {
      return this.getAttribute('error-message') ?? 'This does not have the form that was asked for.';
    }
    return '';
  }
}

export class CrowdInput extends TextElement {
  protected override renderField() {
    return html`<input
      id="field"
      class="field"
      type=${this.type ?? 'text'}
      .value=${this.value ?? ''}
      placeholder=${this.placeholder ?? ''}
      aria-label=${this.label ?? this.placeholder ?? this.getAttribute('name') ?? ''}
      maxlength=${this.getAttribute('max-length') ?? '100000'}
      ?disabled=${this.disabled || this.isLocked}
      @input=${this.onInput}
      @change=${this.onChange}
    />`;
  }
}

export class CrowdTextArea extends TextElement {
  protected override renderField() {
    return html`<textarea
      id="field"
      class="field"
      rows=${this.rows}
      .value=${this.value ?? ''}
      placeholder=${this.placeholder ?? ''}
      aria-label=${this.label ?? this.placeholder ?? this.getAttribute('name') ?? ''}
      maxlength=${this.getAttribute('max-length') ?? '100000'}
      ?disabled=${this.disabled || this.isLocked}
      @input=${this.onInput}
      @change=${this.onChange}
    ></textarea>`;
  }
}

function matches(value: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value);
  } catch {
    return true; // A pattern that is none must not keep a worker from going on.
  }
}
