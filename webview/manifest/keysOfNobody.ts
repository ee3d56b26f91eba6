import { placeListIn } from './backToList.js';

const keys: ReadonlySet<string> = new Set([
  'ArrowDown',
  'ArrowUp',
  'ArrowRight',
  'ArrowLeft',
  'PageDown',
  'PageUp',
  'Home',
  'End',
]);

/** Has the list take the keys that nothing has the focus for: an editor opens, and comes back into sight, without one. */
export function giveKeysToList(page: HTMLElement): void {
  document.addEventListener('keydown', (event) => {
    const { key, target, altKey, ctrlKey, metaKey } = event;
    const list = placeListIn(page);
    if (
      target !== document.body ||
      !keys.has(key) ||
      altKey ||
      ctrlKey ||
      metaKey ||
      list?.checkVisibility() !== true
    ) {
      return;
    }
    event.preventDefault();
    list.focus();
    // To the list alone: VS Code hears of keys at the window, and has heard of this one.
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
  });
}
