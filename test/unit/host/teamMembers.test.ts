import assert from 'node:assert/strict';
import type { LabelingJob, LabelingJobStatus, PrivateTeam, PrivateTeams, TeamMember } from '../../../src/core/ports.js';
import type { PrivateTeamNode } from '../../../src/host/views/nodes.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { connectionTo } from '../../support/hostConnection.js';
import { hostDeps } from '../../support/hostDeps.js';
import { user } from '../../support/vscodeModule.js';

const cats: PrivateTeam = { name: 'cats', arn: 'arn:cats', description: '', userPoolId: 'pool' };
const dogs: PrivateTeam = { ...cats, name: 'dogs', arn: 'arn:dogs' };
const ana: TeamMember = { email: 'ana@example.org', sub: '1', status: 'CONFIRMED', isEnabled: true };

interface Lab {
  readonly kind?: 'local' | 'aws';
  readonly teams?: readonly PrivateTeam[];
  /** Who is in the user pool, though not in the team. */
  readonly known?: readonly string[];
  readonly jobs?: readonly LabelingJobStatus[];
}

let done: string[];

before(fakeVscode);
beforeEach(() => {
  user.reset();
  done = [];
});

describe('adding members', () => {
  it('invites those who are typed into the team of the row', async () => {
    user.answers = () => 'ben@example.org, cy@example.org';
    await add({}, { kind: 'privateTeam', team: cats });
    assert.deepEqual(done, ['invite cats ben@example.org', 'invite cats cy@example.org']);
    assert.equal(user.asked.at(-1)?.text, 'Invited to "cats": ben@example.org, cy@example.org.');
  });

  it('adds to the only team without asking which', async () => {
    user.answers = () => 'ben@example.org';
    await add({ teams: [cats] });
    assert.deepEqual(done, ['invite cats ben@example.org']);
  });

  it('asks for the team where there are several', async () => {
    user.answers = ({ choices }) => (choices.includes('dogs') ? 'dogs' : 'ben@example.org');
    await add({ teams: [cats, dogs] });
    assert.deepEqual(done, ['invite dogs ben@example.org']);
  });

  it('says who was in the team, in whatever spelling, and who has an account', async () => {
    user.answers = () => 'Ana@Example.org, ben@example.org, cy@example.org';
    await add({ known: ['ben@example.org'] }, { kind: 'privateTeam', team: cats });
    assert.deepEqual(done, ['invite cats ben@example.org', 'invite cats cy@example.org']);
    assert.equal(
      user.asked.at(-1)?.text,
      'Invited to "cats": cy@example.org. Added, with the password that they have: ben@example.org. There before: Ana@Example.org.',
    );
  });

  const problems = [
    { text: 'ana@example.org', problem: /in "cats" already/u },
    { text: 'ben', problem: /"ben" is no e-mail address/u },
    { text: '', problem: /at least one/u },
    { text: 'b@example.org B@example.org', problem: /one mailbox/u },
  ];
  for (const { text, problem } of problems) {
    it(`does not take "${text}"`, async () => {
      await add({}, { kind: 'privateTeam', team: cats });
      assert.match(user.asked.at(-1)?.validate?.(text) ?? '', problem);
    });
  }

  it('warns of an address with capitals, which has to be typed so, and takes it', async () => {
    await add({}, { kind: 'privateTeam', team: cats });
    const { validate, note } = user.asked.at(-1) ?? {};
    const said = (text: string) => [validate?.(text), note?.(text)];
    assert.deepEqual(said('ben@example.org'), [undefined, undefined]);
    const [problem, told] = said('ben@example.org, Cy@Example.org');
    assert.equal(problem, undefined);
    assert.match(told ?? '', /"Cy@Example\.org" has to be typed just so/u);
  });

  const steps: readonly { readonly name: string; readonly lab: Lab; readonly choices: readonly string[] }[] = [
    {
      name: 'before there is a job',
      lab: {},
      choices: ['Show Invitations', 'Copy Portal Link', 'Create Labeling Job…'],
    },
    {
      name: 'while a job goes on',
      lab: { jobs: ['Completed', 'InProgress'] },
      choices: ['Show Invitations', 'Copy Portal Link', 'Simulate Workers…'],
    },
    {
      name: 'where nobody had to be invited',
      lab: { known: ['ben@example.org'], jobs: ['InProgress'] },
      choices: ['Copy Portal Link', 'Simulate Workers…'],
    },
    { name: 'on AWS', lab: { kind: 'aws' }, choices: ['Copy Portal Link', 'Create Labeling Job…'] },
    { name: 'on AWS, while a job goes on', lab: { kind: 'aws', jobs: ['InProgress'] }, choices: ['Copy Portal Link'] },
  ];
  for (const { name, lab, choices } of steps) {
    it(`offers what comes next ${name}`, async () => {
      user.answers = () => 'ben@example.org';
      await add(lab, { kind: 'privateTeam', team: cats });
      assert.deepEqual(user.asked.at(-1)?.choices, choices);
    });
  }

  it('says what to do where there is no team', async () => {
    await add({ teams: [] });
    assert.deepEqual(user.asked.at(-1)?.choices, ['Create Private Team…']);
  });

  it('leaves the members of an identity provider to it', async () => {
    const { userPoolId, ...team } = cats;
    await add({}, { kind: 'privateTeam', team });
    assert.equal(userPoolId, 'pool');
    assert.match(user.asked.at(-1)?.text ?? '', /identity provider of its own: add them there/u);
  });
});

describe('removing a member', () => {
  const row: PrivateTeamNode = { kind: 'teamMember', team: cats, member: ana };

  it('asks first, and says what becomes of their tasks', async () => {
    await remove(row);
    assert.deepEqual(done, []);
    assert.equal(user.asked.at(-1)?.text, 'Remove "ana@example.org" from "cats"?');
    assert.match(user.asked.at(-1)?.detail ?? '', /goes to other members/u);
  });

  it('takes them out of the team, and offers to add others', async () => {
    user.answers = ({ choices }) => choices.find((choice) => choice === 'Remove');
    await remove(row);
    assert.deepEqual(done, ['remove cats ana@example.org']);
    assert.deepEqual(user.asked.at(-1)?.choices, ['Add Members…']);
  });
});

async function add(lab: Lab, from?: PrivateTeamNode): Promise<void> {
  const { addMembers } = await import('../../../src/host/commands/addMembers.js');
  await addMembers(await depsOver(lab))(from);
}

async function remove(node: PrivateTeamNode): Promise<void> {
  const { removeMember } = await import('../../../src/host/commands/removeMember.js');
  await removeMember(await depsOver({}))(node);
}

async function depsOver({ kind = 'local', teams = [cats], known = [], jobs = [] }: Lab) {
  const privateTeams: Partial<PrivateTeams> = {
    list: async () => teams,
    members: async () => [ana],
    invite: async ({ team, emails }, onMember) => {
      for (const email of emails) {
        done.push(`invite ${team.name} ${email}`);
        onMember(email, known.includes(email) ? 'found' : 'made');
      }
    },
    removeMember: async (team, { email }) => void done.push(`remove ${team.name} ${email}`),
  };
  const services = {
    privateTeams: privateTeams as PrivateTeams,
    labelingJobs: { list: async () => jobs.map(jobOf) } as never,
  };
  const { deps } = await hostDeps(services, { ...connectionTo(services), kind });
  return deps;
}

function jobOf(status: LabelingJobStatus): Pick<LabelingJob, 'status' | 'workteamArn'> {
  return { status, workteamArn: cats.arn };
}
