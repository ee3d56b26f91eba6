import type { FromFrame, FrameTask, ToFrame } from '../../src/protocol/taskFrame.js';
import type { JsonObject } from '../../src/core/json.js';
import { untouchedGetter } from '../shared/untouched.js';
import { isWidget } from './answering.js';
import { TaskAssets } from './assets.js';
import type { CrowdForm } from './crowdForm.js';
import { type FrameKeys, listenToKeys } from './frameKeys.js';
import { setFrameLink } from './frameLink.js';

const dataOf = untouchedGetter(MessageEvent.prototype, 'data');
const { userActivation } = navigator;
const isActive = untouchedGetter(UserActivation.prototype, 'isActive');

/** Shows one task in this frame: its template becomes the frame's document. */
export function startFrame(task: FrameTask, port: MessagePort): void {
  const assets = new TaskAssets(task.assets);
  // Bound now: the template may replace `postMessage`, which would be called on the port.
  const send = port.postMessage.bind(port) as (message: FromFrame) => void;
  const post = (message: FromFrame) => send(message);
  setFrameLink({
    assets,
    autoAdvance: task.autoAdvance,
    isPreview: task.isPreview === true,
    post: (message) =>
      post(
        message.kind === 'submit' ? { kind: 'submit', answer: assets.named(message.answer) as JsonObject } : message,
      ),
  });

  withoutPeerConnections();
  document.open(); // It takes all listeners of the window and the document away: ours are added after it.
  replaceDialogs(post);
  document.addEventListener('DOMContentLoaded', () => void onParsed(task, post));
  window.addEventListener('submit', onSubmit, { capture: true });
  const keys = listenToKeys(post, { isAlwaysOurs: task.isPreview === true });
  listenToLinks(post);
  port.addEventListener('message', (event) => onMessage(dataOf(event) as ToFrame, keys));
  port.start();
  document.write(`<!doctype html>${baseStyle}${assets.fill(withoutOriginalElements(task.html))}`);
  document.close();
}

/**
 * WebRTC is the one way to the network that no policy of a page covers. A template that makes another frame with a
 * script of its own has a fresh one there: this keeps libraries from it, not somebody with intent.
 */
function withoutPeerConnections(): void {
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) {
    Reflect.deleteProperty(window, name);
  }
}

/** Templates assume a white page. */
const baseStyle = `<style>
  :root { color-scheme: light; background: #fff; color: #16191f; }
  body { margin: 0; font: 14px/1.45 "Amazon Ember", "Helvetica Neue", Roboto, Arial, "DejaVu Sans", sans-serif; }
  crowd-form { display: block; }
  short-instructions, full-instructions, classification-target { display: block; }
  img { max-width: 100%; }
</style>`;

const originalScript = /<script\b[^>]*\bsrc\s*=\s*["']?[^"'>]*crowd-html-elements(?:-v2)?\.js[^>]*>\s*<\/script>/giu;
const originalStyles = /<link\b[^>]*crowd-html-elements[^>]*\.css[^>]*>/giu;

/** Templates load the elements from AWS; here they are ours, and are there already. */
function withoutOriginalElements(html: string): string {
  return html.replace(originalScript, '').replace(originalStyles, '');
}

async function onParsed(task: FrameTask, post: (message: FromFrame) => void): Promise<void> {
  const forms = [...document.querySelectorAll<CrowdForm>('crowd-form')];
  for (const form of forms) {
    form.wrapChildren();
    if (task.previousAnswer) {
      form.restore(task.previousAnswer);
    }
  }
  const [form] = forms;
  const notThereYet = form?.restoreDraft(task.draft ?? {}) ?? {};
  const unknown = [...document.querySelectorAll(':not(:defined)')].filter(
    ({ localName }) => localName.startsWith('crowd-') && !(localName in plainElements),
  );
  if (unknown.length > 0) {
    post({ kind: 'unsupported', elements: [...new Set(unknown.map(({ localName }) => localName))] });
  }
  // After the template's own listeners to DOMContentLoaded, and when every element has rendered.
  await new Promise((resolve) => {
    setTimeout(resolve);
  });
  document.dispatchEvent(new Event('all-crowd-elements-ready', { bubbles: true }));
  form?.restoreDraft(notThereYet); // Into fields that the template has made itself by now.
  await Promise.all([...document.querySelectorAll('*')].filter(isWidget).map((widget) => widget.whenShown));
  await new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
  post({ kind: 'ready' });
}

/** Elements whose content shows well enough without them. */
const plainElements: Readonly<Record<string, true>> = {
  'crowd-card': true,
  'crowd-alert': true,
  'crowd-badge': true,
  'crowd-instructions': true,
};

function onMessage(message: ToFrame, keys: FrameKeys): void {
  switch (message.kind) {
    case 'focus':
      keys.take();
      return;
    case 'rest':
      keys.rest();
      return;
    case 'key':
      keys.press(message.key);
      return;
    case 'unlock':
      document.querySelector<CrowdForm>('crowd-form')?.unlock();
      return;
  }
}

/** Ours is the first listener: it checks what is filled in, and sees to it that the answer goes off after the last. */
function onSubmit(event: SubmitEvent): void {
  const form = event.target instanceof Element ? event.target.closest<CrowdForm>('crowd-form') : undefined;
  if (!form) {
    return;
  }
  if (form.isSubmitted || !form.validate()) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  let isDecided = false;
  const decide = () => {
    if (!isDecided) {
      isDecided = true;
      window.removeEventListener('submit', decide);
      if (!event.defaultPrevented) {
        event.preventDefault(); // The frame itself goes nowhere.
        form.finishSubmit();
      }
    }
  };
  window.addEventListener('submit', decide);
  setTimeout(decide); // Where a handler kept the event to itself.
}

function listenToLinks(post: (message: FromFrame) => void): void {
  document.addEventListener('click', (event) => {
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (link instanceof HTMLAnchorElement && /^https?:/u.test(link.href)) {
      event.preventDefault();
      openExternal(link.href, post);
    }
  });
}

/** A sandboxed frame shows no dialogs: what a template says so is said by the page, and its questions are answered. */
function replaceDialogs(post: (message: FromFrame) => void): void {
  Object.assign(window, {
    alert: (text: unknown) => post({ kind: 'message', text: String(text) }),
    confirm: () => true,
    prompt: () => null,
    open: (url: unknown) => {
      openExternal(String(url), post);
      return null;
    },
  });
}

/** For the user, who has just clicked or pressed something in this frame; never for the template alone. */
function openExternal(url: string, post: (message: FromFrame) => void): void {
  if (/^https?:/u.test(url) && isActive(userActivation)) {
    post({ kind: 'openExternal', url });
  }
}
