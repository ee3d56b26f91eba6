import assert from 'node:assert/strict';
import { createAwsServices } from '../../src/aws/services.js';
import { Failure } from '../../src/core/failure.js';
import type { PrivateTeam, PrivateTeamRequest, Services, TeamStep } from '../../src/core/ports.js';
import { call, invitedPassword, PortalUser } from '../support/lab.js';
import { startTestServer, type TestServer } from '../support/localServer.js';
import { noKeeper } from '../support/labKeepers.js';
import { aroundRequests } from '../support/requests/aroundRequests.js';
import { RequestRecorder } from '../support/requests/requestRecorder.js';
import { mostOrganizationCharacters } from '../../src/core/lab/teamRequest.js';
import { deleteResource } from '../../src/core/lab/deleteResource.js';

const { signal } = new AbortController();
let server: TestServer;
let services: Services;

describe('private teams', () => {
  before(async () => {
    server = await startTestServer();
    services = createAwsServices({ kind: 'local', server });
  });

  after(async () => {
    services.dispose();
    await server.stop();
  });

  const allSteps: TeamStep[] = [
    'userPool',
    'client',
    'domain',
    'group',
    'workforce',
    'workteam',
    'invitation',
    'members',
  ];

  afterEach(async () => {
    for (const team of await services.privateTeams.list(signal)) {
      await services.privateTeams.delete(team, signal);
    }
    await deleteResource({ services, resource: { kind: 'workforce' } }, signal);
  });

  it('are made with all that they need, from nothing', async () => {
    const { team, made } = await createTeam({ name: 'team-a' });
    assert.deepEqual(made, allSteps);
    assert.equal(team.name, 'team-a');
    assert.equal(team.portalUrl, server.portal);
    assert.match(team.arn, /:workteam\/private-crowd\/team-a$/u);
  });

  it('invite their members, who have not signed in yet', async () => {
    const { team } = await createTeam({ emails: ['Ana@example.com', 'bo@example.com'] });
    const members = await services.privateTeams.members(team, signal);
    assert.deepEqual(members.map(({ email, status, isEnabled }) => `${email} ${status} ${isEnabled}`).toSorted(), [
      'Ana@example.com FORCE_CHANGE_PASSWORD true',
      'bo@example.com FORCE_CHANGE_PASSWORD true',
    ]);
  });

  it('invite a member again with another password, until they have chosen their own', async () => {
    const { team } = await createTeam();
    const [member] = await services.privateTeams.members(team, signal);
    assert.ok(member);
    const { portal, dataFolder } = server;
    const first = await invitedPassword(dataFolder, member.email);
    await services.privateTeams.resendInvitation(team, member, signal);
    const second = await invitedPassword(dataFolder, member.email);
    assert.notEqual(second, first);
    const statuses = await Promise.all(
      [first, second].map(
        async (password) => (await call(portal, 'POST /api/sign-in', { email: member.email, password })).status,
      ),
    );
    assert.deepEqual(statuses, [403, 200]);
    await PortalUser.signIn(portal, member.email, second);
    await assert.rejects(services.privateTeams.resendInvitation(team, member, signal), (error) =>
      Failure.is(error, 'aws.refused'),
    );
  });

  it('take in who is invited later, and say who was in the user pool before', async () => {
    await createTeam({ name: 'team-a', emails: ['ana@example.com'] });
    const { team } = await createTeam({ name: 'team-b', emails: ['bo@example.com'] });
    const outcomes: string[] = [];
    const emails = ['ana@example.com', 'cy@example.com'];
    await services.privateTeams.invite(
      { team, emails },
      (email, outcome) => outcomes.push(`${email} ${outcome}`),
      signal,
    );
    assert.deepEqual(outcomes, ['ana@example.com found', 'cy@example.com made']);
    assert.deepEqual(await emailsOf(team), ['ana@example.com', 'bo@example.com', 'cy@example.com']);
    assert.ok(await invitedPassword(server.dataFolder, 'cy@example.com'));
  });

  it('let a member go, who stays in other teams', async () => {
    const { team: other } = await createTeam({ name: 'team-a', emails: ['ana@example.com'] });
    const { team } = await createTeam({ name: 'team-b', emails: ['ana@example.com', 'bo@example.com'] });
    const member = (await services.privateTeams.members(team, signal)).find(({ email }) => email === 'ana@example.com');
    assert.ok(member);
    await services.privateTeams.removeMember(team, member, signal);
    assert.deepEqual([await emailsOf(team), await emailsOf(other)], [['bo@example.com'], ['ana@example.com']]);
  });

  it('share the one workforce of the account', async () => {
    await createTeam({ name: 'team-a', emails: ['ana@example.com'] });
    const { made } = await createTeam({ name: 'team-b', emails: ['bo@example.com'] });
    assert.deepEqual(made, ['group', 'workteam', 'members']);
  });

  for (const step of allSteps) {
    it(`are completed by a second run after the first was cut short at "${step}"`, async () => {
      const abort = new AbortController();
      const giveUp = (at: TeamStep) => at === step && abort.abort();
      await services.privateTeams
        .create(teamRequest(), { onStep: giveUp, keeper: noKeeper }, abort.signal)
        .catch(() => undefined);
      const { team } = await createTeam();
      const members = await services.privateTeams.members(team, signal);
      assert.equal(members.length, 1);
      assert.equal((await services.privateTeams.list(signal)).length, 1);
    });
  }

  for (const { what, outcome } of [
    { what: 'refuses to', outcome: () => Promise.reject(refusal('The work team has labeling jobs.')) },
    {
      what: 'says that it did not',
      outcome: async () => ({ output: { $metadata: {}, Success: false }, response: {} }),
    },
  ]) {
    it(`stay with their group where SageMaker ${what} delete them`, async () => {
      const { team } = await createTeam();
      const refused = createAwsServices(
        { kind: 'local', server },
        {
          onClient: (client) =>
            aroundRequests(client, async ({ operation }, send) =>
              operation === 'DeleteWorkteam' ? outcome() : send(),
            ),
        },
      );
      await assert.rejects(refused.privateTeams.delete(team, signal), (error) => Failure.is(error, 'aws.refused'));
      refused.dispose();
      assert.equal((await services.privateTeams.members(team, signal)).length, 1);
    });
  }

  it('are no error where they are gone already', async () => {
    const { team } = await createTeam();
    await services.privateTeams.delete(team, signal);
    await services.privateTeams.delete(team, signal);
    assert.deepEqual(await services.privateTeams.list(signal), []);
  });

  it('keep to what AWS takes with the longest name of an organization', async () => {
    const recorder = new RequestRecorder();
    const recorded = createAwsServices({ kind: 'local', server }, { onClient: recorder.onClient });
    const organization = 'x'.repeat(mostOrganizationCharacters);
    const watcher = { onStep: () => undefined, keeper: noKeeper };
    const request = teamRequest({ name: 'n'.repeat(63), organization, description: `Private team of ${organization}` });
    await recorded.privateTeams.create(request, watcher, signal);
    recorded.dispose();
    assert.deepEqual(recorder.violations(), []);
    assert.equal(recorder.countOf('Cognito Identity Provider UpdateUserPool'), 1);
  });

  it('make nothing anew in a second run', async () => {
    await createTeam();
    assert.deepEqual((await createTeam()).made, []);
  });
});

function refusal(message: string): Error {
  return Object.assign(new Error(message), { name: 'ValidationException', $fault: 'client' });
}

async function emailsOf(team: PrivateTeam): Promise<readonly string[]> {
  return (await services.privateTeams.members(team, signal)).map(({ email }) => email).toSorted();
}

const teamRequest = (change: Partial<PrivateTeamRequest> = {}): PrivateTeamRequest => ({
  name: 'team',
  description: 'Private team of Example & Sons',
  emails: ['ana@example.com'],
  organization: 'Example & Sons',
  contactEmail: 'boss@example.com',
  ...change,
});

async function createTeam(
  change: Partial<PrivateTeamRequest> = {},
): Promise<{ readonly team: PrivateTeam; readonly made: readonly TeamStep[] }> {
  const made: TeamStep[] = [];
  const team = await services.privateTeams.create(
    teamRequest(change),
    { onStep: (step, outcome) => outcome === 'made' && made.push(step), keeper: noKeeper },
    signal,
  );
  return { team, made };
}
