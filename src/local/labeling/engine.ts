import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.js';
import { ServiceError } from '../http/serviceError.js';
import type { Identity } from '../http/services.js';
import { rowExists } from '../records.js';
import { inTransaction } from '../store/database.js';
import type { ObjectStorage } from '../store/objectStorage.js';
import { openNextBatch } from './batches.js';
import { closeJob } from './closing.js';
import { consolidateDue, nextSettling } from './consolidations.js';
import { labelCounters, objectCounts } from './counters.js';
import { expireObjects, longestJobMs, nextDeadline } from './deadlines.js';
import { JobFailure, takeIn } from './intake.js';
import { activeJobIds, hasObjects, type Job, jobById, moveOn, setStatus } from './jobRecords.js';
import { writeConsolidations, writeManifest } from './outputFiles.js';
import { expireTasks } from './takeBack.js';

export interface EngineDependencies {
  readonly database: DatabaseSync;
  readonly objects: ObjectStorage;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

const notDoneInTime = 'ClientError: The labeling job was not done after 30 days. Chain a new job to it to go on.';

const retryAfterMs = 5_000;
const manifestEveryMs = 30_000;

/** Timers cannot wait longer than 24 days. */
const longestSleepMs = 24 * 60 * 60_000;

/**
 * Moves labeling jobs on: one job at a time, whenever something has happened to it or a deadline has come. What there
 * is to do follows from the records alone, so that a server that was killed goes on where it was.
 */
export class LabelingEngine {
  readonly #dependencies: EngineDependencies;
  readonly #due = new Set<number>();
  readonly #timers = new Map<number, { dispose(): void }>();
  readonly #manifestWrittenAt = new Map<number, number>();
  #work: Promise<void> | undefined;
  #isStopped = true;

  constructor(dependencies: EngineDependencies) {
    this.#dependencies = dependencies;
  }

  start(): void {
    this.#isStopped = false;
    for (const id of activeJobIds(this.#dependencies.database)) {
      this.wake(id);
    }
  }

  /** Resolves when nothing is being written any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#due.clear();
    for (const timer of this.#timers.values()) {
      timer.dispose();
    }
    this.#timers.clear();
    await this.#work;
  }

  /** Resolves when all that was due has been done. */
  async idle(): Promise<void> {
    await this.#work;
  }

  wake(jobId: number): void {
    if (this.#isStopped) {
      return;
    }
    this.#due.add(jobId);
    this.#work ??= this.#run();
  }

  async #run(): Promise<void> {
    await Promise.resolve(); // Whoever wakes the engine is not kept waiting by the first step.
    try {
      for (const id of this.#due) {
        this.#due.delete(id);
        await this.#advance(id);
      }
    } finally {
      this.#work = undefined;
    }
  }

  /** Never throws: nobody waits for the engine's work, and the other jobs must go on. */
  async #advance(id: number): Promise<void> {
    const { database } = this.#dependencies;
    try {
      while (!this.#isStopped && (await this.#step(jobById(database, id)))) {
        // Every step is a commit of its own.
      }
    } catch (error) {
      this.#stumble(id, error);
    }
  }

