import type { JsonObject } from '../../src/core/json.js';
import { Failure } from '../../src/core/failure.js';
import type { ForwardedKey } from '../../src/protocol/taskFrame.js';
import { CurrentTask } from './currentTask.js';
import { type Obstacle, obstacleIn, obstacleOf } from './obstacles.js';
import { OneAtATime } from './oneAtATime.js';
import { type RunState, RunStates, type TaskRunOptions } from './runState.js';
import { anew, discard, type Entry, type RunMessage, TaskRenderer } from './taskRenderer.js';
import { UpcomingTasks } from './upcomingTasks.js';

/**
 * A worker's way through the tasks of one job. The next ones lie ready beneath the current one, and the page goes on
 * when, and only when, the answer is on disk.
 */
export class TaskRun {
  readonly #options: TaskRunOptions;
  readonly #renderer: TaskRenderer;
  readonly #over = new AbortController();
  readonly #upcoming: UpcomingTasks;
  readonly #current = new CurrentTask();
  /** What the worker asked for. */
  readonly #acts = new OneAtATime();
  readonly #states: RunStates;

  constructor(options: TaskRunOptions) {
    const { client, view } = options;
    this.#options = options;
    this.#renderer = new TaskRenderer({
      client,
      container: options.container,
      autoAdvance: view.autoAdvance,
      signal: this.#over.signal,
      onMessage: (entry, message) => this.#onMessage(entry, message),
      onGone: (entry) =>
        entry === this.#current.entry ? void this.#attempt(() => this.#showAgain(entry)) : discard(entry),
    });
    this.#upcoming = new UpcomingTasks({
      client,
      renderer: this.#renderer,
      signal: this.#over.signal,
      currentTaskId: () => this.#current.taskId,
      onTotal: (total) => this.#states.setTotal(total),
    });
    this.#states = new RunStates(view.progress, () => options.onChange());
    void this.next();
  }

  get state(): RunState {
    return this.#states.current;
  }

  dispose(): void {
    this.#over.abort();
    this.#upcoming.dispose();
    this.#renderer.dispose();
    this.#current.dispose();
  }

  /** A key for the task on screen. It is nobody's while there is none, something lies over it, or its answer is sent. */
  press(key: ForwardedKey): void {
    if (!this.state.obstacle && !this.#acts.isBusy) {
      this.#current.press(key);
    }
  }

  takeKeyboard(): void {
    if (!this.state.obstacle) {
      this.#current.takeKeyboard();
    }
  }

  /** Shows the current task anew, its pictures read again; the next one where it could not be had. */
  async retry(): Promise<void> {
    const current = this.#current.entry;
    await (current ? this.#act(() => this.#showAgain(current)) : this.next());
  }

  /** Leaves the current task where it is and goes to the next. */
  async next(): Promise<void> {
    await this.#act(() => this.#advance());
  }

  async decline(): Promise<void> {
    const { taskId } = this.#current;
    if (taskId !== undefined) {
      await this.#saving(async () => {
        await this.#options.client.call('task.decline', { taskId }, this.#over.signal);
        await this.#finished(taskId);
      });
    }
  }

  /** An answer that is on its way is the one to be taken back. */
  async undo(): Promise<void> {
    await this.#acts.runNext(async () => {
      if (this.state.canUndo) {
        this.#states.set({ isSaving: true });
        await this.#attemptToEnd(() => this.#takeBack());
      }
    });
  }

  /** Finds out what has become of the job and of the task on screen. */
  async look(): Promise<void> {
    const { entry, taskId } = this.#current;
    const { phase } = this.state;
    if (phase === 'loading' || this.#acts.isBusy) {
      return;
    }
    const of = phase === 'labeling' && taskId !== undefined ? { taskId } : {};
    const standing = await this.#options.client.call('job.standing', of, this.#over.signal);
    const isOutdated = this.#acts.isBusy || entry !== this.#current.entry || phase !== this.state.phase;
    const obstacle = phase === 'labeling' ? obstacleIn(standing, this.state.obstacle) : undefined;
    if (!isOutdated && obstacle) {
      this.#block(obstacle);
    } else if (!isOutdated) {
      this.#states.set({ job: standing.job });
    }
  }

  /** The task's time is over: the portal takes it back. */
  expire(): void {
    if (!this.#acts.isBusy) {
      this.#block({ kind: 'taskGone', task: 'timeUp' });
    }
  }

  async #showAgain(entry: Entry): Promise<void> {
    discard(entry);
    await this.#show(anew(entry));
  }

  async #submit(entry: Entry, answer: JsonObject): Promise<void> {
    if (!this.state.isSaving) {
      await this.#acts.whenFree(); // A template may submit by itself, before its task is on screen.
    }
    if (entry !== this.#current.entry || this.#acts.isBusy || this.state.obstacle) {
      void entry.frame?.then((frame) => frame.unlock()); // It may become the current one again, or the way be clear.
      return;
    }
    const { taskId } = entry.sheet.task;
    await this.#saving(async () => {
      const { isUndoable } = await this.#options.client.call('task.submit', { taskId, answer }, this.#over.signal);
      this.#states.set({ canUndo: isUndoable });
      await this.#finished(taskId);
    });
  }

  async #takeBack(): Promise<void> {
    try {
      const sheet = await this.#options.client.call('answer.undo', undefined, this.#over.signal);
      this.#upcoming.reopen(sheet.task.taskId);
      this.#states.countDone(-1);
      const before = this.#current.entry;
      if (before) {
        this.#current.hide();
        this.#upcoming.putBack(before);
      }
      await this.#show({ sheet, isAccepted: true });
    } catch (error) {
      if (!Failure.is(error, 'portal.nothingToUndo')) {
        throw error;
      }
      this.#states.set({ canUndo: false, message: error.details.reason });
    }
  }

  async #finished(taskId: string): Promise<void> {
    this.#upcoming.close(taskId);
    this.#states.countDone(1);
    await this.#advance();
  }

  async #advance(): Promise<void> {
    const before = this.#current.leave();
    try {
      if (this.#upcoming.isEmpty) {
        this.#states.set({ phase: 'loading' });
        await this.#upcoming.refill();
      }
      const next = this.#upcoming.shift();
      if (next) {
        await this.#show(next);
        void this.#attempt(() => this.#upcoming.refill());
      } else {
        this.#current.become(undefined);
        this.#states.finish();
      }
    } finally {
      if (before) {
        this.#renderer.retire(before);
      }
    }
  }

  async #show(entry: Entry): Promise<void> {
    this.#current.become(entry);
    const frame = await this.#renderer.prepare(entry);
    if (this.#over.signal.aborted || this.#current.entry !== entry) {
      return;
    }
    this.#current.show(frame);
    const { task } = entry.sheet;
    const acceptedAt = task.acceptedAt === undefined ? Date.now() : Date.parse(task.acceptedAt);
    this.#states.begin({
      phase: 'labeling',
      sheet: entry.sheet,
      acceptedAt,
      isSaving: false,
      ...(entry.obstacle && { obstacle: entry.obstacle }),
    });
    if (entry.obstacle) {
      frame.block();
    } else {
      frame.takeKeyboard();
    }
    if (entry.isAccepted !== true) {
      entry.isAccepted = true;
      void this.#attempt(() => this.#accept(task.taskId));
    }
  }

  async #accept(taskId: string): Promise<void> {
    const { acceptedAt } = await this.#options.client.call('task.accept', { taskId }, this.#over.signal);
    if (this.#current.taskId === taskId) {
      this.#states.set({ acceptedAt: Date.parse(acceptedAt) });
    }
  }

  #onMessage(entry: Entry, message: RunMessage): void {
    const isCurrent = entry === this.#current.entry;
    switch (message.kind) {
      case 'submit':
        void this.#submit(entry, message.answer);
        return;
      case 'brokenPicture':
      case 'unsupported':
        entry.obstacle ??= message;
        if (isCurrent && this.state.phase === 'labeling') {
          this.#block(entry.obstacle);
        }
        return;
      case 'key':
        if (isCurrent) {
          this.#options.onKey(message.key);
        }
        return;
      case 'strayKey':
        this.#options.onStrayKey(message.key, { isLost: !isCurrent || this.state.obstacle !== undefined });
        return;
      case 'openExternal':
        // Activity in the frame counts as activity here, where no template can pretend it.
        if (isCurrent && navigator.userActivation.isActive) {
          void this.#attempt(() => this.#options.client.call('link.open', { url: message.url }));
        }
        return;
      case 'message':
        if (isCurrent) {
          this.#states.set({ message: message.text });
        }
        return;
    }
  }

  async #saving(work: () => Promise<void>): Promise<void> {
    await this.#act(async () => {
      this.#states.set({ isSaving: true });
      await work();
    });
  }

  async #act(work: () => Promise<void>): Promise<void> {
    await this.#acts.run(() => this.#attemptToEnd(work));
  }

  async #attemptToEnd(work: () => Promise<void>): Promise<void> {
    await this.#attempt(work);
    this.#states.set({ isSaving: false });
  }

  /** Whatever goes wrong with a task is shown over it, with a way on. */
  async #attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.#over.signal.aborted || Failure.is(error, 'portal.signedOut')) {
        return; // The host shows where to sign in.
      }
      this.#block(obstacleOf(error));
      this.#current.unlock();
      this.#options.onRefused();
    }
  }

  #block(obstacle: Obstacle): void {
    this.#current.block();
    this.#states.set({ obstacle, isSaving: false });
  }
}
