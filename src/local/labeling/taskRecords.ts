import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../core/json.js';
import type { LabelCategory } from '../../core/labels/labelCategories.js';
import { parseInputLine } from '../../core/manifest/inputManifestLine.js';
import type { PortalTask } from '../../core/portal/workerPortal.js';
import { query } from '../records.js';
import { type Job, jobById, type ObjectState } from './jobRecords.js';
import { Refusal } from './refusal.js';
import type { UndoneAnswer } from './takeBack.js';
import { isTeamMember, type Worker } from './workers.js';

/** A worker's share in one object. There is one at most, and a declined one stays: nobody sees an object twice. */
export interface TaskRow {
  readonly number: number;
  readonly id: string;
  readonly job: number;
  readonly object: number;
  readonly sub: string;
  readonly pool_id: string;
  readonly state: 'held' | 'accepted' | 'submitted' | 'declined';
  /** When the hold, or the time limit, ends. */
  readonly expires_at: number;
  readonly accepted_at: number | null;
  readonly submitted_at: number | null;
  readonly answer: string | null;
  /** An `UndoneAnswer`, as JSON. */
  readonly previous_answer: string | null;
}

export interface ObjectTask extends TaskRow {
  readonly line: string;
  /** What the job's own pre-annotation function made, as JSON. */
  readonly task_input: string | null;
  readonly object_state: ObjectState;
}

/** The worker's own task, with its object. Whoever has left the team has none any more. */
export function ownTask(
  database: DatabaseSync,
  worker: Worker,
  taskId: string,
): { readonly task: ObjectTask; readonly job: Job } {
  const task = query<ObjectTask>(
    database,
    `SELECT labeling_tasks.*, line, task_input, labeling_objects.state AS object_state FROM labeling_tasks
       JOIN labeling_objects ON labeling_objects.job = labeling_tasks.job AND labeling_objects.id = object
     WHERE labeling_tasks.id = ? AND sub = ?`,
  ).one(taskId, worker.sub);
  if (task === undefined) {
    throw new Refusal('TaskGone', 'The task went back to the pool: its time was up, or the job was stopped.');
  }
  const job = jobById(database, task.job);
  if (!isTeamMember(database, job.workteam, worker)) {
    throw new Refusal('TaskGone', `You are no longer in the work team of the labeling job "${job.name}".`);
  }
  return { task, job };
}

export function portalTask(job: Job, task: Omit<ObjectTask, 'number' | 'object_state'>, accountId: string): PortalTask {
  return {
    taskId: task.id,
    jobReferenceCode: job.referenceCode,
    labelingJobName: job.name,
    taskDescription: job.request.HumanTaskConfig.TaskDescription,
    customerId: accountId,
    datasetObjectId: String(task.object),
    taskInput: taskInput(job, task),
    state: task.state === 'accepted' ? 'accepted' : 'held',
    timeLimitInSeconds: job.timeLimitMs / 1_000,
    ...(task.accepted_at !== null && { acceptedAt: new Date(task.accepted_at).toISOString() }),
    expiresAt: new Date(task.expires_at).toISOString(),
    ...(task.previous_answer !== null && {
      previousAnswer: (JSON.parse(task.previous_answer) as UndoneAnswer).answer,
    }),
  };
}

/** An object's answers, in the order in which they came. */
export function answersTo(database: DatabaseSync, jobId: number, objectId: number): readonly TaskRow[] {
  return query<TaskRow>(
    database,
    `SELECT * FROM labeling_tasks WHERE job = ? AND object = ? AND state = 'submitted' ORDER BY submitted_at, number`,
  ).all(jobId, objectId);
}

/** What the template sees: made by the job's function, or the manifest line itself where there is none. */
function taskInput(job: Job, { line, task_input: input }: Pick<ObjectTask, 'line' | 'task_input'>): JsonObject {
  if (input !== null) {
    return JSON.parse(input) as JsonObject;
  }
  const parsed = parseInputLine(line, job.labelAttributeName);
  const { inputTask: task, labels } = job;
  if (task === undefined || parsed.kind !== 'object') {
    return JSON.parse(line) as JsonObject;
  }
  const { reference, content } = parsed.data;
  const isText = task.kind !== 'custom' && task.dataKey === 'source';
  return {
    taskObject: (isText ? undefined : reference?.text) ?? content ?? '',
    labels: task.kind === 'namedEntities' ? labels.map(withShortName) : labels.map(({ label }) => label),
    ...(task.kind !== 'custom' && task.showsManifestLine && { manifestLine: JSON.parse(line) as JsonObject }),
  };
}

/** Spans of a text are shown with the labels' short names. */
function withShortName({ label, shortDisplayName = label }: LabelCategory): JsonObject {
  return { label, shortDisplayName };
}
