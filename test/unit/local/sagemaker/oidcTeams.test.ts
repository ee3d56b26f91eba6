import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.js';
import { EngineLab } from '../../../support/engineLab.js';
import { oidcConfig } from '../../../support/oidcConfig.js';

describe('a workforce with an identity provider of its own', () => {
  let lab: EngineLab;
  beforeEach(async () => {
    lab = new EngineLab();
    await call('CreateWorkforce', { WorkforceName: 'mine', OidcConfig: oidcConfig });
  });

  it('is described without its secret', async () => {
    const { ClientSecret: _secret, ...shown } = oidcConfig;
    assert.deepEqual((await workforce())['OidcConfig'], shown);
  });

  it('has teams of groups, which are changed and deleted like others', async () => {
    await createTeam([{ OidcMemberDefinition: { Groups: ['cats', 'dogs'] } }]);
    const members = [{ OidcMemberDefinition: { Groups: ['birds'] } }];
    await call('UpdateWorkteam', { WorkteamName: 'team', MemberDefinitions: members });
    const { Workteam: team } = await call('DescribeWorkteam', { WorkteamName: 'team' });
    assert.deepEqual((team as JsonObject)['MemberDefinitions'], members);
    assert.deepEqual(await call('DeleteWorkteam', { WorkteamName: 'team' }), { Success: true });
  });

  const cognitoMember = { CognitoMemberDefinition: { UserPool: 'us-east-1_x', UserGroup: 'g', ClientId: 'c' } };
  const refusedMembers = [
    { name: 'of a user pool', members: [cognitoMember], reason: /by OidcMemberDefinition only/u },
    { name: 'without a kind', members: [{}], reason: /exactly one of/u },
    {
      name: 'of both kinds',
      members: [{ ...cognitoMember, OidcMemberDefinition: { Groups: ['g'] } }],
      reason: /exactly one/u,
    },
    { name: 'without groups', members: [{ OidcMemberDefinition: {} }], reason: /must have Groups/u },
  ];
  for (const { name, members, reason } of refusedMembers) {
    it(`has no members ${name}`, async () => {
      await assert.rejects(createTeam(members), { code: 'ValidationException', message: reason });
    });
  }

  it('changes its provider only while it has no teams', async () => {
    await call('UpdateWorkforce', { WorkforceName: 'mine', OidcConfig: { ...oidcConfig, Scope: 'openid' } });
    assert.equal(((await workforce())['OidcConfig'] as JsonObject)['Scope'], 'openid');
    await createTeam([{ OidcMemberDefinition: { Groups: ['cats'] } }]);
    await assert.rejects(call('UpdateWorkforce', { WorkforceName: 'mine', OidcConfig: oidcConfig }), {
      code: 'ValidationException',
      message: /has work teams/u,
    });
  });

  it('has teams that no labeling job can be given to here', async () => {
    const { WorkteamArn } = await createTeam([{ OidcMemberDefinition: { Groups: ['cats'] } }]);
    const request = lab.request({ task: { WorkteamArn: WorkteamArn ?? '' } });
    await assert.rejects(call('CreateLabelingJob', request), { code: 'ValidationException', message: /can sign in/u });
  });

  const call = async (operation: string, input: JsonObject) => lab.call('sageMaker', operation, input);
  const createTeam = async (members: readonly JsonObject[]) =>
    call('CreateWorkteam', { WorkteamName: 'team', Description: 'A team', MemberDefinitions: members });
  const workforce = async () => (await call('DescribeWorkforce', { WorkforceName: 'mine' }))['Workforce'] as JsonObject;
});