  /** A job that is lost fails. What may be over soon, such as a full disk, is tried again. */
  #stumble(id: number, error: unknown): void {
    const { database, clock, log } = this.#dependencies;
    const reason = failureReason(error);
    try {
      const job = jobById(database, id);
      if (reason !== undefined) {
        this.#fail(job, `ClientError: ${reason}`);
        return;
      }
      log(`labeling job "${job.name}": ${described(error)}`);
    } catch (other) {
      log(`labeling job ${id}: ${described(error)}; and its records cannot be used: ${described(other)}`);
    }
    this.#wakeAt(id, clock.now().getTime() + retryAfterMs);
  }

  /** Does one thing. Tells whether there may be more to do now. */
  async #step(job: Job): Promise<boolean> {
    switch (job.status) {
      case 'Initializing':
        await takeIn(this.#dependencies.database, this.#dependencies.objects, job);
        this.#become(job, 'InProgress');
        return true;
      case 'InProgress':
        return this.#progress(job);
      case 'Stopping':
        return this.#windUp(job);
      case 'Completed':
      case 'Stopped':
      case 'Failed':
        return false;
    }
  }

  async #progress(job: Job): Promise<boolean> {
    const { database, clock } = this.#dependencies;
    const now = clock.now();
    if (now.getTime() >= job.createdAt + longestJobMs) {
      // Workers hear at once that it is over: an answer that came while the last labels are made would be lost.
      setStatus(database, job, { status: 'Stopping', now, reason: notDoneInTime });
      return true;
    }
    inTransaction(database, () => expireTasks(database, now));
    expireObjects(database, job, now);
    if (consolidateDue(database, job, now)) {
      await writeConsolidations(this.#dependencies, job);
      return true;
    }
    await writeConsolidations(this.#dependencies, job); // Those that a crash left behind.
    if (hasObjects(database, job, 'open')) {
      await this.#writeManifestNowAndThen(job);
      this.#sleep(job);
      return false;
    }
    if (job.iteration > 0) {
      await this.#writeManifest(job); // A batch ends with nothing left to write; the next one waits for it.
    }
    if (hasObjects(database, job, 'answered') || hasObjects(database, job, 'open')) {
      return true; // An answer was taken back, or one came, while the files were being written.
    }
    if (!(await openNextBatch(this.#dependencies, job))) {
      await this.#writeManifest(job);
      this.#become(job, 'Completed');
    }
    return true; // Or it was stopped at the last moment.
  }

  async #windUp(job: Job): Promise<boolean> {
    await this.#finish(job);
    if (job.failureReason === undefined) {
      this.#become(job, 'Stopped');
    } else {
      this.#fail(job, job.failureReason);
    }
    return false;
  }

  /** Takes the tasks back from the workers, and makes labels of all that was answered. */
  async #finish(job: Job): Promise<void> {
    const { database, clock } = this.#dependencies;
    closeJob(database, job, clock.now());
    while (consolidateDue(database, job, clock.now())) {
      await writeConsolidations(this.#dependencies, job);
    }
    await writeConsolidations(this.#dependencies, job);
    await this.#writeManifest(job);
  }

  #become(job: Job, status: 'InProgress' | 'Completed' | 'Stopped'): void {
    const { database, clock, log } = this.#dependencies;
    if (moveOn(database, job, { status, now: clock.now() })) {
      const { TotalLabeled, FailedNonRetryableError, Unlabeled } = labelCounters(objectCounts(database, job.id));
      const counters = `${TotalLabeled} labeled, ${FailedNonRetryableError} failed, ${Unlabeled} unlabeled`;
      log(`labeling job "${job.name}": ${status} (${counters})`);
    }
  }

  #fail(job: Job, reason: string): void {
    const { database, clock, log } = this.#dependencies;
    setStatus(database, job, { status: 'Failed', now: clock.now(), reason });
    log(`labeling job "${job.name}": Failed. ${reason}`);
  }

  async #writeManifest(job: Job): Promise<void> {
    await writeManifest(this.#dependencies, job);
    this.#manifestWrittenAt.set(job.id, this.#dependencies.clock.now().getTime());
  }

  /** In the middle of a batch the manifest may lag: a large one would be written again with every answer. */
  async #writeManifestNowAndThen(job: Job): Promise<void> {
    const writtenAt = this.#manifestWrittenAt.get(job.id) ?? 0;
    if (this.#dependencies.clock.now().getTime() >= writtenAt + manifestEveryMs) {
      await this.#writeManifest(job);
    }
  }

  #sleep(job: Job): void {
    const { database } = this.#dependencies;
    const isBehind = rowExists(
      database,
      'SELECT 1 FROM labeling_jobs WHERE id = ? AND revision <> written_revision',
      job.id,
    );
    const never = Number.POSITIVE_INFINITY;
    this.#wakeAt(
      job.id,
      Math.min(
        nextDeadline(database, job),
        nextSettling(database, job) ?? never,
        isBehind ? (this.#manifestWrittenAt.get(job.id) ?? 0) + manifestEveryMs : never,
      ),
    );
  }

  #wakeAt(jobId: number, time: number): void {
    if (this.#isStopped) {
      return;
    }
    const { clock } = this.#dependencies;
    this.#timers.get(jobId)?.dispose();
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
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
