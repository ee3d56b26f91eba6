import { frameDocument } from '../../src/core/portal/frameDocument.js';
import type { ForwardedKey, FrameTask, FromFrame, ToFrame } from '../../src/protocol/taskFrame.js';
import { taskFrameAddress } from '../shared/surroundings.js';

/** What a frame says of its task once it is ready. */
export type TaskMessage = Exclude<FromFrame, { readonly kind: 'ready' }>;

export interface TaskFrameOptions {
  readonly bundle: string;
  readonly task: FrameTask;
  onMessage(message: TaskMessage): void;
  /** The template sent the frame somewhere else: nothing in it can be trusted to be the task any more. */
  onGone(): void;
}

/** The load events of a frame that stays where it is: the waiting document, and the task written into it. */
const loadsOfTask = 2;
/** A template that never settles is shown as far as it is. */
const longestWaitMs = 5_000;

/**
 * One task in a sandboxed frame of its own. It is laid out, decoded and painted beneath the current one, so that
 * showing it changes nothing but which of them lies on top.
 */
export class TaskFrame {
  readonly #element = document.createElement('iframe');
  readonly #port: MessagePort;
  readonly whenReady: Promise<void>;

  constructor(container: HTMLElement, options: TaskFrameOptions) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.whenReady = new Promise((resolve) => {
      setTimeout(resolve, longestWaitMs);
      port1.addEventListener('message', ({ data }: MessageEvent<FromFrame>) => {
        if (data.kind === 'ready') {
          resolve();
        } else {
          options.onMessage(data);
        }
      });
    });
    port1.start();

    const frame = this.#element;
    frame.title = 'Task';
    frame.setAttribute('sandbox', 'allow-scripts allow-forms');
    frame.referrerPolicy = 'no-referrer';
    frame.inert = true;
    if (taskFrameAddress === undefined) {
      frame.srcdoc = frameDocument;
    } else {
      frame.src = taskFrameAddress; // The same document, under a policy of its own.
    }
    let loads = 0;
    frame.addEventListener('load', () => {
      loads += 1;
      if (loads === 1) {
        frame.contentWindow?.postMessage({ bundle: options.bundle, task: options.task }, '*', [port2]);
      } else if (loads > loadsOfTask) {
        options.onGone();
      }
    });
    container.append(frame);
  }

  show(): void {
    this.#element.classList.add('isCurrent');
    this.#element.inert = false;
  }

  /** Beneath the current one, out of reach of keyboard and pointer. */
  hide(): void {
    this.#element.classList.remove('isCurrent');
    this.block();
  }

  /** Something lies over the task: it stays visible and cannot be used. */
  block(): void {
    this.#element.inert = true;
    this.#post({ kind: 'rest' });
  }

  /** The frame takes it by itself; until it has it, keys that are pressed here are to be handed to `press`. */
  takeKeyboard(): void {
    this.#post({ kind: 'focus' });
  }

  press(key: ForwardedKey): void {
    this.#post({ kind: 'key', key });
  }

  unlock(): void {
    this.#post({ kind: 'unlock' });
  }

  dispose(): void {
    this.#port.close();
    this.#element.remove();
  }

  #post(message: ToFrame): void {
    this.#port.postMessage(message);
  }
}
