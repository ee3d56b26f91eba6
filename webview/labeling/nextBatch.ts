import type { Client } from '../../src/protocol/channel.js';
import type { LabelingPage } from '../../src/protocol/labelingPage.js';

const lookEveryMs = 4_000;

export interface NextBatchOptions {
  readonly client: Client<LabelingPage>;
  /** The job that the worker has finished, as far as they know. */
  readonly finishedJob: () => string | undefined;
  readonly onChange: () => void;
}

/** Looks, while a worker sees that they are finished, whether the job has sent out another batch. */
export class NextBatch {
  readonly #options: NextBatchOptions;
  #isLooking = false;
  #found: { readonly job: string; readonly tasks: number } | undefined;

  constructor(options: NextBatchOptions) {
    this.#options = options;
    setInterval(() => void this.#look(), lookEveryMs);
    document.addEventListener('visibilitychange', () => void this.#look());
  }

  /** Tasks that wait for the worker in the job that they have finished. */
  get tasks(): number {
    return this.#found && this.#found.job === this.#options.finishedJob() ? this.#found.tasks : 0;
  }

  /** The list of jobs says it: to take tasks would hold them for somebody who may be gone. */
  async #look(): Promise<void> {
    const { client, finishedJob, onChange } = this.#options;
    const job = finishedJob();
    if (job === undefined || this.#isLooking || document.visibilityState === 'hidden') {
      return;
    }
    this.#isLooking = true;
    try {
      const view = await client.call('jobs.list', undefined);
      const jobs = view.kind === 'jobs' ? view.jobs : [];
      const tasks = jobs.find(({ jobReferenceCode }) => jobReferenceCode === job)?.availableTasks ?? 0;
      const before = this.tasks;
      this.#found = { job, tasks };
      if (tasks !== before) {
        onChange();
      }
    } catch {
      // It looks again soon; whatever the worker asks for meanwhile tells what is wrong.
    } finally {
      this.#isLooking = false;
    }
  }
}
