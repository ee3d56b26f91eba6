import type { TaskSheet } from '../../src/core/portal/portalView.js';
import type { Client } from '../../src/protocol/channel.js';
import type { LabelingPage } from '../../src/protocol/labelingPage.js';
import { discard, type Entry, type TaskRenderer } from './taskRenderer.js';

/** Tasks that are held beyond the current one, their pictures fetched. */
const tasksAhead = 5;
/** Held tasks go back to the pool after a while: asking again keeps them. */
const renewEveryMs = 60_000;

export interface UpcomingTasksOptions {
  readonly client: Client<LabelingPage>;
  readonly renderer: TaskRenderer;
  /** Ends what is being asked. */
  readonly signal: AbortSignal;
  readonly currentTaskId: () => string | undefined;
  /** Told how many objects there are to deal with, whenever the portal says it. */
  readonly onTotal: (total: number) => void;
}

/** The tasks that a worker holds beyond the current one, in the order in which they come. */
export class UpcomingTasks {
  readonly #options: UpcomingTasksOptions;
  readonly #renewing: ReturnType<typeof setInterval>;
  #entries: Entry[] = [];
  /** Tasks that are dealt with: a list that was asked for before may still have them. */
  readonly #closed = new Set<string>();
  #refilling: Promise<void> | undefined;

  constructor(options: UpcomingTasksOptions) {
    this.#options = options;
    this.#renewing = setInterval(() => void this.refill().catch(() => undefined), renewEveryMs); // The next one may work.
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** Takes the next one out. */
  shift(): Entry | undefined {
    return this.#entries.shift();
  }

  /** It comes next, once more. */
  putBack(entry: Entry): void {
    this.#entries = [entry, ...this.#entries];
  }

  close(taskId: string): void {
    this.#closed.add(taskId);
  }

  reopen(taskId: string): void {
    this.#closed.delete(taskId);
  }

  /** Makes what the worker holds, and what can be had beyond it, the upcoming tasks. */
  async refill(): Promise<void> {
    this.#refilling ??= this.#take().finally(() => {
      this.#refilling = undefined;
    });
    return this.#refilling;
  }

  dispose(): void {
    clearInterval(this.#renewing);
    this.#entries.forEach(discard);
  }

  async #take(): Promise<void> {
    const { client, renderer, signal, currentTaskId, onTotal } = this.#options;
    const { sheets, progress } = await client.call('tasks.take', { count: tasksAhead + 1 }, signal);
    const known = new Map(this.#entries.map((entry) => [entry.sheet.task.taskId, entry]));
    const isOpen = ({ task }: TaskSheet) => !this.#closed.has(task.taskId) && task.taskId !== currentTaskId();
    const upcoming = sheets.filter(isOpen).map((sheet) => known.get(sheet.task.taskId) ?? { sheet });
    for (const entry of this.#entries.filter((each) => !upcoming.includes(each))) {
      discard(entry); // Its hold ended.
    }
    this.#entries = upcoming;
    onTotal(progress.total);
    renderer.ahead(upcoming);
  }
}
