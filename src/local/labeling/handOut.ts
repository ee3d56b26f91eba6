import type { DatabaseSync } from 'node:sqlite';
import type { PortalJob, PortalTask } from '../../core/portal/workerPortal.js';
import type { Clock } from '../clock.js';
import type { Identity } from '../http/services.js';
import { query, rowExists, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { closeObject } from './closing.js';
import { countFree, countRemaining, holdObjects } from './freeObjects.js';
import { jobArn } from './jobArn.js';
import { type Job, jobOf, type JobRow } from './jobRecords.js';
import { recordWorkerEvent } from './labelingEvents.js';
import { Refusal } from './refusal.js';
import { type ObjectTask, ownTask, portalTask, type TaskRow } from './taskRecords.js';
import { expireTasks, takeBackFetched, takeBackTasks } from './takeBack.js';
import { isTeamMember, type Worker } from './workers.js';

export interface HandOutDependencies {
  readonly database: DatabaseSync;
  readonly identity: Identity;
  readonly clock: Clock;
  /** Tells the engine that a job has something to do. */
  readonly wake: (jobId: number) => void;
}

/** Long enough to look at a picture that was fetched ahead; asking for tasks again renews it. */
const holdMs = 2 * 60_000;
const mostTasksAtOnce = 50;
const held = ['held', 'accepted'] as const;

export function listJobs(dependencies: HandOutDependencies, worker: Worker): readonly PortalJob[] {
  const { database, identity, clock } = dependencies;
  inTransaction(database, () => expireTasks(database, clock.now()));
  const rows = query<JobRow>(
    database,
    `SELECT * FROM labeling_jobs WHERE status = 'InProgress' ORDER BY created_at DESC`,
  ).all();
  return rows
    .map(jobOf)
    .filter((job) => isTeamMember(database, job.workteam, worker))
    .map((job) => ({ job, availableTasks: countTasks(database, job, worker) }))
    .filter(({ availableTasks }) => availableTasks > 0)
    .map(({ job, availableTasks }) => ({
      jobReferenceCode: job.referenceCode,
      labelingJobName: job.name,
      labelingJobArn: jobArn(job, identity),
      taskTitle: job.request.HumanTaskConfig.TaskTitle,
      taskDescription: job.request.HumanTaskConfig.TaskDescription,
      customerId: identity.accountId,
      creationTime: new Date(job.createdAt).toISOString(),
      status: rowExists(database, 'SELECT 1 FROM labeling_pauses WHERE job = ? AND sub = ?', job.id, worker.sub)
        ? 'Paused'
        : 'Available',
      availableTasks,
      finishedTasks: tasksIn(database, job, { worker, states: ['submitted', 'declined'] }),
      remainingTasks: countRemaining(database, job, worker),
    }));
}

export function template({ database }: HandOutDependencies, worker: Worker, reference: string): string {
  const row = referencedJob(database, worker, reference);
  return row.template ?? '';
}

/**
 * What the worker holds comes first, in the order in which it was handed out; then the next objects of the manifest.
 * What was fetched ahead in another job goes back: that is not where the worker is.
 */
export function takeTasks(
  { database, identity, clock }: HandOutDependencies,
  worker: Worker,
  { jobReferenceCode, count }: { readonly jobReferenceCode: string; readonly count: number },
): readonly PortalTask[] {
  const now = clock.now();
  const wanted = Math.min(count, mostTasksAtOnce);
  const row = referencedJob(database, worker, jobReferenceCode);
  if (row.status !== 'InProgress') {
    return [];
  }
  const job = jobOf(row);
  const tasks = inTransaction(database, () => {
    expireTasks(database, now);
    takeBackFetched(database, worker, { exceptIn: job.id, now });
    run(database, 'DELETE FROM labeling_pauses WHERE job = ? AND sub = ?', job.id, worker.sub);
    renewHolds(database, job, { worker, until: now.getTime() + holdMs });
    const heldTasks = tasksIn(database, job, { worker, states: held });
    const until = now.getTime() + holdMs;
    holdObjects(database, job, { worker, isIdle: heldTasks === 0, count: wanted - heldTasks, until });
    return query<ObjectTask>(
      database,
      `SELECT labeling_tasks.*, line, task_input, labeling_objects.state AS object_state FROM labeling_tasks
         JOIN labeling_objects ON labeling_objects.job = labeling_tasks.job AND labeling_objects.id = object
       WHERE labeling_tasks.job = ? AND sub = ? AND labeling_tasks.state IN ('held', 'accepted')
       ORDER BY labeling_tasks.state, number LIMIT ?`,
    ).all(job.id, worker.sub, wanted);
  });
  return tasks.map((task) => portalTask(job, task, identity.accountId));
}

/** Starts the task's clock, once. */
export function acceptTask({ database, identity, clock }: HandOutDependencies, worker: Worker, id: string): PortalTask {
  const now = clock.now().getTime();
  inTransaction(database, () => expireTasks(database, clock.now()));
  const { task, job } = ownTask(database, worker, id);
  if (task.state === 'accepted') {
    return portalTask(job, task, identity.accountId);
  }
  requireWorkable(task, job);
  const accepted = { accepted_at: now, expires_at: now + job.timeLimitMs };
  inTransaction(database, () => {
    run(
      database,
      `UPDATE labeling_tasks SET state = 'accepted', accepted_at = ?, expires_at = ? WHERE id = ?`,
      accepted.accepted_at,
      accepted.expires_at,
      id,
    );
    recordWorkerEvent(database, { ...task, ...accepted }, { type: 'TasksAccepted', now: clock.now() });
    // What the worker has fetched ahead stays theirs for as long as this task may take.
    renewHolds(database, job, { worker, until: accepted.expires_at + holdMs });
  });
  return portalTask(job, { ...task, ...accepted, state: 'accepted' }, identity.accountId);
}

export function declineTask({ database, clock, wake }: HandOutDependencies, worker: Worker, id: string): void {
  const now = clock.now();
  const jobId = inTransaction(database, () => {
    const { task, job } = ownTask(database, worker, id);
    if (task.state === 'declined') {
      return job.id;
    }
    requireWorkable(task, job);
    run(database, `UPDATE labeling_tasks SET state = 'declined' WHERE id = ?`, id);
    recordWorkerEvent(database, task, { type: 'TasksDeclined', now });
    const declines = query<TaskRow>(
      database,
      `SELECT * FROM labeling_tasks WHERE job = ? AND object = ? AND state = 'declined'`,
    ).all(job.id, task.object);
    if (declines.length >= job.workersPerObject) {
      closeObject(database, job, { id: task.object, now });
    }
    return job.id;
  });
  wake(jobId);
}

/** The worker leaves the job: what was fetched ahead goes back with the task. */
export function releaseTask({ database, clock, wake }: HandOutDependencies, worker: Worker, id: string): void {
  const task = query<TaskRow>(database, 'SELECT * FROM labeling_tasks WHERE id = ? AND sub = ?').one(id, worker.sub);
  if (task !== undefined) {
    inTransaction(database, () => {
      takeBackTasks(database, { id, sub: worker.sub }, clock.now());
      takeBackTasks(database, { job: task.job, sub: worker.sub, state: 'held' }, clock.now());
    });
    wake(task.job);
  }
}

export function stopWorking({ database, clock, wake }: HandOutDependencies, worker: Worker, reference: string): void {
  const { id } = referencedJob(database, worker, reference);
  inTransaction(database, () => {
    takeBackTasks(database, { job: id, sub: worker.sub }, clock.now());
    run(database, 'INSERT OR IGNORE INTO labeling_pauses (job, sub) VALUES (?, ?)', id, worker.sub);
  });
  wake(id);
}

export function requireWorkable(task: ObjectTask, job: Job): void {
  if (job.status !== 'InProgress') {
    throw new Refusal('TaskGone', `The labeling job "${job.name}" takes no more answers: it is ${job.status}.`);
  }
  if (task.object_state !== 'open') {
    throw new Refusal('TaskGone', 'The object wants no more answers.');
  }
  if (task.state === 'submitted' || task.state === 'declined') {
    throw new Refusal('TaskGone', `The task was already ${task.state}.`);
  }
}

export function referencedJob(database: DatabaseSync, worker: Worker, reference: string): JobRow {
  const row = query<JobRow>(database, 'SELECT * FROM labeling_jobs WHERE reference_code = ?').one(reference);
  if (row === undefined || !isTeamMember(database, row.workteam, worker)) {
    throw new Refusal('NotFound', 'There is no such labeling job for you.');
  }
  return row;
}

function renewHolds(
  database: DatabaseSync,
  job: Job,
  { worker, until }: { readonly worker: Worker; readonly until: number },
): void {
  run(
    database,
    `UPDATE labeling_tasks SET expires_at = MAX(expires_at, ?) WHERE job = ? AND sub = ? AND state = 'held'`,
    until,
    job.id,
    worker.sub,
  );
}

/** Tasks that the worker has, and objects that could be had now. It only looks: what is overdue goes back by itself. */
export function countTasks(database: DatabaseSync, job: Job, worker: Worker): number {
  const own = tasksIn(database, job, { worker, states: held });
  return own + countFree(database, job, { worker, isIdle: own === 0 });
}

function tasksIn(
  database: DatabaseSync,
  job: Job,
  { worker, states }: { readonly worker: Worker; readonly states: readonly TaskRow['state'][] },
): number {
  const row = query<{ readonly count: number }>(
    database,
    `SELECT COUNT(*) AS count FROM labeling_tasks
     WHERE job = ? AND sub = ? AND state IN (${states.map(() => '?').join()})`,
  ).one(job.id, worker.sub, ...states);
  return row?.count ?? 0;
}
