import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { JsonObject, JsonValue } from '../../src/core/json.js';
import { categoryText, listAttribute } from './attributes.js';
import type { WidgetElement } from './answering.js';
import { commentField, dialog, hasRoom, instructionsPane, keyAt, keysOf, positionOf } from './classifierParts.js';
import { classifierStyles } from './classifierStyles.js';
import type { CrowdForm } from './crowdForm.js';
import { frameLink } from './frameLink.js';
import { icon } from './icons.js';
import { type Shortcut, shortcutsTable } from './shortcuts.js';
import { controlStyles } from './styles.js';

/** Regions that a template puts into a widget as children; each shows in the slot of its own name. */
const regions = new Set(['short-instructions', 'full-instructions', 'classification-target', 'worker-comment']);

/** One class out of a list, for whatever the subclass shows in the middle. */
export abstract class Classifier extends LitElement implements WidgetElement {
  static override styles = [controlStyles, ...classifierStyles];
  static override properties = {
    categories: { converter: listAttribute },
    header: {},
    isLocked: { state: true },
    picked: { state: true },
    comment: { state: true },
    problem: { state: true },
    hasInstructionsOpen: { state: true },
  };
  declare categories: readonly unknown[];
  declare header: string | null;
  declare isLocked: boolean;
  declare protected picked: string | undefined;
  declare protected comment: string;
  declare protected problem: string;
  declare protected hasInstructionsOpen: boolean;

  readonly isWidget = true;
  abstract readonly whenShown: Promise<void>;
  readonly #children = new MutationObserver(() => this.#assignRegions());

