import type { JsonObject } from '../../src/core/json.js';
import type { TaskSheet } from '../../src/core/portal/portalView.js';
import { Failure } from '../../src/core/failure.js';
import type { ForwardedKey } from '../../src/protocol/taskFrame.js';
import { type Obstacle, obstacleOf, type RunState, type TaskRunOptions } from './runState.js';
import type { TaskMessage } from './taskFrame.js';
import { anew, discard, type Entry, retire, TaskRenderer } from './taskRenderer.js';

/** Tasks that are held beyond the current one, their pictures fetched. */
const tasksAhead = 5;
/** Held tasks go back to the pool after a while: asking again keeps them. */
const renewEveryMs = 60_000;

/**
 * A worker's way through the tasks of one job. The next ones lie ready beneath the current one, and the page goes on
 * when, and only when, the answer is on disk.
 */
export class TaskRun {
  readonly #options: TaskRunOptions;
  readonly #renderer: TaskRenderer;
  readonly #over = new AbortController();
  readonly #renewing: ReturnType<typeof setInterval>;
  #upcoming: Entry[] = [];
  #current: Entry | undefined;
  /** Tasks that are dealt with: a list that was asked for before may still have them. */
  readonly #closed = new Set<string>();
  #refilling: Promise<void> | undefined;
  #isChecking = false;
  #state: RunState;

