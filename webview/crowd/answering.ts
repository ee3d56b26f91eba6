import type { JsonValue } from '../../src/core/json.js';

/** A crowd element that puts something into the answer. */
export interface AnsweringElement extends HTMLElement {
  readonly answerValue: JsonValue | undefined;
  /** What is to be there again after a reload, also before it makes an answer; never a password. */
  readonly draftValue: JsonValue | undefined;
  /** What was there before, as `answerValue` or `draftValue` gave it. */
  restoreAnswer(value: JsonValue): void;
  /** Says what is missing, where it is missing; `true` if nothing is. */
  validate(): boolean;
  /** While an answer is on its way nothing can be changed. */
  isLocked: boolean;
}

/** One that fills the page, with tools, keys and a Submit button of its own. */
export interface WidgetElement extends AnsweringElement {
  readonly isWidget: true;
  /** `true` if the key meant something here. */
  handleKey(event: KeyboardEvent): boolean;
  /** Resolves when what is to be judged can be seen, or is known never to be. */
  readonly whenShown: Promise<void>;
}

export function isAnswering(element: Element): element is AnsweringElement {
  return 'restoreAnswer' in element;
}

export function isWidget(element: Element): element is WidgetElement {
  return 'isWidget' in element;
}
