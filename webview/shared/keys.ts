import type { ForwardedKey } from '../../src/protocol/taskFrame.js';
import { untouchedGetter } from './untouched.js';

const read = {
  type: untouchedGetter(Event.prototype, 'type'),
  key: untouchedGetter(KeyboardEvent.prototype, 'key'),
  code: untouchedGetter(KeyboardEvent.prototype, 'code'),
  keyCode: untouchedGetter(KeyboardEvent.prototype, 'keyCode'),
  altKey: untouchedGetter(KeyboardEvent.prototype, 'altKey'),
  ctrlKey: untouchedGetter(KeyboardEvent.prototype, 'ctrlKey'),
  metaKey: untouchedGetter(KeyboardEvent.prototype, 'metaKey'),
  shiftKey: untouchedGetter(KeyboardEvent.prototype, 'shiftKey'),
  repeat: untouchedGetter(KeyboardEvent.prototype, 'repeat'),
};

/** What of a keyboard event the other side needs to dispatch it again. */
export function forwarded(event: KeyboardEvent): ForwardedKey {
  return {
    type: read.type(event) === 'keyup' ? 'keyup' : 'keydown',
    key: read.key(event),
    code: read.code(event),
    keyCode: read.keyCode(event),
    altKey: read.altKey(event),
    ctrlKey: read.ctrlKey(event),
    metaKey: read.metaKey(event),
    shiftKey: read.shiftKey(event),
    repeat: read.repeat(event),
  };
}

/** Events that were forwarded, so that they are not forwarded back. */
const ours = new WeakSet<Event>();

export function replay(key: ForwardedKey, target: EventTarget): KeyboardEvent {
  const event = new KeyboardEvent(key.type, { ...key, bubbles: true, cancelable: true, composed: true });
  ours.add(event);
  target.dispatchEvent(event);
  return event;
}

export function isReplayed(event: Event): boolean {
  return ours.has(event);
}

/** Where letters and digits are text. */
export function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['input', 'textarea', 'select'].includes(target.localName) || 'proxy' in target)
  );
}

/** Where Enter already means something. */
export function takesEnter(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLElement && ['button', 'a', 'textarea', 'select', 'summary'].includes(target.localName);
}

/** What can be done with a task by a key of its own, wherever the keyboard is. */
export type ToolKey = 'decline' | 'release' | 'stop';

/** Letters with Alt: without it they are a template's. Where a browser has a use of its own for one, ours comes first. */
const toolLetters: Readonly<Record<string, ToolKey>> = { d: 'decline', l: 'release', p: 'stop' };

export function toolKeyOf(event: KeyboardEvent): ToolKey | undefined {
  if (!read.altKey(event) || read.ctrlKey(event) || read.metaKey(event) || read.shiftKey(event)) {
    return undefined;
  }
  // With the option key of a Mac the letter is another one.
  const key = read.key(event).toLowerCase();
  const letter = /^[a-z]$/u.test(key) ? key : read.code(event).replace('Key', '').toLowerCase();
  return toolLetters[letter];
}