  constructor(options: TaskRunOptions) {
    const { client, view } = options;
    this.#options = options;
    this.#renderer = new TaskRenderer({
      client,
      container: options.container,
      autoAdvance: view.autoAdvance,
      draft: (taskId) => options.draft.get(taskId),
      signal: this.#over.signal,
      onMessage: (entry, message) => this.#onMessage(entry, message),
      onGone: (entry) => (entry === this.#current ? void this.#showAgain(entry) : discard(entry)),
    });
    this.#state = { phase: 'loading', isSaving: false, canUndo: view.progress.done > 0, progress: view.progress };
    this.#renewing = setInterval(() => void this.#refill().catch(() => undefined), renewEveryMs); // The next one may work.
    void this.#attempt(() => this.#advance());
  }

  get state(): RunState {
    return this.#state;
  }

  dispose(): void {
    this.#over.abort();
    clearInterval(this.#renewing);
    for (const entry of [...this.#upcoming, ...(this.#current ? [this.#current] : [])]) {
      discard(entry);
    }
  }

  press(key: ForwardedKey): void {
    if (!this.#state.obstacle && !this.#state.isSaving) {
      void this.#current?.frame?.then((frame) => frame.press(key));
    }
  }

  takeKeyboard(): void {
    if (!this.#state.obstacle) {
      void this.#current?.frame?.then((frame) => frame.takeKeyboard());
    }
  }

  /** Shows the current task anew, its pictures read again; the next one where it could not be had. */
  async retry(): Promise<void> {
    await (this.#current ? this.#showAgain(this.#current) : this.next());
  }

  /** Leaves the current task where it is and goes to the next. */
  async next(): Promise<void> {
    await this.#attempt(() => this.#advance());
  }

  async decline(): Promise<void> {
    const taskId = this.#current?.sheet.task.taskId;
    if (taskId === undefined || this.#state.isSaving) {
      return;
    }
    await this.#saving(async () => {
      await this.#options.client.call('task.decline', { taskId }, this.#over.signal);
      await this.#finished(taskId);
    });
  }

  async undo(): Promise<void> {
    if (!this.#state.canUndo || this.#state.isSaving) {
      return;
    }
    await this.#saving(async () => {
      try {
        const sheet = await this.#options.client.call('answer.undo', undefined, this.#over.signal);
        this.#closed.delete(sheet.task.taskId);
        this.#count(-1);
        const before = this.#current;
        if (before) {
          void before.frame?.then((frame) => frame.hide());
          this.#upcoming = [before, ...this.#upcoming];
        }
        await this.#show({ sheet, isAccepted: true });
      } catch (error) {
        if (!Failure.is(error, 'portal.nothingToUndo')) {
          throw error;
        }
        this.#set({ canUndo: false, message: error.details.reason });
      }
    });
  }

  /** Finds out whether the current task can still be answered: its job may have ended, or its worker left the team. */
  async check(): Promise<void> {
    const entry = this.#current;
    if (!entry || this.#isChecking || this.#state.phase !== 'labeling' || !this.#isIdle()) {
      return;
    }
    this.#isChecking = true;
    try {
      await this.#options.client.call('task.accept', { taskId: entry.sheet.task.taskId }, this.#over.signal);
    } catch (error) {
      // Whatever else is wrong shows when something is asked of the portal that matters.
      if (Failure.is(error, 'portal.taskGone') && entry === this.#current && this.#isIdle()) {
        this.#block(obstacleOf(error));
      }
    } finally {
      this.#isChecking = false;
    }
  }

  /** Whether the task is on screen with nothing over it, and no answer to it is on its way. */
  #isIdle(): boolean {
    return !this.#state.obstacle && !this.#state.isSaving;
  }

  /** The task's time is over: the portal takes it back. */
  expire(): void {
    this.#block({ kind: 'timeUp' });
  }

  async #showAgain(entry: Entry): Promise<void> {
    await this.#attempt(async () => {
      discard(entry);
      await this.#show(anew(entry));
    });
  }

  async #submit(entry: Entry, answer: JsonObject): Promise<void> {
    if (entry !== this.#current || this.#state.isSaving || this.#state.obstacle) {
      void entry.frame?.then((frame) => frame.unlock()); // It may become the current one again, or the way be clear.
      return;
    }
    const { taskId } = entry.sheet.task;
    await this.#saving(async () => {
      const { isUndoable } = await this.#options.client.call('task.submit', { taskId, answer }, this.#over.signal);
      this.#set({ canUndo: isUndoable });
      await this.#finished(taskId);
    });
  }

  async #finished(taskId: string): Promise<void> {
    this.#closed.add(taskId);
    this.#count(1);
    await this.#advance();
  }

  #count(step: 1 | -1): void {
    const { done, total } = this.#state.progress;
    this.#state = { ...this.#state, progress: { done: Math.max(0, done + step), total } }; // Shown with the next task.
  }

  async #advance(): Promise<void> {
    const before = this.#current;
    this.#current = undefined;
    try {
      if (this.#upcoming.length === 0) {
        this.#set({ phase: 'loading' });
        await this.#refill();
      }
      const next = this.#upcoming.shift();
      if (next) {
        await this.#show(next);
        void this.#attempt(() => this.#refill());
      } else {
        this.#clear({ phase: 'finished', isSaving: false });
      }
    } finally {
      if (before) {
        retire(before);
      }
    }
  }

  async #show(entry: Entry): Promise<void> {
    this.#current = entry;
    const frame = await this.#renderer.prepare(entry);
    if (this.#over.signal.aborted || this.#current !== entry) {
      return;
    }
    frame.show();
    const { task } = entry.sheet;
    const acceptedAt = task.acceptedAt === undefined ? Date.now() : Date.parse(task.acceptedAt);
    this.#clear({
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
    if (this.#current?.sheet.task.taskId === taskId) {
      this.#set({ acceptedAt: Date.parse(acceptedAt) });
    }
  }

  /** Makes what the worker holds, and what can be had beyond it, the upcoming tasks. */
  async #refill(): Promise<void> {
    this.#refilling ??= this.#take().finally(() => {
      this.#refilling = undefined;
    });
    return this.#refilling;
  }

  async #take(): Promise<void> {
    const count = tasksAhead + 1;
    const { sheets, progress } = await this.#options.client.call('tasks.take', { count }, this.#over.signal);
    const known = new Map(this.#upcoming.map((entry) => [entry.sheet.task.taskId, entry]));
    const isOpen = ({ task }: TaskSheet) =>
      !this.#closed.has(task.taskId) && task.taskId !== this.#current?.sheet.task.taskId;
    const upcoming = sheets.filter(isOpen).map((sheet) => known.get(sheet.task.taskId) ?? { sheet });
    for (const entry of this.#upcoming.filter((each) => !upcoming.includes(each))) {
      discard(entry); // Its hold ended.
    }
    this.#upcoming = upcoming;
    this.#set({ progress: { ...this.#state.progress, total: Math.max(progress.total, this.#state.progress.done) } });
    this.#renderer.ahead(upcoming);
  }

  #onMessage(entry: Entry, message: TaskMessage): void {
    switch (message.kind) {
      case 'submit':
        void this.#submit(entry, message.answer);
        return;
      case 'draft':
        this.#options.draft.set(entry.sheet.task.taskId, message.answer);
        return;
      case 'brokenPicture':
      case 'unsupported':
        entry.obstacle ??= message;
        if (entry === this.#current && this.#state.phase === 'labeling') {
          this.#block(entry.obstacle);
        }
        return;
      case 'key':
        if (entry === this.#current) {
          this.#options.onKey(message.key);
        }
        return;
      case 'openExternal':
        // Activity in the frame counts as activity here, where no template can pretend it.
        if (entry === this.#current && navigator.userActivation.isActive) {
          void this.#attempt(() => this.#options.client.call('link.open', { url: message.url }));
        }
        return;
      case 'message':
        if (entry === this.#current) {
          this.#set({ message: message.text });
        }
        return;
    }
  }

  async #saving(work: () => Promise<void>): Promise<void> {
    this.#set({ isSaving: true });
    await this.#attempt(work);
    this.#set({ isSaving: false });
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
      void this.#current?.frame?.then((frame) => frame.unlock());
    }
  }

  #block(obstacle: Obstacle): void {
    void this.#current?.frame?.then((frame) => frame.block());
    this.#set({ obstacle, isSaving: false });
  }

  #set(change: Partial<RunState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onChange();
  }

  /** A new task: nothing that was said of the one before holds. */
  #clear(change: Pick<RunState, 'phase' | 'isSaving'> & Partial<RunState>): void {
    const { canUndo, progress } = this.#state;
    this.#state = { canUndo, progress, ...change };
    this.#options.onChange();
  }
}
