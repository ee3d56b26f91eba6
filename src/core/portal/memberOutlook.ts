import type { LabelingJobStatus } from '../ports.js';

/** What a member of a private team finds in the portal now, and why where that is nothing. */
export interface MemberOutlook {
  readonly signIn: SignInState;
  /** Those that are worked on, newest first; the newest of the team's own where there are none. */
  readonly jobs: readonly JobOutlook[];
}

export type SignInState =
  | 'disabled'
  /** Has not used the temporary password yet. */
  | 'invited'
  /** Can use it no longer. */
  | 'invitationExpired'
  | 'signedOut'
  | 'signedIn';

export type JobOutlook = { readonly labelingJobName: string } & (
  | { readonly kind: 'tasks'; readonly count: number }
  | { readonly kind: 'notInTeam'; readonly workteam: string }
  /** The input is being read. */
  | { readonly kind: 'initializing' }
  | { readonly kind: 'ended'; readonly status: EndedStatus; readonly failureReason?: string }
  /** Nobody has a task: answers are being consolidated, or the next batch is being opened. */
  | { readonly kind: 'betweenBatches'; readonly pendingObjects: number }
  /** All open objects are answered or declined, and each wants more workers than the team has. */
  | { readonly kind: 'teamTooSmall'; readonly workersPerObject: number; readonly members: number }
  /** All open objects are answered or declined; the next come when the others have done the same. */
  | {
      readonly kind: 'batchWaits';
      readonly missingAnswers: number;
      readonly pendingObjects: number;
      readonly heldBy: Holders;
    }
  /** Every answer that is still wanted is somebody's who works on it. */
  | { readonly kind: 'heldByOthers'; readonly objects: number; readonly heldBy: Holders }
);

type EndedStatus = Exclude<LabelingJobStatus, 'Initializing' | 'InProgress'>;

/** Members who have tasks of a job in their hands. */
export type Holders = readonly { readonly email: string; readonly tasks: number }[];

export interface MemberFacts {
  readonly isEnabled: boolean;
  readonly password: 'own' | 'temporary' | 'temporaryExpired';
  readonly hasSession: boolean;
  readonly jobs: readonly JobFacts[];
}

export interface JobFacts {
  readonly labelingJobName: string;
  readonly status: LabelingJobStatus;
  readonly failureReason?: string;
  readonly workteam: string;
  /** Whether the member is in that team. */
  readonly isInTeam: boolean;
  /** Enabled members of that team. */
  readonly members: number;
  readonly workersPerObject: number;
  /** Tasks that the member can take or holds. */
  readonly availableTasks: number;
  /** Objects of the batch that still want an answer. */
  readonly openObjects: number;
  /** Those of them that the member has answered or declined. */
  readonly doneObjects: number;
  /** Answers that the open objects still want, whoever gives them. */
  readonly missingAnswers: number;
  /** Objects of later batches. */
  readonly pendingObjects: number;
  /** Other members who have tasks of the job in their hands. */
  readonly heldBy: Holders;
}

/** Why a member sees what they see, from what the records say of them. */
export function memberOutlook({ isEnabled, password, hasSession, jobs }: MemberFacts): MemberOutlook {
  return { signIn: signInState({ isEnabled, password, hasSession }), jobs: jobs.map(jobOutlook) };
}

function signInState({ isEnabled, password, hasSession }: Omit<MemberFacts, 'jobs'>): SignInState {
  if (!isEnabled) {
    return 'disabled';
  }
  switch (password) {
    case 'temporary':
      return 'invited';
    case 'temporaryExpired':
      return 'invitationExpired';
    case 'own':
      return hasSession ? 'signedIn' : 'signedOut';
  }
}

function jobOutlook(facts: JobFacts): JobOutlook {
  const { labelingJobName, status, failureReason, workteam, members, workersPerObject } = facts;
  const { availableTasks, openObjects, doneObjects, missingAnswers, pendingObjects, heldBy } = facts;
  const because = { labelingJobName };
  if (!facts.isInTeam) {
    return { ...because, kind: 'notInTeam', workteam };
  }
  switch (status) {
    case 'Initializing':
      return { ...because, kind: 'initializing' };
    case 'Completed':
    case 'Failed':
    case 'Stopping':
    case 'Stopped':
      return { ...because, kind: 'ended', status, ...(failureReason !== undefined && { failureReason }) };
    case 'InProgress':
      break;
  }
  if (availableTasks > 0) {
    return { ...because, kind: 'tasks', count: availableTasks };
  }
  if (openObjects === 0) {
    return { ...because, kind: 'betweenBatches', pendingObjects };
  }
  if (doneObjects < openObjects) {
    return { ...because, kind: 'heldByOthers', objects: openObjects - doneObjects, heldBy };
  }
  return members < workersPerObject
    ? { ...because, kind: 'teamTooSmall', workersPerObject, members }
    : { ...because, kind: 'batchWaits', missingAnswers, pendingObjects, heldBy };
}

/** Where an outlook comes from: the server that has the records. */
export interface MemberOutlooks {
  /** `workteam` is the team in which the member is looked at. Fails with `portal.unreachable`. */
  outlook(member: { readonly sub: string; readonly workteam: string }, signal: AbortSignal): Promise<MemberOutlook>;
}
