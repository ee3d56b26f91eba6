import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../core/json.js';
import type { PortalTask } from '../../core/portal/workerPortal.js';
import { query, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { checkContent, requireSmall } from './answerCheck.js';
import { type HandOutDependencies, referencedJob, requireWorkable } from './handOut.js';
import { hasObjects, type Job, jobOf, type ObjectRow, touch } from './jobRecords.js';
import { recordWorkerEvent } from './labelingEvents.js';
import { Refusal } from './refusal.js';
import { answerContent } from './responseFiles.js';
import { closeIfAnswered, expireTasks, type UndoneAnswer } from './takeBack.js';
import { type ObjectTask, ownTask, portalTask, type TaskRow } from './taskRecords.js';
import type { Worker } from './workers.js';

/**
 * Takes an answer, of whose mask `checkMask` has seen that a label can be made of it. Sent again, it is taken as the one
 * that came before.
 */
export function submitAnswer(
  { database, clock, wake }: HandOutDependencies,
  worker: Worker,
  { taskId, answerContent: answer }: { readonly taskId: string; readonly answerContent: JsonObject },
): { readonly submittedAt: string; readonly isUndoable: boolean } {
  const now = clock.now();
  const submitted = inTransaction(database, () => {
    expireTasks(database, now);
    const { task, job } = ownTask(database, worker, taskId);
    if (task.state === 'submitted' && isSameAnswer(task, answer)) {
      return { job, at: task.submitted_at ?? now.getTime() };
    }
    requireWorkable(task, job);
    checkAnswer(database, job, { task, answer });
    run(
      database,
      `UPDATE labeling_tasks SET state = 'submitted', submitted_at = ?, answer = ?, previous_answer = NULL
       WHERE id = ?`,
      now.getTime(),
      JSON.stringify(answer),
      taskId,
    );
    recordWorkerEvent(database, task, { type: 'TasksSubmitted', now });
    closeIfAnswered(database, job, { object: task.object, now });
    touch(database, job, now);
    return { job, at: now.getTime() };
  });
  // The last answer of a batch closes it: its labels are made at once, and nothing can be taken back.
  const isUndoable = hasObjects(database, submitted.job, 'open');
  wake(submitted.job.id);
  return { submittedAt: new Date(submitted.at).toISOString(), isUndoable };
}

/**
 * Takes back the worker's newest answer of the job: the task is accepted again, and its clock starts anew. The answer
 * is kept, and counts again where the task ends without another.
 */
export function undoLastAnswer(
  { database, identity, clock, wake }: HandOutDependencies,
  worker: Worker,
  reference: string,
): PortalTask {
  const now = clock.now().getTime();
  const job = jobOf(referencedJob(database, worker, reference));
  const reopened = inTransaction(database, () => {
    const task = newestAnswer(database, job, worker);
    if (task === undefined) {
      throw new Refusal('NothingToUndo', 'You have not answered anything in this labeling job.');
    }
    const isOpen = task.object_state === 'open' || task.object_state === 'answered';
    if (job.status !== 'InProgress' || !isOpen || task.consolidation !== null) {
      throw new Refusal('NothingToUndo', 'Your newest answer belongs to a batch that is closed: its label is written.');
    }
    const undone: UndoneAnswer = {
      answer: answerContent(task),
      acceptedAt: task.accepted_at ?? now,
      submittedAt: task.submitted_at ?? now,
    };
    const accepted = {
      accepted_at: now,
      expires_at: now + job.timeLimitMs,
      previous_answer: JSON.stringify(undone),
    };
    run(
      database,
      `UPDATE labeling_tasks SET state = 'accepted', accepted_at = ?, expires_at = ?, submitted_at = NULL,
         answer = NULL, previous_answer = ? WHERE id = ?`,
      accepted.accepted_at,
      accepted.expires_at,
      accepted.previous_answer,
      task.id,
    );
    recordWorkerEvent(database, { ...task, ...accepted }, { type: 'TasksAccepted', now: clock.now() });
    run(
      database,
      `UPDATE labeling_objects SET state = 'open', answered_at = NULL WHERE job = ? AND id = ?`,
      job.id,
      task.object,
    );
    touch(database, job, clock.now());
    return { ...task, ...accepted, state: 'accepted' as const };
  });
  wake(job.id);
  return portalTask(job, reopened, identity.accountId);
}

function checkAnswer(
  database: DatabaseSync,
  job: Job,
  { task, answer }: { readonly task: ObjectTask; readonly answer: JsonObject },
): void {
  if (task.state !== 'accepted') {
    throw new Refusal('InvalidRequest', 'The task must be accepted before it is answered.');
  }
  requireSmall(answer);
  checkContent(database, job, { task, answer });
}

/** As it was stored: what JSON cannot tell apart is the same. */
export function isSameAnswer(task: TaskRow, answer: JsonObject): boolean {
  return task.answer !== null && isDeepStrictEqual(JSON.parse(task.answer), answer);
}

function newestAnswer(
  database: DatabaseSync,
  job: Job,
  worker: Worker,
): (ObjectTask & Pick<ObjectRow, 'consolidation'>) | undefined {
  return query<ObjectTask & Pick<ObjectRow, 'consolidation'>>(
    database,
    `SELECT labeling_tasks.*, line, task_input, consolidation, labeling_objects.state AS object_state FROM labeling_tasks
       JOIN labeling_objects ON labeling_objects.job = labeling_tasks.job AND labeling_objects.id = object
     WHERE labeling_tasks.job = ? AND sub = ? AND labeling_tasks.state = 'submitted'
     ORDER BY submitted_at DESC, number DESC LIMIT 1`,
  ).one(job.id, worker.sub);
}
