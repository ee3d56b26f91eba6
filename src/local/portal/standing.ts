import type { DatabaseSync } from 'node:sqlite';
import type { JobStanding, Standing, TaskStanding } from '../../core/portal/standing.js';
import { countTasks, type HandOutDependencies } from '../labeling/handOut.js';
import { type Job, jobOf, type JobRow, type ObjectState } from '../labeling/jobRecords.js';
import type { TaskRow } from '../labeling/taskRecords.js';
import { isTeamMember, type Worker } from '../labeling/workers.js';
import { query } from '../records.js';
import { findWorkteam } from '../sagemaker/workteams.js';

/** What has become of a job and of a task on a worker's screen. Nobody but who was in the job knows its code. */
export function standing(
  dependencies: HandOutDependencies,
  worker: Worker,
  { jobReferenceCode, taskId }: { readonly jobReferenceCode: string; readonly taskId: string | undefined },
): Standing {
  const { database, clock } = dependencies;
  const row = query<JobRow>(database, 'SELECT * FROM labeling_jobs WHERE reference_code = ?').one(jobReferenceCode);
  if (row === undefined) {
    return { job: { kind: 'unknown' } };
  }
  const job = jobOf(row);
  const obstacle = inTheWay(database, job, worker);
  if (taskId !== undefined) {
    const task = taskStanding(database, worker, { taskId, now: clock.now() });
    return { job: obstacle ?? { kind: 'open' }, task };
  }
  if (obstacle !== undefined) {
    return { job: obstacle };
  }
  return { job: { kind: 'open', availableTasks: countTasks(database, job, worker) } };
}

/** Why the worker cannot work on the job. Whoever is not in the team hears no more than that. */
function inTheWay(database: DatabaseSync, job: Job, worker: Worker): JobStanding | undefined {
  const { workteam, status, failureReason } = job;
  if (!isTeamMember(database, workteam, worker)) {
    return { kind: findWorkteam(database, workteam) === undefined ? 'teamDeleted' : 'notInTeam', workteam };
  }
  switch (status) {
    case 'Initializing':
    case 'InProgress':
      return undefined;
    case 'Stopping':
    case 'Stopped':
    case 'Completed':
    case 'Failed':
      return { kind: 'ended', status, ...(failureReason !== undefined && { failureReason }) };
  }
}

type TaskFacts = Pick<TaskRow, 'state' | 'expires_at'> & { readonly object_state: ObjectState };

function taskStanding(
  database: DatabaseSync,
  worker: Worker,
  { taskId, now }: { readonly taskId: string; readonly now: Date },
): TaskStanding {
  const task = query<TaskFacts>(
    database,
    `SELECT labeling_tasks.state, expires_at, labeling_objects.state AS object_state FROM labeling_tasks
       JOIN labeling_objects ON labeling_objects.job = labeling_tasks.job AND labeling_objects.id = object
     WHERE labeling_tasks.id = ? AND sub = ?`,
  ).one(taskId, worker.sub);
  switch (task?.state) {
    case undefined:
      return 'gone';
    case 'submitted':
      return 'answered';
    case 'declined':
      return 'declined';
    case 'held':
    case 'accepted':
      break;
  }
  if (task.object_state !== 'open') {
    return 'closed';
  }
  return task.expires_at <= now.getTime() ? 'timeUp' : 'yours';
}
