import { Failure } from '../../src/core/failure.js';
import type { Standing, TaskStanding } from '../../src/core/portal/standing.js';
import type { BrokenPicture } from '../../src/protocol/taskFrame.js';
import type { JobOver } from './standingWords.js';

/** What keeps the worker from judging the task, and lies over it. */
export type Obstacle =
  | { readonly kind: 'brokenPicture'; readonly picture: BrokenPicture }
  | { readonly kind: 'template'; readonly problem: string }
  | { readonly kind: 'unsupported'; readonly elements: readonly string[] }
  | { readonly kind: 'jobOver'; readonly job: JobOver }
  | { readonly kind: 'taskGone'; readonly task: Exclude<TaskStanding, 'yours'> }
  /** The portal did not take what was sent. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly message: string };

export function obstacleOf(error: unknown): Obstacle {
  if (Failure.is(error, 'portal.taskGone')) {
    return { kind: 'refused', reason: error.details.reason };
  }
  if (Failure.is(error, 'portal.refused')) {
    return { kind: 'failed', message: error.details.reason };
  }
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
}

/** What is in the way as things stand, beside what is already; `undefined` where nothing has come to it. */
export function obstacleIn({ job, task = 'yours' }: Standing, present: Obstacle | undefined): Obstacle | undefined {
  const found: Obstacle | undefined =
    job.kind !== 'open' ? { kind: 'jobOver', job } : task === 'yours' ? undefined : { kind: 'taskGone', task };
  // What is known of the job says more than what was known of the task; and nothing is said twice.
  const isNew = found?.kind === 'jobOver' ? JSON.stringify(found) !== JSON.stringify(present) : present === undefined;
  return isNew ? found : undefined;
}
