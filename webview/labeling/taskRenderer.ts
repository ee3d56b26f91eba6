import type { JsonObject } from '../../src/core/json.js';
import type { TaskSheet } from '../../src/core/portal/portalView.js';
import type { Client } from '../../src/protocol/channel.js';
import type { LabelingPage } from '../../src/protocol/labelingPage.js';
import { loadedOnce } from '../shared/loadedOnce.js';
import { AssetCache } from './assetCache.js';
import { drafts } from './drafts.js';
import type { Obstacle } from './obstacles.js';
import { TaskFrame, type TaskMessage } from './taskFrame.js';

/** A task that the worker holds, and the frame that it is shown in, once there is one. */
export interface Entry {
  readonly sheet: TaskSheet;
  frame?: Promise<TaskFrame>;
  obstacle?: Obstacle;
  isAccepted?: boolean;
  /** Dealt with: nothing is made for it any more. */
  isOver?: boolean;
  /** How often its template sent its frame somewhere else, or loaded it again. */
  timesGone?: number;
}

/** What is said of a task to whoever runs through them. */
export type RunMessage = Exclude<TaskMessage, { readonly kind: 'draft' }>;

export interface TaskRendererOptions {
  readonly client: Client<LabelingPage>;
  /** Where frames live. */
  readonly container: HTMLElement;
  readonly autoAdvance: boolean;
  /** Ends what is being read. */
  readonly signal: AbortSignal;
  readonly onMessage: (entry: Entry, message: RunMessage) => void;
  /** The template sent its frame somewhere else. */
  readonly onGone: (entry: Entry) => void;
}

const framesAhead = 2;
/** The latest that something waits for the page to be idle. */
const idleWithin = { timeout: 200 };

/** Makes frames of tasks, with the objects that they show, and takes them away again. */
export class TaskRenderer {
  readonly #options: TaskRendererOptions;
  readonly #assets: AssetCache;
  readonly #bundle: () => Promise<string>;
  #waiting = 0;
  #retired: Entry | undefined;

  constructor(options: TaskRendererOptions) {
    const { client, signal } = options;
    this.#options = options;
    this.#assets = new AssetCache((taskId, index) => client.call('asset.read', { taskId, index }, signal));
    this.#bundle = loadedOnce(() => client.call('frame.bundle', undefined));
  }

  /** The task's frame, laid out and decoded. */
  async prepare(entry: Entry): Promise<TaskFrame> {
    const rendering = (entry.frame ??= this.#render(entry));
    try {
      const frame = await rendering;
      await frame.whenReady;
      return frame;
    } catch (error) {
      if (entry.frame === rendering) {
        delete entry.frame; // The next try starts anew.
      }
      throw error;
    }
  }

  /**
   * The next tasks are rendered beneath the current one; of those after them the objects are read. All of it when the
   * page is idle: what was answered gives way to the next task first.
   */
  ahead(entries: readonly Entry[]): void {
    cancelIdleCallback(this.#waiting);
    this.#waiting = requestIdleCallback(() => this.#prepareAll(entries.filter(({ isOver }) => !isOver)), idleWithin);
  }

  /**
   * Gone at once for whoever looks. Its document stays until another is retired: keys may still be on their way to it,
   * and would be lost with it.
   */
  retire(entry: Entry): void {
    entry.isOver = true;
    drafts.forget(entry.sheet.task.taskId);
    void entry.frame?.then((frame) => frame.hide()).catch(() => undefined); // One that never came to be is gone.
    const before = this.#retired;
    this.#retired = entry;
    if (before) {
      requestIdleCallback(() => discard(before), idleWithin); // To take it apart has time until the next one is painted.
    }
  }

  dispose(): void {
    if (this.#retired) {
      discard(this.#retired);
    }
  }

  #prepareAll(entries: readonly Entry[]): void {
    if (this.#options.signal.aborted) {
      return;
    }
    for (const [index, entry] of entries.entries()) {
      const { task, assets } = entry.sheet;
      const work = index < framesAhead ? this.prepare(entry) : this.#assets.all(task.taskId, assets);
      work.catch(() => undefined); // What failed is tried again, and told, when the task's turn comes.
    }
  }

  #noteGone(entry: Entry): void {
    entry.timesGone = (entry.timesGone ?? 0) + 1;
    if (entry.timesGone >= mostTimesGone) {
      entry.obstacle = { kind: 'template', problem: goneAgain };
    }
  }

  async #render(entry: Entry): Promise<TaskFrame> {
    const { sheet } = entry;
    const { task, html, problem } = sheet;
    const { container, autoAdvance, onMessage, onGone } = this.#options;
    if (problem !== undefined) {
      entry.obstacle = { kind: 'template', problem };
    }
    const [bundle, assets] = await Promise.all([this.#bundle(), this.#assets.all(task.taskId, sheet.assets)]);
    const previousAnswer = asObject(task.previousAnswer);
    const draft = drafts.get(task.taskId);
    return new TaskFrame(container, {
      bundle,
      // A template that does not work is not run again: there is a card over an empty frame.
      task: {
        html: entry.obstacle?.kind === 'template' ? '' : html,
        assets,
        autoAdvance,
        ...(previousAnswer && { previousAnswer }),
        ...(draft && { draft }),
      },
      onMessage: (message) =>
        message.kind === 'draft' ? drafts.set(task.taskId, message.draft) : onMessage(entry, message),
      onGone: () => {
        this.#noteGone(entry);
        onGone(entry);
      },
    });
  }
}

const mostTimesGone = 2;
const goneAgain = 'It sends its page somewhere else or loads itself again, so the task never stands still.';

/** The same task, to be tried once more; what its template has done is not forgotten. */
export function anew({ sheet, isAccepted = false, timesGone = 0, obstacle }: Entry): Entry {
  return { sheet, isAccepted, timesGone, ...(obstacle?.kind === 'template' && { obstacle }) };
}

export function discard(entry: Entry): void {
  void entry.frame?.then((frame) => frame.dispose()).catch(() => undefined); // One that never came to be is gone.
  delete entry.frame;
}

function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}
