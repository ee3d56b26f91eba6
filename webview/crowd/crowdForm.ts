import type { JsonObject } from '../../src/core/json.js';
import { type AnsweringElement, isAnswering, isWidget, type WidgetElement } from './answering.js';
import { controlsOf, restoreControls } from './collect.js';
import { changesSince, heldBy, restoreDraft } from './formDraft.js';
import { frameLink } from './frameLink.js';
import { answerOf } from './serialize.js';

/**
 * `<crowd-form>`: what is in it is the answer. Its children live in a light-DOM `<form>`, so that a template's own
 * buttons and `required` fields work as anywhere.
 */
export class CrowdForm extends HTMLElement {
  #form: HTMLFormElement | undefined;
  #isSubmitted = false;
  /** What the fields held before the worker filled anything in. */
  #untouched: JsonObject = {};
  #toldDraft = '{}';

  get form(): HTMLFormElement | undefined {
    return this.#form;
  }

  /** Once, when all of the template is parsed and before its own listeners run. */
  wrapChildren(): void {
    if (this.#form) {
      return;
    }
    const form = document.createElement('form');
    form.append(...this.childNodes);
    this.append(form);
    this.#form = form;
    if (!this.widget && !form.querySelector('crowd-button[form-action="submit"]')) {
      const button = document.createElement('crowd-button');
      button.setAttribute('form-action', 'submit');
      button.setAttribute('variant', 'primary');
      button.setAttribute('data-testid', 'crowd-submit');
      button.textContent = 'Submit';
      form.append(button);
    }
    form.addEventListener('click', (event) => this.#onClick(event));
    this.#untouched = heldBy(this);
    for (const type of ['input', 'change', 'click', 'keydown', 'reset']) {
      // Afterwards: a script of the template may fill in something itself, whatever the worker does.
      this.addEventListener(type, () => setTimeout(() => this.#tellDraft()), { capture: true });
    }
  }

  get widget(): WidgetElement | undefined {
    return [...this.querySelectorAll('*')].find(isWidget);
  }

  /** As a click on a submit button: the answer is sent if nothing is missing and no handler of the template objects. */
  submit(): void {
    if (!this.#isSubmitted && !frameLink().isPreview) {
      this.#form?.requestSubmit();
    }
  }

  /** Every element says what it misses; `true` if none does. */
  validate(): boolean {
    return this.#answering.map((element) => element.validate()).every(Boolean);
  }

  reset(): void {
    this.#form?.reset();
  }

  /** Called when all handlers of the submit event have run: they may have filled in hidden fields. */
  finishSubmit(): void {
    if (this.#isSubmitted) {
      return;
    }
    this.#tellDraft();
    this.#isSubmitted = true;
    this.#setLocked(true);
    frameLink().post({ kind: 'submit', answer: this.answer });
  }

  unlock(): void {
    this.#isSubmitted = false;
    this.#setLocked(false);
  }

  get isSubmitted(): boolean {
    return this.#isSubmitted;
  }

  get answer(): JsonObject {
    return answerOf(controlsOf(this));
  }

  restore(answer: JsonObject): void {
    restoreControls(this, answer);
    this.#untouched = heldBy(this);
  }

  /** Returns what there is no field for yet. */
  restoreDraft(draft: JsonObject): JsonObject {
    return restoreDraft(this, draft);
  }

  /** Templates that do their own sending read the answer this way. */
  _serializeForm(): { taskAnswers: string } {
    return { taskAnswers: JSON.stringify([this.answer]) };
  }

  /** Whether there is anything to fill in but the one widget. */
  get hasOnlyItsWidget(): boolean {
    const named = [...this.querySelectorAll('[name]')].filter(
      (element) => !(element instanceof HTMLInputElement && element.type === 'hidden'),
    );
    return named.length === 1 && named.every(isWidget) && !this.querySelector('worker-comment');
  }

  get #answering(): readonly AnsweringElement[] {
    return [...this.querySelectorAll('*')].filter(isAnswering);
  }

  /** What is filled in and not sent is kept around the frame. */
  #tellDraft(): void {
    const draft = changesSince(this.#untouched, heldBy(this));
    const text = JSON.stringify(draft);
    if (!this.#isSubmitted && text !== this.#toldDraft) {
      this.#toldDraft = text;
      frameLink().post({ kind: 'draft', draft });
    }
  }

  #setLocked(isLocked: boolean): void {
    for (const element of this.#answering) {
      element.isLocked = isLocked;
    }
  }

  #onClick(event: Event): void {
    const button = event.target instanceof Element ? event.target.closest('crowd-button') : undefined;
    const action = button?.hasAttribute('disabled') === true ? undefined : button?.getAttribute('form-action');
    if (action === 'submit') {
      this.submit();
    } else if (action === 'reset') {
      this.reset();
    }
  }
}
