import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.js';
import type { LabelingFunctions } from '../functions/labelingFunctions.js';
import type { Identity } from '../http/services.js';
import { inTransaction } from '../store/database.js';
import type { ObjectStorage, ObjectStorages } from '../store/objectStorage.js';
import { openNextBatch } from './batches.js';
import { closeJob } from './closing.js';
import { consolidateDue, nextSettling } from './consolidations.js';
import { labelCounters, objectCounts } from './counters.js';
import { expireObjects, longestJobMs, nextDeadline } from './deadlines.js';
import { takeIn } from './intake.js';
import { hasObjects, isOutputBehind, type Job, moveOn, setStatus } from './jobRecords.js';
import { labelMasks } from './maskLabels.js';
import type { Masks } from './masks.js';
import { writeConsolidations, writeManifest } from './outputFiles.js';
import { labelByFunction } from './postAnnotation.js';
import { expireTasks } from './takeBack.js';

export interface JobStepsDependencies {
  readonly database: DatabaseSync;
  readonly storages: ObjectStorages;
  readonly functions: LabelingFunctions;
  readonly masks: Masks;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

const notDoneInTime = 'ClientError: The labeling job was not done after 30 days. Chain a new job to it to go on.';

/** Something that is missing now may be there soon. */
export const retryAfterMs = 5_000;

const manifestEveryMs = 30_000;
/** A manifest that takes long to write is written less often: writing is at most this part of the time. */
const writingPart = 1 / 20;

const now = 0;
const never = Number.POSITIVE_INFINITY;

/**
 * What there is to do for a labeling job. It follows from the records alone, so that a server that was killed goes on
 * where it was; every step is a commit of its own.
 */
export class JobSteps {
  readonly #dependencies: JobStepsDependencies;
  /** When the output manifest of a job may be written again while its batch is being worked on. */
  readonly #manifestDue = new Map<number, number>();

  readonly #functionAwaySince = new Map<number, number>();
  readonly #unmergedSince = new Map<string, number>();

  constructor(dependencies: JobStepsDependencies) {
    this.#dependencies = dependencies;
  }

  /** Does one thing. Resolves to the time at which the job must next be looked at: 0 for at once, infinity for never. */
  async next(job: Job): Promise<number> {
    switch (job.status) {
      case 'Initializing':
        await takeIn(this.#dependencies.database, this.#with(job).objects, job);
        this.#become(job, 'InProgress');
        return now;
      case 'InProgress':
        return this.#progress(job);
      case 'Stopping':
        return this.#windUp(job);
      case 'Completed':
      case 'Stopped':
      case 'Failed':
        return never;
    }
  }

  /** Ends a job that is lost. Labels that its workers have earned are made first. */
  fail(job: Job, reason: string): void {
    const { database, clock } = this.#dependencies;
    if (job.status === 'InProgress') {
      setStatus(database, job, { status: 'Stopping', now: clock.now(), reason });
      return;
    }
    this.#end(job, reason);
  }

  async #progress(job: Job): Promise<number> {
    const { database, clock } = this.#dependencies;
    const time = clock.now();
    if (time.getTime() >= job.createdAt + longestJobMs) {
      // Workers hear at once that it is over: an answer that came while the last labels are made would be lost.
      this.fail(job, notDoneInTime);
      return now;
    }
    inTransaction(database, () => expireTasks(database, time));
    expireObjects(database, job, time);
    const hasConsolidated = consolidateDue(database, job, time);
    if (!(await this.#finishConsolidations(job))) {
      return this.#later();
    }
    if (hasConsolidated) {
      return now;
    }
    if (hasObjects(database, job, 'open')) {
      await this.#writeManifestNowAndThen(job);
      return this.#nextLook(job);
    }
    if (job.iteration > 0) {
      await this.#writeManifest(job); // A batch ends with nothing left to write; the next one waits for it.
    }
    if (hasObjects(database, job, 'answered') || hasObjects(database, job, 'open')) {
      return now; // An answer was taken back, or one came, while the files were being written.
    }
    if (!(await openNextBatch(this.#with(job), job))) {
      await this.#writeManifest(job);
      this.#become(job, 'Completed');
    }
    return now; // Or it was stopped at the last moment.
  }

  /** Takes the tasks back from the workers, and makes labels of all that was answered. */
  async #windUp(job: Job): Promise<number> {
    const { database, clock } = this.#dependencies;
    closeJob(database, job, clock.now());
    while (consolidateDue(database, job, clock.now())) {
      // Fifty objects at a time.
    }
    if (!(await this.#finishConsolidations(job))) {
      return this.#later();
    }
    await this.#writeManifest(job);
    if (job.failureReason === undefined) {
      this.#become(job, 'Stopped');
    } else {
      this.#end(job, job.failureReason);
    }
    return never;
  }

  /** Makes what labels are missing, and writes the files; also what a crash left behind. */
  async #finishConsolidations(job: Job): Promise<boolean> {
    const dependencies = this.#with(job);
    const isLabeled = await labelByFunction({ ...dependencies, awaySince: this.#functionAwaySince }, job);
    await labelMasks({ ...dependencies, unmergedSince: this.#unmergedSince }, job);
    await writeConsolidations(dependencies, job);
    return isLabeled;
  }

  #with({ storage }: Job): JobStepsDependencies & { readonly objects: ObjectStorage } {
    return { ...this.#dependencies, objects: this.#dependencies.storages.of(storage) };
  }

  #later(): number {
    return this.#dependencies.clock.now().getTime() + retryAfterMs;
  }

  #become(job: Job, status: 'InProgress' | 'Completed' | 'Stopped'): void {
    const { database, clock, log } = this.#dependencies;
    if (moveOn(database, job, { status, now: clock.now() })) {
      const { TotalLabeled, FailedNonRetryableError, Unlabeled } = labelCounters(objectCounts(database, job.id));
      const counters = `${TotalLabeled} labeled, ${FailedNonRetryableError} failed, ${Unlabeled} unlabeled`;
      log(`labeling job "${job.name}": ${status} (${counters})`);
    }
  }

  #end(job: Job, reason: string): void {
    const { database, clock, log } = this.#dependencies;
    setStatus(database, job, { status: 'Failed', now: clock.now(), reason });
    log(`labeling job "${job.name}": Failed. ${reason}`);
  }

  async #writeManifest(job: Job): Promise<void> {
    const { clock } = this.#dependencies;
    const startedAt = clock.now().getTime();
    await writeManifest(this.#with(job), job);
    const endedAt = clock.now().getTime();
    const restMs = (endedAt - startedAt) / writingPart;
    this.#manifestDue.set(job.id, endedAt + Math.max(manifestEveryMs, restMs));
  }

  /** In the middle of a batch the manifest may lag: a large one would be written again with every answer. */
  async #writeManifestNowAndThen(job: Job): Promise<void> {
    if (this.#dependencies.clock.now().getTime() >= (this.#manifestDue.get(job.id) ?? 0)) {
      await this.#writeManifest(job);
    }
  }

  #nextLook(job: Job): number {
    const { database } = this.#dependencies;
    return Math.min(
      nextDeadline(database, job),
      nextSettling(database, job) ?? never,
      isOutputBehind(database, job) ? (this.#manifestDue.get(job.id) ?? 0) : never,
    );
  }
}
