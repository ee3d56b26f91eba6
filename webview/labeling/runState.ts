import type { PortalView, TaskSheet } from '../../src/core/portal/portalView.js';
import type { JobStanding } from '../../src/core/portal/standing.js';
import type { Client } from '../../src/protocol/channel.js';
import type { LabelingPage } from '../../src/protocol/labelingPage.js';
import type { ForwardedKey } from '../../src/protocol/taskFrame.js';
import type { Obstacle } from './obstacles.js';

export interface RunState {
  readonly phase: 'loading' | 'labeling' | 'finished';
  readonly sheet?: TaskSheet;
  readonly acceptedAt?: number;
  readonly obstacle?: Obstacle;
  /** What has become of the job since its tasks were finished. */
  readonly job?: JobStanding;
  readonly isSaving: boolean;
  readonly canUndo: boolean;
  readonly progress: { readonly done: number; readonly total: number };
  /** Said once, without keeping anybody from working. */
  readonly message?: string;
}

export interface TaskRunOptions {
  readonly client: Client<LabelingPage>;
  readonly view: Extract<PortalView, { kind: 'labeling' }>;
  /** Where frames live. */
  readonly container: HTMLElement;
  onChange(): void;
  /** The portal refused something of the task: what has become of it is to be found out. */
  onRefused(): void;
  /** The task on screen had no use for it. */
  onKey(key: ForwardedKey): void;
  /** It was pressed where nothing can be done with it: the keyboard is lost, or the task's answer is on its way. */
  onStrayKey(key: ForwardedKey, where: { readonly isLost: boolean }): void;
}

/** Where a run is now; whoever shows it is told of each change. */
export class RunStates {
  readonly #onChange: () => void;
  #current: RunState;
  /** Objects that are dealt with: the page says so together with the next task. */
  #done: number;

  constructor(progress: RunState['progress'], onChange: () => void) {
    this.#current = { phase: 'loading', isSaving: false, canUndo: progress.done > 0, progress };
    this.#done = progress.done;
    this.#onChange = onChange;
  }

  get current(): RunState {
    return this.#current;
  }

  set(change: Partial<RunState>): void {
    this.#current = { ...this.#current, ...change };
    this.#onChange();
  }

  /** A new task: nothing that was said of the one before holds. */
  begin(change: Pick<RunState, 'phase' | 'isSaving'> & Partial<RunState>): void {
    const { canUndo, progress } = this.#current;
    this.#current = { canUndo, progress: progressOf(this.#done, progress.total), ...change };
    this.#onChange();
  }

  /** There is nothing left for this worker: what the others have dealt with meanwhile is not this worker's to count. */
  finish(): void {
    this.begin({ phase: 'finished', isSaving: false });
    this.set({ progress: progressOf(this.#done, this.#done) });
  }

  countDone(step: 1 | -1): void {
    this.#done = Math.max(0, this.#done + step);
  }

  setTotal(total: number): void {
    this.set({ progress: progressOf(this.#current.progress.done, total) });
  }
}

function progressOf(done: number, total: number): RunState['progress'] {
  return { done, total: Math.max(total, done) };
}
