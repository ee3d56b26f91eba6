import type { ForwardedKey, FromFrame } from '../../src/protocol/taskFrame.js';
import { forwarded, isTyping, replay, takesEnter, toolKeyOf } from '../shared/keys.js';
import type { CrowdForm } from './crowdForm.js';

export interface FrameKeys {
  /** This is the task to work on: the keyboard is its own. */
  take(): void;
  /** What is pressed here from now on is meant for something else. */
  rest(): void;
  /** A key that was pressed outside of the frame, for the task in it. */
  press(key: ForwardedKey): void;
}

// Bound now: the template may replace it.
const focusWindow = window.focus.bind(window);

/**
 * Keys of one task's frame. Chromium sends a key to the frame that has the focus as the browser's process knows it, and
 * that lags behind the page: for a moment it may be the frame of another task. So a frame acts on keys only while its
 * task is the one to work on, and hands all others to the page. For the same reason the one that is to have the keyboard
 * takes it: until it is there, the side that had it before still gets the keys, and hands them on.
 */
export function listenToKeys(
  post: (message: FromFrame) => void,
  { isAlwaysOurs }: { readonly isAlwaysOurs: boolean },
): FrameKeys {
  let isOurs = isAlwaysOurs;
  // Before any listener of the template: a task that is not on screen must not act at all.
  window.addEventListener(
    'keydown',
    (event) => {
      if (isOurs && !isOnItsWay(event)) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.isTrusted) {
        post({ kind: 'strayKey', key: forwarded(event) });
      }
    },
    { capture: true },
  );
  listenForTask(post);
  return {
    take() {
      isOurs = true;
      focusWindow();
    },
    rest() {
      isOurs = false;
    },
    press: (key) => void replay(key, document.activeElement ?? document.body),
  };
}

/** The answer is sent: a key is for the next task already, or for nobody. Tab leads out to the page's own buttons. */
function isOnItsWay(event: KeyboardEvent): boolean {
  return currentForm()?.isSubmitted === true && event.key !== 'Tab';
}

/** Only what was pressed goes out: what a template dispatches is not trusted, and neither is what we replay. */
function listenForTask(post: (message: FromFrame) => void): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) {
      return;
    }
    if (meansSomethingHere(event)) {
      event.preventDefault();
    } else if (event.isTrusted && !(isTyping(event) && isEditing(event))) {
      if (toolKeyOf(event) !== undefined) {
        event.preventDefault(); // A browser would go to its address bar.
      }
      post({ kind: 'key', key: forwarded(event) });
    }
  });
  window.addEventListener('keyup', (event) => {
    if (event.isTrusted && !isTyping(event)) {
      post({ kind: 'key', key: forwarded(event) });
    }
  });
}

function meansSomethingHere(event: KeyboardEvent): boolean {
  const form = currentForm();
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!form) {
    return false;
  }
  if (event.key === 'Enter' && isPlain && !takesEnter(event)) {
    if (!event.repeat) {
      form.submit();
    }
    return true;
  }
  return !isTyping(event) && form.widget?.handleKey(event) === true;
}

/** Keys that a text field needs for itself. */
function isEditing(event: KeyboardEvent): boolean {
  if (toolKeyOf(event) !== undefined) {
    return !/^[a-z]$/iu.test(event.key); // The option key of a Mac writes something there.
  }
  const isShortcut = event.ctrlKey || event.metaKey;
  return !isShortcut || ['a', 'c', 'v', 'x', 'y', 'z'].includes(event.key.toLowerCase());
}

function currentForm(): CrowdForm | null {
  return document.querySelector<CrowdForm>('crowd-form');
}
