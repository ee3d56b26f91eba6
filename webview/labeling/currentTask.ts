import type { ForwardedKey } from '../../src/protocol/taskFrame.js';
import type { TaskFrame } from './taskFrame.js';
import { discard, type Entry } from './taskRenderer.js';

/** The task that the worker is at, and its frame from when it is on screen: keys are for nothing else. */
export class CurrentTask {
  #entry: Entry | undefined;
  #onScreen: TaskFrame | undefined;

  get entry(): Entry | undefined {
    return this.#entry;
  }

  get taskId(): string | undefined {
    return this.#entry?.sheet.task.taskId;
  }

  /** Another one is being made ready, or none; what is on screen takes no more keys. */
  become(entry: Entry | undefined): void {
    this.#entry = entry;
    this.#onScreen = undefined;
  }

  /** The task is done; what is on screen stays until the next one is. */
  leave(): Entry | undefined {
    const entry = this.#entry;
    this.#entry = undefined;
    return entry;
  }

  show(frame: TaskFrame): void {
    frame.show();
    this.#onScreen = frame;
  }

  press(key: ForwardedKey): void {
    this.#onScreen?.press(key);
  }

  takeKeyboard(): void {
    this.#onScreen?.takeKeyboard();
  }

  hide(): void {
    void this.#entry?.frame?.then((frame) => frame.hide());
  }

  block(): void {
    void this.#entry?.frame?.then((frame) => frame.block());
  }

  unlock(): void {
    void this.#entry?.frame?.then((frame) => frame.unlock());
  }

  dispose(): void {
    if (this.#entry) {
      discard(this.#entry);
    }
  }
}
