import assert from 'node:assert/strict';
import type { PrivateTeam, PrivateTeams, Target } from '../../../src/core/ports.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { connectionTo } from '../../support/hostConnection.js';
import { hostDeps } from '../../support/hostDeps.js';
import { user } from '../../support/vscodeModule.js';

const team: PrivateTeam = { name: 'cats', arn: 'arn:cats', description: '', portalUrl: 'https://x.labeling.example' };
const ana = { email: 'ana@example.org', sub: '1', status: 'CONFIRMED', isEnabled: true };
const ben = { email: 'ben@example.org', sub: '2', status: 'FORCE_CHANGE_PASSWORD', isEnabled: true };
const noTeam = { text: 'There is no private team yet. Create one first.', choices: ['Create Private Team…'] };
const aws = { kind: 'aws', profile: 'default', region: 'us-east-1' } as const;

before(fakeVscode);
beforeEach(() => user.reset());

describe('copying the portal link', () => {
  const local = {
    endpoint: '',
    region: '',
    accountId: '',
    accessKeyId: '',
    secretAccessKey: '',
    portal: 'http://127.0.0.1:1/p',
  };
  const cases: readonly {
    readonly name: string;
    readonly target: Target;
    readonly link: string;
    readonly hint: RegExp;
  }[] = [
    {
      name: 'gives the address of this machine',
      target: { kind: 'local', server: local },
      link: local.portal,
      hint: /"groundTruth\.local\.listen" lets other machines in/u,
    },
    {
      name: 'gives the address for other machines where there is one',
      target: { kind: 'local', server: { ...local, sharedPortal: 'https://lab.example:8443/p' } },
      link: 'https://lab.example:8443/p',
      hint: /every machine that reaches this one/u,
    },
    {
      name: "gives the workforce's own address on AWS",
      target: aws,
      link: 'https://x.labeling.example',
      hint: /^Copied/u,
    },
  ];
  for (const { name, target, link, hint } of cases) {
    it(name, async () => {
      await copy(target, [team]);
      assert.equal(user.clipboard, link);
      assert.match(user.asked.at(-1)?.text ?? '', hint);
    });
  }

  it('says what to do where AWS has no team yet', async () => {
    await copy(aws, []);
    assert.equal(user.clipboard, '');
    assert.deepEqual(user.asked, [noTeam]);
  });

  it('says of a team that AWS has not given a portal yet just that', async () => {
    const { portalUrl, ...young } = team;
    await copy(aws, [young]);
    assert.ok(portalUrl);
    assert.equal(user.clipboard, '');
    assert.match(user.asked.at(-1)?.text ?? '', /no labeling portal for "cats" yet/u);
  });

  it('says on this machine that nobody can sign in before there is a team', async () => {
    await copy({ kind: 'local', server: local }, []);
    assert.equal(user.clipboard, local.portal);
    assert.match(user.asked.at(-1)?.text ?? '', /Nobody can sign in there yet/u);
    assert.deepEqual(user.asked.at(-1)?.choices, ['Create Private Team…']);
  });
});

describe('resending an invitation', () => {
  let resent: string[];
  beforeEach(() => {
    resent = [];
  });

  it('invites the member of the row', async () => {
    await resend([ana, ben], { kind: 'teamMember', team, member: ben });
    assert.deepEqual(resent, [ben.email]);
    assert.deepEqual(user.asked, []);
  });

  it('offers those who have not signed in yet', async () => {
    user.answers = ({ choices: [first] }) => first;
    await resend([ana, ben]);
    assert.deepEqual(user.asked[0]?.choices, [`$(mail) ${ben.email}`]);
    assert.deepEqual(resent, [ben.email]);
  });

  const reasons = [
    { name: 'everybody has signed in', members: [ana], text: /Everybody in a private team has signed in already/u },
    { name: 'nobody is in a team', members: [], text: /Nobody is in a private team yet/u },
  ];
  for (const { name, members, text } of reasons) {
    it(`says so where ${name}, and leads to more members`, async () => {
      await resend(members);
      assert.match(user.asked.at(-1)?.text ?? '', text);
      assert.deepEqual(user.asked.at(-1)?.choices, ['Add Members…']);
      assert.deepEqual(resent, []);
    });
  }

  it('says so where there is no team', async () => {
    await resend([], undefined, []);
    assert.deepEqual(user.asked, [noTeam]);
  });

  async function resend(
    members: readonly (typeof ana)[],
    node?: { kind: 'teamMember'; team: PrivateTeam; member: typeof ana },
    teams = [team],
  ) {
    const privateTeams = {
      list: async () => teams,
      members: async () => members,
      resendInvitation: async (_: PrivateTeam, { email }: typeof ana) => void resent.push(email),
    } as unknown as PrivateTeams;
    const { deps } = await hostDeps({ privateTeams });
    const { resendInvitation } = await import('../../../src/host/commands/portalLink.js');
    await resendInvitation(deps)(node);
  }
});

async function copy(target: Target, teams: readonly PrivateTeam[]): Promise<void> {
  const privateTeams = { list: async () => teams } as unknown as PrivateTeams;
  const connection = { ...connectionTo({ privateTeams }), kind: target.kind, target: async () => target };
  const { deps } = await hostDeps({ privateTeams }, connection);
  const { copyPortalLink } = await import('../../../src/host/commands/portalLink.js');
  await copyPortalLink(deps)();
}
