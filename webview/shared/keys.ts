import type { ForwardedKey } from '../../src/protocol/taskFrame.js';

/** What of a keyboard event the other side needs to dispatch it again. */
export function forwarded(event: KeyboardEvent): ForwardedKey {
  const { key, code, keyCode, altKey, ctrlKey, metaKey, shiftKey, repeat } = event;
  const type = event.type === 'keyup' ? 'keyup' : 'keydown';
  return { type, key, code, keyCode, altKey, ctrlKey, metaKey, shiftKey, repeat };
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