  readonly #fitInstructions = ({ matches }: MediaQueryListEvent): void => {
    this.hasInstructionsOpen = matches;
  };

  constructor() {
    super();
    this.categories = [];
    this.header = null;
    this.isLocked = false;
    this.picked = undefined;
    this.comment = '';
    this.problem = '';
    this.hasInstructionsOpen = hasRoom.matches;
  }

  /** The chosen category. */
  get value(): string | undefined {
    return this.picked;
  }

  set value(category: string | undefined) {
    this.picked = category;
  }

  get answerValue(): JsonValue | undefined {
    if (this.picked === undefined) {
      return undefined;
    }
    return { label: this.picked, ...(this.comment !== '' && { workerComment: this.comment }) };
  }

  get draftValue(): JsonValue | undefined {
    return this.answerValue ?? (this.comment === '' ? undefined : { workerComment: this.comment });
  }

  get _submittableValue(): JsonValue | undefined {
    return this.answerValue;
  }

  restoreAnswer(value: JsonValue): void {
    const { label, workerComment } = typeof value === 'object' && value !== null ? (value as JsonObject) : {};
    this.picked = typeof label === 'string' && this.#labels.includes(label) ? label : undefined;
    this.comment = typeof workerComment === 'string' ? workerComment : '';
  }

  validate(): boolean {
    this.problem = this.picked === undefined ? this.#whatToDo : '';
    return this.problem === '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The element is there before its children are parsed.
    this.#children.observe(this, { childList: true });
    hasRoom.addEventListener('change', this.#fitInstructions);
    this.#assignRegions();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#children.disconnect();
    hasRoom.removeEventListener('change', this.#fitInstructions);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const initial = this.getAttribute('initial-value');
    if (changed.has('categories') && this.picked === undefined && initial !== null && this.#labels.includes(initial)) {
      this.picked = initial;
    }
  }

  handleKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || this.#hasDialogOpen) {
      return false;
    }
    const label = this.#labels[positionOf(event.key)];
    if (label !== undefined && !event.repeat) {
      this.#pick(label);
      return true;
    }
    switch (event.key) {
      case 'i':
      case 'I':
        this.hasInstructionsOpen = !this.hasInstructionsOpen;
        return true;
      case '?':
        this.#open('shortcuts');
        return true;
      default:
        return this.handleToolKey(event);
    }
  }

  override render() {
    return html`
      <header class="bar">
        <button
          type="button"
          class="button small"
          aria-expanded=${this.hasInstructionsOpen}
          aria-controls="instructions"
          @click=${() => {
            this.hasInstructionsOpen = !this.hasInstructionsOpen;
          }}
        >
          ${icon('instructions')}Instructions
        </button>
        <button type="button" class="button small" @click=${() => this.#open('shortcuts')}>
          ${icon('keyboard')}Shortcuts
        </button>
        <h1>${this.header ?? ''}</h1>
      </header>
      <div class="body">
        ${instructionsPane(this.hasInstructionsOpen, {
          close: () => {
            this.hasInstructionsOpen = false;
          },
          open: (name) => this.#open(name),
        })}
        <section class="target" aria-label="What to classify">
          ${this.renderTarget()}
          <footer class="tools">${this.renderTools()}</footer>
        </section>
        ${this.#renderOptions()}
      </div>
      ${this.#renderDialogs()}
    `;
  }

  protected abstract renderTarget(): unknown;
  protected abstract renderTools(): unknown;
  protected abstract readonly toolShortcuts: readonly Shortcut[];
  protected handleToolKey(_event: KeyboardEvent): boolean {
    return false;
  }

  get #labels(): readonly string[] {
    return this.categories.map(categoryText);
  }

  get #whatToDo(): string {
    const { length } = this.#labels;
    return length === 0 ? 'This task has no classes to choose from.' : `Pick a class first: press ${keysOf(length)}.`;
  }

  get #hasDialogOpen(): boolean {
    return this.renderRoot.querySelector('dialog[open]') !== null;
  }

  #renderOptions() {
    const labels = this.#labels;
    const focusable = this.picked === undefined ? 0 : Math.max(0, labels.indexOf(this.picked));
    return html`<section class="choice">
      <h2 id="choiceTitle">Select an option</h2>
      <div class="options" role="radiogroup" aria-labelledby="choiceTitle" @keydown=${this.#onOptionKey}>
        ${labels.map(
          (label, index) =>
            html`<div
              class="option"
              role="radio"
              aria-checked=${label === this.picked}
              aria-disabled=${this.isLocked}
              tabindex=${index === focusable ? 0 : -1}
              aria-keyshortcuts=${keyAt(index) || nothing}
              @click=${() => this.#pick(label)}
            >
              <span class="label">${label}</span>
              ${keyAt(index) === '' ? nothing : html`<kbd aria-hidden="true">${keyAt(index)}</kbd>`}
            </div>`,
        )}
      </div>
      ${commentField(this.#region('worker-comment'), {
        value: this.comment,
        isLocked: this.isLocked,
        onInput: (comment) => {
          this.comment = comment;
        },
      })}
      <slot></slot>
      <div class="problem" role="alert">${this.problem}</div>
      <div class="send">
        <button
          type="button"
          class="button primary submit"
          data-testid="crowd-submit"
          ?disabled=${this.isLocked || frameLink().isPreview}
          @click=${() => this.#form?.submit()}
        >
          Submit
        </button>
      </div>
    </section>`;
  }

  #renderDialogs() {
    const full = this.#region('full-instructions');
    return [
      dialog(
        'full',
        full?.getAttribute('header') ?? 'Instructions',
        html`<slot name="full-instructions"><p>There are no further instructions.</p></slot>`,
      ),
      dialog('shortcuts', 'Shortcuts', shortcutsTable(this.#labels.length, this.toolShortcuts)),
    ];
  }

  /** The arrow keys walk through the options while one of them has the focus; elsewhere they move the picture. */
  readonly #onOptionKey = (event: KeyboardEvent): void => {
    const options = [...this.renderRoot.querySelectorAll<HTMLElement>('.option')];
    const index = options.findIndex((option) => option === event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === ' ') {
      options[index]?.click();
    } else if (step === undefined) {
      return;
    } else {
      options.at((index + step) % options.length)?.focus();
    }
    event.preventDefault();
  };

  #pick(label: string): void {
    if (this.isLocked) {
      return;
    }
    this.picked = label;
    this.problem = '';
    this.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
    const form = this.#form;
    if (frameLink().autoAdvance && form?.hasOnlyItsWidget === true) {
      form.submit();
    }
  }

  get #form(): CrowdForm | null {
    return this.closest<CrowdForm>('crowd-form');
  }

  #open(name: string): void {
    this.renderRoot.querySelector<HTMLDialogElement>(`dialog.${name}`)?.showModal();
  }

  #region(name: string): Element | undefined {
    return [...this.children].find(({ localName }) => localName === name);
  }

  #assignRegions(): void {
    for (const child of this.children) {
      if (regions.has(child.localName)) {
        child.slot = child.localName;
      }
    }
    this.requestUpdate();
  }
}
