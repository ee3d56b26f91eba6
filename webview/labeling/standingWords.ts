import type { JobStanding, SessionEnd, TaskStanding } from '../../src/core/portal/standing.js';
import type { LateAnswer } from '../../src/core/portal/portalView.js';

/** A job that the worker cannot work on any more. */
export type JobOver = Exclude<JobStanding, { readonly kind: 'open' }>;

export interface Words {
  readonly title: string;
  readonly text: string;
  /** Said by somebody else. */
  readonly detail?: string;
}

const saved = 'Your answers to the tasks before it are saved.';

/** What has happened to the job; what becomes of an answer at hand is said besides. */
export function jobOverWords(over: JobOver): Words {
  switch (over.kind) {
    case 'ended':
      return endedWords(over);
    case 'notInTeam':
      return {
        title: 'You are no longer in the team',
        text: `You were taken out of the work team "${over.workteam}", which labels this job. The answers that you submitted count. Ask whoever runs the team if that was a mistake.`,
      };
    case 'teamDeleted':
      return {
        title: 'The work team was deleted',
        text: `Nobody can label this job any more: its work team "${over.workteam}" is gone. The answers that you submitted are saved.`,
      };
    case 'unknown':
      return {
        title: 'This job is no longer there',
        text: 'Local Ground Truth has no such job: its data was deleted, or another server runs at this address. Ask whoever runs the job.',
      };
  }
}

function endedWords({ status, failureReason }: Extract<JobOver, { kind: 'ended' }>): Words {
  const detail = failureReason === undefined ? {} : { detail: failureReason };
  switch (status) {
    case 'Completed':
      return {
        title: 'This job is completed',
        text: 'All its objects are dealt with. The answers that you submitted are saved.',
      };
    case 'Stopping':
      return failureReason === undefined
        ? {
            title: 'This job is being stopped',
            text: 'It takes no more answers. Those that you submitted are saved, and become labels now.',
          }
        : {
            title: 'This job is failing',
            text: 'It takes no more answers. Those that you submitted are saved, and become labels where that can be.',
            ...detail,
          };
    case 'Stopped':
      return {
        title: 'This job was stopped',
        text: 'It takes no more answers. Those that you submitted are saved.',
      };
    case 'Failed':
      return {
        title: 'This job has failed',
        text: 'It takes no more answers. Those that you submitted are saved. Whoever runs the job can mend what is wrong and start another.',
        ...detail,
      };
  }
}

/** What becomes of the answer at hand where it cannot be sent any more. */
export function answerAtHand({ wasTakenBack }: { readonly wasTakenBack: boolean }): string {
  return wasTakenBack
    ? 'What you changed in this task was not sent: the answer that you had taken back counts again.'
    : 'What you picked in this task was not sent, and cannot count any more.';
}

/** Why a task cannot be answered though its job goes on. */
export function taskGoneWords(standing: Exclude<TaskStanding, 'yours'>, of: { readonly wasTakenBack: boolean }): Words {
  const rest = `${answerAtHand(of)} ${saved}`;
  switch (standing) {
    case 'timeUp':
      return { title: 'The time for this task is up', text: `It went back to the pool. ${rest}` };
    case 'answered':
      return {
        title: 'You have answered this task',
        text: 'An answer of yours counts: one from another window, or the one that you had taken back. What you picked here was not sent.',
      };
    case 'declined':
      return { title: 'You have declined this task', text: `That was in another window. ${rest}` };
    case 'closed':
      return { title: 'This task is no longer needed', text: `Its object wants no more answers. ${rest}` };
    case 'gone':
      return {
        title: 'This task is no longer yours',
        text: `It went back to the pool: its time was up, it was given back in another window, or its object wants no more answers. ${rest}`,
      };
  }
}

/** Why somebody who was signed in has to sign in again, and what becomes of what they had at hand. */
export function sessionEndWords(end: SessionEnd, { hasUnsent }: { readonly hasUnsent: boolean }): string {
  const kept = hasUnsent
    ? 'Your last answer is kept on this machine, and sent as soon as you have signed in again.'
    : 'What you submitted is saved. Sign in again to go on where you were; what you picked is there if the time of its task is not up.';
  switch (end) {
    case 'signedOut':
      return `You were signed out in another tab or window. ${kept}`;
    case 'anotherWorker':
      return `You were signed out: somebody else has signed in in this browser, which shows one worker at a time. ${kept}`;
    case 'expired':
      return `You were signed out: a session ends after twelve hours. ${kept}`;
    case 'passwordChanged':
      return `You were signed out: your password was changed. ${kept}`;
    case 'disabled':
      return `You were signed out: your account was disabled. ${kept} Before that, whoever runs the team has to enable it.`;
    case 'memberDeleted':
      return 'You were signed out: you were deleted from the private workforce. What you submitted is saved; what you had not sent cannot count any more. Ask whoever runs the team for a new invitation.';
    case 'unknown':
      return 'You were signed out: Local Ground Truth does not know you. Its data was deleted, or another server runs at this address. What you had not sent cannot count there. Ask whoever runs the team for a new invitation.';
  }
}

export function lateAnswerWords(late: LateAnswer): string {
  switch (late.kind) {
    case 'taken':
      return 'Your last answer, which could not be sent before, is saved now.';
    case 'refused':
      return `Your last answer, which could not be sent before, does not count. ${late.reason}`;
  }
}
