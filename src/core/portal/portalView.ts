import type { S3Uri } from '../s3Uri.js';
import type { SessionEnd } from './standing.js';
import type { PortalJob, PortalTask } from './workerPortal.js';

/** Where a worker is in the labeling portal: all that its page needs to show that place. */
export type PortalView =
  | {
      readonly kind: 'signIn';
      readonly email: string;
      /** From an invitation that this machine holds: the worker need not look for it. */
      readonly temporaryPassword?: string;
      /** Why the session came to an end while it was in use. */
      readonly ended?: SessionEnd;
      /** An answer waits to be sent as soon as the worker is signed in again. */
      readonly hasUnsent?: boolean;
      /** Why signing in did not work, in the portal's words. */
      readonly problem?: string;
    }
  | { readonly kind: 'newPassword'; readonly email: string; readonly problem?: string }
  | {
      readonly kind: 'jobs';
      readonly email: string;
      readonly jobs: readonly PortalJob[];
      readonly notice?: PortalNotice;
      readonly lateAnswer?: LateAnswer;
    }
  | {
      readonly kind: 'labeling';
      readonly email: string;
      readonly job: PortalJob;
      /** Objects of the job that this worker has dealt with, out of all that were there to deal with. */
      readonly progress: { readonly done: number; readonly total: number };
      readonly autoAdvance: boolean;
      readonly lateAnswer?: LateAnswer;
    }
  | { readonly kind: 'restricted' }
  | { readonly kind: 'unreachable'; readonly reason: string };

export type PortalNotice = {
  readonly kind: 'finished' | 'noWork' | 'released' | 'stopped';
  readonly labelingJobName: string;
};

/** What has become of an answer that was kept because it could not be sent. */
export type LateAnswer = { readonly kind: 'taken' } | { readonly kind: 'refused'; readonly reason: string };

/** A task, rendered: what one frame shows. */
export interface TaskSheet {
  readonly task: PortalTask;
  readonly html: string;
  readonly assets: readonly S3Uri[];
  /** Why the template could not be rendered. */
  readonly problem?: string;
}

export interface TakenTasks {
  readonly sheets: readonly TaskSheet[];
  readonly progress: { readonly done: number; readonly total: number };
}
