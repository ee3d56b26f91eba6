/** What has become of a job, of the worker in it, and of the task that the worker has on screen. */
export interface Standing {
  readonly job: JobStanding;
  /** Of the task that was asked for. */
  readonly task?: TaskStanding;
}

export type JobStanding =
  /** It takes answers. Where no task was asked for: how many there are for this worker, held ones among them. */
  | { readonly kind: 'open'; readonly availableTasks?: number }
  /** It takes no more answers. */
  | {
      readonly kind: 'ended';
      readonly status: 'Stopping' | 'Stopped' | 'Completed' | 'Failed';
      /** Also of a job that is stopping because of it. */
      readonly failureReason?: string;
    }
  | { readonly kind: 'notInTeam'; readonly workteam: string }
  | { readonly kind: 'teamDeleted'; readonly workteam: string }
  /** The server has no such job: what it had was deleted, or it is another. */
  | { readonly kind: 'unknown' };

export type TaskStanding =
  | 'yours'
  /** Its time, or its hold, is over, and it goes back to the pool. */
  | 'timeUp'
  /** An answer of this worker counts: one from another window, or one that was taken back and not given anew. */
  | 'answered'
  | 'declined'
  /** The object wants no more answers. */
  | 'closed'
  /** It went back to the pool. */
  | 'gone';

/** Why a worker who was signed in is so no longer. */
export type SessionEnd =
  /** In another tab or window. */
  | 'signedOut'
  /** In this browser, which shows one worker at a time. */
  | 'anotherWorker'
  | 'expired'
  | 'passwordChanged'
  | 'disabled'
  | 'memberDeleted'
  /** The server knows neither the session nor the worker: its data was deleted, or it is another. */
  | 'unknown';
