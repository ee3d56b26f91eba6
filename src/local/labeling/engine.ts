import { functionPatienceMs, FunctionUnavailable } from '../functions/labelingFunctions.js';
import { ServiceError } from '../http/serviceError.js';
import { JobFailure } from './intake.js';
import { StorageAway } from '../remote/storageAway.js';
import { activeJobs, isActive, jobById, type JobRow } from './jobRecords.js';
import { JobSteps, type JobStepsDependencies, retryAfterMs } from './jobSteps.js';

export interface EngineDependencies extends JobStepsDependencies {
  /** Told after each step of a job: its records have changed. */
  readonly onStep: () => void;
}

/** Timers cannot wait longer than 24 days. */
const longestSleepMs = 24 * 60 * 60_000;

/**
 * Moves labeling jobs on, whenever something has happened to one or a deadline has come. Each goes its own way, so that
 * none waits for what another one is writing or for its functions.
 */
export class LabelingEngine {
  readonly #dependencies: EngineDependencies;
  readonly #steps: JobSteps;
  readonly #due = new Set<number>();
  readonly #running = new Map<number, Promise<void>>();
  readonly #timers = new Map<number, { dispose(): void }>();
  /** Since when the pre-annotation function of a job cannot be called. */
  readonly #stuckSince = new Map<number, number>();
  /** What keeps the storage of a job from being used by it. */
  readonly #waits = new Map<number, string>();
  #isStopped = true;

  constructor(dependencies: EngineDependencies) {
    this.#dependencies = dependencies;
    this.#steps = new JobSteps(dependencies);
  }

  start(): void {
    this.#isStopped = false;
    for (const { id } of activeJobs(this.#dependencies.database)) {
      this.wake(id);
    }
  }

  /** The storage can be used again, perhaps: jobs that wait for it are looked at now. */
  wakeOf(storage: string): void {
    for (const { id } of activeJobs(this.#dependencies.database).filter((job) => job.storage === storage)) {
      this.wake(id);
    }
  }

  /** What an active job waits for, other than its workers, in a sentence. */
  waitingFor(job: Pick<JobRow, 'id' | 'status' | 'storage'>): string | undefined {
    return isActive(job)
      ? (this.#dependencies.storages.problem(job.storage ?? undefined)?.message ?? this.#waits.get(job.id))
      : undefined;
  }

  /** Resolves when nothing is being written any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#due.clear();
    for (const timer of this.#timers.values()) {
      timer.dispose();
    }
    this.#timers.clear();
    await this.idle();
  }

  /** Resolves when all that was due has been done. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) {
      await Promise.all(this.#running.values());
    }
  }

  wake(jobId: number): void {
    if (this.#isStopped) {
      return;
    }
    this.#due.add(jobId);
    if (!this.#running.has(jobId)) {
      this.#running.set(jobId, this.#run(jobId));
    }
  }

  async #run(id: number): Promise<void> {
    await Promise.resolve(); // Whoever wakes the engine is not kept waiting by the first step.
    while (this.#due.delete(id)) {
      await this.#advance(id);
    }
    this.#running.delete(id);
  }

  /** Never throws: nobody waits for the engine's work. */
  async #advance(id: number): Promise<void> {
    try {
      for (let lookAt = 0; lookAt === 0 && !this.#isStopped;) {
        lookAt = await this.#steps.next(jobById(this.#dependencies.database, id));
        this.#stuckSince.delete(id);
        this.#waits.delete(id);
        this.#dependencies.onStep();
        this.#wakeAt(id, lookAt);
      }
    } catch (error) {
      this.#stumble(id, error);
    }
  }

  /** A job that is lost fails. What may be over soon, such as a full disk, is tried again. */
  #stumble(id: number, error: unknown): void {
    if (this.#isStopped) {
      return; // Its work was broken off, and is taken up at the next start.
    }
    const { database, clock, log } = this.#dependencies;
    const reason = failureReason(error) ?? (this.#isStuckForGood(id, error) ? error.message : undefined);
    try {
      const job = jobById(database, id);
      if (reason !== undefined) {
        this.#steps.fail(job, `ClientError: ${reason}`);
        this.wake(id);
        return;
      }
      const said = described(error);
      if (this.#waits.get(id) !== said) {
        log(`labeling job "${job.name}": ${said}`); // Once, and not with each attempt.
      }
      this.#wait(id, error);
    } catch (other) {
      log(`labeling job ${id}: ${described(error)}; and its records cannot be used: ${described(other)}`);
    }
    this.#wakeAt(id, clock.now().getTime() + retryAfterMs);
  }

  #wait(id: number, error: unknown): void {
    if (error instanceof StorageAway) {
      this.#waits.set(id, error.message);
    } else {
      this.#waits.delete(id);
    }
  }

  #isStuckForGood(id: number, error: unknown): error is FunctionUnavailable {
    if (!(error instanceof FunctionUnavailable)) {
      return false;
    }
    const time = this.#dependencies.clock.now().getTime();
    const since = this.#stuckSince.get(id) ?? time;
    this.#stuckSince.set(id, since);
    return time >= since + functionPatienceMs;
  }

  #wakeAt(jobId: number, time: number): void {
    this.#timers.get(jobId)?.dispose();
    this.#timers.delete(jobId);
    if (this.#isStopped || time === 0 || time === Number.POSITIVE_INFINITY) {
      return;
    }
    const { clock } = this.#dependencies;
    const delayMs = Math.min(Math.max(time - clock.now().getTime(), 0), longestSleepMs);
    this.#timers.set(
      jobId,
      clock.after(delayMs, () => this.wake(jobId)),
    );
  }
}

/** Why the job is lost; `undefined` for what may be over when it is tried again. */
function failureReason(error: unknown): string | undefined {
  if (error instanceof JobFailure) {
    return error.message;
  }
  return error instanceof ServiceError && error.code.startsWith('NoSuch') ? error.message : undefined;
}

function described(error: unknown): string {
  if (error instanceof FunctionUnavailable || error instanceof StorageAway) {
    return error.message; // It is somebody else's code that cannot be called: our stack says nothing about it.
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
