import assert from 'node:assert/strict';
import type { CancellationToken } from 'vscode';
import type { JobOutlook, MemberOutlook } from '../../../src/core/portal/memberOutlook.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { connectionTo } from '../../support/hostConnection.js';

const team = { name: 'cats', arn: 'arn:cats', description: '' };
const member = { email: 'ana@example.org', sub: 'sub-1', status: 'CONFIRMED', isEnabled: true };
const node = { kind: 'teamMember', team, member } as const;
const token: CancellationToken = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose: () => undefined }),
};
const heldBy = [{ email: 'ben@example.org', tasks: 2 }];

describe("a team member's tooltip", () => {
  before(fakeVscode);

  const jobs: readonly { readonly job: JobOutlook; readonly line: string }[] = [
    { job: { labelingJobName: 'j', kind: 'tasks', count: 7 }, line: '"j": has tasks for this worker (7)' },
    {
      job: { labelingJobName: 'j', kind: 'notInTeam', workteam: 'dogs' },
      line: '"j": is for the team "dogs", which this worker is not in',
    },
    {
      job: { labelingJobName: 'j', kind: 'initializing' },
      line: '"j": reads its input; the first batch opens after it',
    },
    { job: { labelingJobName: 'j', kind: 'ended', status: 'Stopped' }, line: '"j": was stopped' },
    { job: { labelingJobName: 'j', kind: 'ended', status: 'Completed' }, line: '"j": is completed' },
    {
      job: { labelingJobName: 'j', kind: 'ended', status: 'Failed', failureReason: 'No manifest.' },
      line: '"j": failed: No manifest.',
    },
    {
      job: { labelingJobName: 'j', kind: 'betweenBatches', pendingObjects: 4 },
      line: '"j": opens its next batch; 4 objects are still to come',
    },
    {
      job: { labelingJobName: 'j', kind: 'heldByOthers', objects: 3, heldBy },
      line: '"j": the rest is with others (objects: 3; in work: ben@example.org 2)',
    },
    {
      job: { labelingJobName: 'j', kind: 'teamTooSmall', workersPerObject: 3, members: 2 },
      line: '"j": everything that is open is done; each object wants 3 workers, and the team has 2: add members',
    },
    {
      job: { labelingJobName: 'j', kind: 'batchWaits', missingAnswers: 5, pendingObjects: 40, heldBy },
      line: '"j": everything that is open is done; the batch waits for others (answers wanted: 5; in work: ben@example.org 2; objects to come: 40)',
    },
  ];
  for (const { job, line } of jobs) {
    it(`says of a job: ${line}`, async () => {
      assert.equal(await tooltip({ signIn: 'signedIn', jobs: [job] }), `ana@example.org\nIs signed in.\n${line}`);
    });
  }

  it('says that there is no job', async () => {
    assert.match(await tooltip({ signIn: 'signedOut', jobs: [] }), /Is signed out\.\nSees nothing: no labeling job/u);
  });

  it('says who has not signed in yet, and whose invitation has expired', async () => {
    assert.match(await tooltip({ signIn: 'invited', jobs: [] }), /temporary password is in the invitation/u);
    assert.match(await tooltip({ signIn: 'invitationExpired', jobs: [] }), /Resend the invitation/u);
  });

  it('has what the listing says where the server cannot be asked', async () => {
    assert.equal(await tooltip(new Error('gone')), 'ana@example.org\nhas signed in');
  });
});

async function tooltip(outlook: MemberOutlook | Error): Promise<string> {
  const { PrivateTeamTree } = await import('../../../src/host/views/privateTeamTree.js');
  const memberOutlooks = async () => ({
    outlook: async (asked: { readonly sub: string; readonly workteam: string }) => {
      assert.deepEqual(asked, { sub: member.sub, workteam: team.name });
      if (outlook instanceof Error) {
        throw outlook;
      }
      return outlook;
    },
  });
  const tree = new PrivateTeamTree({ ...connectionTo(), memberOutlooks });
  const item = tree.getTreeItem(node);
  assert.equal(item.tooltip, undefined); // VS Code asks for it when it is looked at.
  const { tooltip: text } = await tree.resolveTreeItem(item, node, token);
  tree.dispose();
  assert.ok(typeof text === 'string');
  return text;
}
