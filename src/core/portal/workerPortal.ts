import type { JsonObject, JsonValue } from '../json.js';
import type { SessionEnd, Standing } from './standing.js';

/**
 * What a worker can do in the labeling portal. AWS has no public API for this; Local Ground Truth serves this port as
 * JSON over HTTP under its `portal` address (`portalPaths`): every body and reply is the parameter or result below,
 * `Authorization: Bearer <token>` names the session, and a refusal is a `PortalRefusal` with a status of 4xx.
 */
export interface WorkerPortal {
  signIn(credentials: { readonly email: string; readonly password: string }, signal: AbortSignal): Promise<SignIn>;
  /** The forced change of a temporary password; at least 8 characters. */
  setNewPassword(
    request: { readonly challenge: string; readonly newPassword: string },
    signal: AbortSignal,
  ): Promise<PortalSession>;
  /** What the worker has only fetched ahead goes back to the pool, unless another session of theirs goes on. */
  signOut(session: PortalSession, signal: AbortSignal): Promise<void>;
  /** The jobs that have a task for this worker now. */
  listJobs(session: PortalSession, signal: AbortSignal): Promise<readonly PortalJob[]>;
  /** The worker task template of the job, as its owner wrote it: Liquid and crowd elements. */
  template(
    session: PortalSession,
    jobReferenceCode: string,
    signal: AbortSignal,
  ): Promise<{ readonly content: string }>;
  /**
   * Up to `count` tasks, held for this worker: those that the worker already holds come first and in the same order, so
   * that a reload resumes where it was. An empty list: nothing to do now. Tasks that are only `held` go back to the pool
   * when their hold ends, which asking again renews, and at once when the worker takes tasks of another job.
   */
  takeTasks(
    session: PortalSession,
    request: { readonly jobReferenceCode: string; readonly count: number },
    signal: AbortSignal,
  ): Promise<readonly PortalTask[]>;
  /** Starts the task's clock. Accepting it again changes nothing. */
  acceptTask(session: PortalSession, taskId: string, signal: AbortSignal): Promise<PortalTask>;
  /** Resolves when the answer is on disk. The same answer sent twice is taken once. */
  submitAnswer(
    session: PortalSession,
    request: { readonly taskId: string; readonly answerContent: JsonObject },
    signal: AbortSignal,
  ): Promise<{ readonly submittedAt: string; readonly isUndoable: boolean }>;
  /** This worker never sees the object again. */
  declineTask(session: PortalSession, taskId: string, signal: AbortSignal): Promise<void>;
  /** The work is lost: the task goes back to the pool, and with it what is only `held` of the job. */
  releaseTask(session: PortalSession, taskId: string, signal: AbortSignal): Promise<void>;
  /** Releases all that the worker holds of the job, which is then `Paused` in the list. */
  stopWorking(session: PortalSession, jobReferenceCode: string, signal: AbortSignal): Promise<void>;
  /**
   * What has become of the job and of a task in it. Asking changes nothing: a page that shows either asks again and
   * again. Also told to whoever is no longer in the job's team.
   */
  standing(
    session: PortalSession,
    of: { readonly jobReferenceCode: string; readonly taskId?: string },
    signal: AbortSignal,
  ): Promise<Standing>;
  /** Takes back this worker's newest answer of the job, while its batch is open: the task is accepted again. */
  undoLastAnswer(session: PortalSession, jobReferenceCode: string, signal: AbortSignal): Promise<PortalTask>;
}

/** Paths under the portal's address; `:ref` is a job reference code, `:id` a task id. A standing's task is `?task=`. */
export const portalPaths = {
  signIn: 'POST /api/sign-in',
  setNewPassword: 'POST /api/new-password',
  signOut: 'POST /api/sign-out',
  listJobs: 'GET /api/jobs',
  template: 'GET /api/jobs/:ref/template',
  takeTasks: 'POST /api/jobs/:ref/tasks',
  stopWorking: 'POST /api/jobs/:ref/stop-working',
  standing: 'GET /api/jobs/:ref/standing',
  undoLastAnswer: 'POST /api/jobs/:ref/undo',
  acceptTask: 'POST /api/tasks/:id/accept',
  submitAnswer: 'POST /api/tasks/:id/answer',
  declineTask: 'POST /api/tasks/:id/decline',
  releaseTask: 'POST /api/tasks/:id/release',
} as const satisfies { readonly [Method in keyof WorkerPortal]: string };

export type SignIn =
  | { readonly kind: 'signedIn'; readonly session: PortalSession }
  | { readonly kind: 'newPasswordRequired'; readonly challenge: string };

export interface PortalSession {
  readonly token: string;
  readonly email: string;
  /** `private.<region>.<16 hex>`, the same in every worker-response file. */
  readonly workerId: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

export interface PortalJob {
  readonly jobReferenceCode: string;
  readonly labelingJobName: string;
  readonly labelingJobArn: string;
  readonly taskTitle: string;
  readonly taskDescription: string;
  /** The requester's account: 12 digits. */
  readonly customerId: string;
  /** ISO 8601. */
  readonly creationTime: string;
  readonly status: 'Available' | 'Paused';
  /** Objects of the current batch that this worker can still take or holds. */
  readonly availableTasks: number;
  /** Objects of the job that this worker has answered or declined. */
  readonly finishedTasks: number;
  /** Objects of the job that this worker may still label, whoever has them now and in whichever batch they come. */
  readonly remainingTasks: number;
}

export interface PortalTask {
  readonly taskId: string;
  readonly jobReferenceCode: string;
  readonly labelingJobName: string;
  readonly taskDescription: string;
  readonly customerId: string;
  /** The manifest line's index, from 0. */
  readonly datasetObjectId: string;
  /** What the template sees as `task.input`: `taskObject`, `labels`, … (reference §6.4). */
  readonly taskInput: JsonObject;
  readonly state: 'held' | 'accepted';
  readonly timeLimitInSeconds: number;
  /** ISO 8601; only when accepted. */
  readonly acceptedAt?: string;
  /** ISO 8601: when the hold or the time limit ends. */
  readonly expiresAt: string;
  /** The answer that was taken back. */
  readonly previousAnswer?: JsonValue;
}

export interface PortalRefusal {
  readonly code:
    | 'NotAuthorized'
    /** Of signing in; it may be tried again after a while. */
    | 'TooManyAttempts'
    | 'SessionExpired'
    | 'InvalidPassword'
    | 'InvalidRequest'
    | 'NotFound'
    | 'TaskGone'
    | 'NothingToUndo';
  readonly message: string;
  /** Of `SessionExpired`. */
  readonly sessionEnd?: SessionEnd;
}
