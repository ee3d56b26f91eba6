import assert from 'node:assert/strict';
import {
  type JobFacts,
  type JobOutlook,
  memberOutlook,
  type SignInState,
} from '../../../../src/core/portal/memberOutlook.js';

const member = { isEnabled: true, password: 'own', hasSession: true, jobs: [] } as const;

/** A member who has answered the one open object of a job in which nobody else has anything to do. */
const facts: JobFacts = {
  labelingJobName: 'cats',
  status: 'InProgress',
  workteam: 'team',
  isInTeam: true,
  members: 3,
  workersPerObject: 2,
  availableTasks: 0,
  openObjects: 1,
  doneObjects: 1,
  missingAnswers: 1,
  pendingObjects: 5,
  heldBy: [],
};

const ben = [{ email: 'ben@example.org', tasks: 2 }];

describe("a member's outlook", () => {
  const signIns: readonly { readonly name: string; readonly facts: object; readonly signIn: SignInState }[] = [
    { name: 'signed in', facts: {}, signIn: 'signedIn' },
    { name: 'signed out', facts: { hasSession: false }, signIn: 'signedOut' },
    { name: 'invited', facts: { password: 'temporary', hasSession: false }, signIn: 'invited' },
    { name: 'invited too long ago', facts: { password: 'temporaryExpired' }, signIn: 'invitationExpired' },
    { name: 'disabled, whatever else', facts: { isEnabled: false, password: 'temporary' }, signIn: 'disabled' },
  ];
  for (const { name, facts: change, signIn } of signIns) {
    it(`tells who is ${name}`, () => {
      assert.equal(memberOutlook({ ...member, ...change }).signIn, signIn);
    });
  }

  type Case = {
    readonly name: string;
    readonly facts: Partial<JobFacts>;
    readonly outlook: DistributiveOmit<JobOutlook, 'labelingJobName'>;
  };
  const cases: readonly Case[] = [
    { name: 'has tasks', facts: { availableTasks: 7 }, outlook: { kind: 'tasks', count: 7 } },
    {
      name: 'is not in the team of the job, whatever its status',
      facts: { isInTeam: false, workteam: 'other', status: 'Completed', availableTasks: 7 },
      outlook: { kind: 'notInTeam', workteam: 'other' },
    },
    {
      name: 'waits for the input to be read',
      facts: { status: 'Initializing' },
      outlook: { kind: 'initializing' },
    },
    ...(['Completed', 'Stopping', 'Stopped'] as const).map((status): Case => ({
      name: `has a job that is ${status}`,
      facts: { status, availableTasks: 7 },
      outlook: { kind: 'ended', status },
    })),
    {
      name: 'has a job that failed, and why',
      facts: { status: 'Failed', failureReason: 'The manifest is empty.' },
      outlook: { kind: 'ended', status: 'Failed', failureReason: 'The manifest is empty.' },
    },
    {
      name: 'waits for the next batch to open',
      facts: { openObjects: 0, doneObjects: 0, missingAnswers: 0 },
      outlook: { kind: 'betweenBatches', pendingObjects: 5 },
    },
    {
      name: 'has answered all that is open, and others have not',
      facts: { openObjects: 3, doneObjects: 3, missingAnswers: 3, heldBy: ben },
      outlook: { kind: 'batchWaits', missingAnswers: 3, pendingObjects: 5, heldBy: ben },
    },
    {
      name: 'has answered all that is open, in a team with too few members',
      facts: { members: 1 },
      outlook: { kind: 'teamTooSmall', workersPerObject: 2, members: 1 },
    },
    {
      name: 'is the one too many while others hold what is left',
      facts: { openObjects: 4, doneObjects: 1, heldBy: ben },
      outlook: { kind: 'heldByOthers', objects: 3, heldBy: ben },
    },
  ];
  for (const { name, facts: change, outlook } of cases) {
    it(`tells that a member ${name}`, () => {
      const { jobs } = memberOutlook({ ...member, jobs: [{ ...facts, ...change }] });
      assert.deepEqual(jobs, [{ labelingJobName: 'cats', ...outlook }]);
    });
  }
});

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;
