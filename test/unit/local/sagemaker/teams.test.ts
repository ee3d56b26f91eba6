import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.js';
import { EngineLab } from '../../../support/engineLab.js';
import { oidcConfig } from '../../../support/oidcConfig.js';

describe('workforces and work teams', () => {
  let lab: EngineLab;
  let pool: string;
  let client: string;
  beforeEach(async () => {
    lab = new EngineLab();
    pool = ((await cognito('CreateUserPool', { PoolName: 'pool' }))['UserPool'] as { Id: string }).Id;
    const made = await cognito('CreateUserPoolClient', { UserPoolId: pool, ClientName: 'c', GenerateSecret: true });
    client = (made['UserPoolClient'] as { ClientId: string }).ClientId;
    await cognito('CreateGroup', { UserPoolId: pool, GroupName: 'group' });
  });

  it('need a domain', async () => {
    await assert.rejects(createWorkforce(), { code: 'ValidationException', message: /domain/u });
    await assert.rejects(createTeam('team'), { code: 'ValidationException', message: /domain/u });
  });

  it('need a client with a secret', async () => {
    await createDomain();
    const made = await cognito('CreateUserPoolClient', { UserPoolId: pool, ClientName: 'open' });
    client = (made['UserPoolClient'] as { ClientId: string }).ClientId;
    await assert.rejects(createWorkforce(), { code: 'ValidationException', message: /secret/u });
  });

  it('come one to an account, and its first team makes it', async () => {
    await createDomain();
    await createTeam('team');
    const reply = await sageMaker('DescribeWorkforce', { WorkforceName: 'default' });
    assert.equal((reply['Workforce'] as { Status: string }).Status, 'Active');
    await assert.rejects(createWorkforce(), { message: /Cannot create more than one workforce/u });
  });

  it('send the client back to the portal', async () => {
    await createDomain();
    await createWorkforce();
    const { SubDomain: host } = (await sageMaker('DescribeWorkforce', { WorkforceName: 'mine' }))['Workforce'] as {
      SubDomain: string;
    };
    assert.match(host, /^[a-z0-9]{10}\.labeling\.us-east-1\.sagemaker\.aws$/u);
    const { UserPoolClient: described } = await cognito('DescribeUserPoolClient', {
      UserPoolId: pool,
      ClientId: client,
    });
    assert.deepEqual((described as JsonObject)['CallbackURLs'], [
      `https://${host}`,
      `https://${host}/oauth2/idpresponse`,
    ]);
    assert.deepEqual((described as JsonObject)['LogoutURLs'], [`https://${host}/logout`]);
  });

  it('go in order: teams before their workforce', async () => {
    await createDomain();
    await createWorkforce();
    await createTeam('team');
    await assert.rejects(sageMaker('DeleteWorkforce', { WorkforceName: 'mine' }), { code: 'ResourceInUse' });
    assert.deepEqual(await sageMaker('DeleteWorkteam', { WorkteamName: 'team' }), { Success: true });
    await sageMaker('DeleteWorkforce', { WorkforceName: 'mine' });
    await assert.rejects(sageMaker('DescribeWorkforce', { WorkforceName: 'mine' }), { message: /No workforce/u });
  });

  it('have names of their own', async () => {
    await createDomain();
    await createTeam('team');
    await assert.rejects(createTeam('Team'), { code: 'ResourceInUse' });
    await assert.rejects(sageMaker('DescribeWorkteam', { WorkteamName: 'other' }), { message: /^The work team/u });
  });

  it('number twenty-five teams at most', async () => {
    await createDomain();
    for (let number = 0; number < 25; number += 1) {
      await createTeam(`team-${number}`);
    }
    await assert.rejects(createTeam('one-more'), { code: 'ResourceLimitExceeded' });
  });

  it('refuse members of an unknown group or of another client', async () => {
    await createDomain();
    await assert.rejects(createTeam('team', { UserGroup: 'nobody' }), { message: /group nobody/u });
    await createTeam('team');
    await assert.rejects(createTeam('second', { ClientId: 'other' }), { message: /user pool and client/u });
  });

  it('keep what an update leaves out', async () => {
    await createDomain();
    await createTeam('team');
    const { Workteam: team } = await sageMaker('UpdateWorkteam', { WorkteamName: 'team', Description: 'New' });
    assert.equal((team as JsonObject)['Description'], 'New');
    assert.deepEqual((team as JsonObject)['MemberDefinitions'], [{ CognitoMemberDefinition: member() }]);
  });

  it('are described with all that they were made with', async () => {
    await createDomain();
    const network = {
      SourceIpConfig: { Cidrs: ['10.0.0.0/16'] },
      WorkforceVpcConfig: { VpcId: 'vpc-1', SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1'] },
      IpAddressType: 'dualstack',
    };
    await createWorkforce(network);
    assert.deepEqual(pick(await workforce(), Object.keys(network)), network);
    const extras = {
      NotificationConfiguration: { NotificationTopicArn: 'arn:aws:sns:us-east-1:111122223333:topic' },
      WorkerAccessConfiguration: { S3Presign: { IamPolicyConstraints: { SourceIp: 'Enabled' } } },
    };
    await createTeam('team', {}, extras);
    const { Workteam: team } = await sageMaker('DescribeWorkteam', { WorkteamName: 'team' });
    assert.deepEqual(pick(team as JsonObject, Object.keys(extras)), extras);
  });

  it('lose their network with an empty one', async () => {
    await createDomain();
    await createWorkforce({
      WorkforceVpcConfig: { VpcId: 'vpc-1', SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1'] },
    });
    await sageMaker('UpdateWorkforce', { WorkforceName: 'mine', WorkforceVpcConfig: {} });
    assert.equal((await workforce())['WorkforceVpcConfig'], undefined);
  });

  const refusedChanges = [
    { name: 'an incomplete network', change: { WorkforceVpcConfig: { VpcId: 'vpc-1' } }, reason: /VpcId, SecurityGr/u },
    {
      name: 'eleven ranges of addresses',
      change: { SourceIpConfig: { Cidrs: Array.from({ length: 11 }, (_, index) => `10.0.0.${index}/32`) } },
      reason: /at most 10 Cidrs/u,
    },
    { name: 'an identity provider in place of a user pool', change: { OidcConfig: oidcConfig }, reason: /Cognito/u },
  ];
  for (const { name, change, reason } of refusedChanges) {
    it(`refuse ${name}`, async () => {
      await createDomain();
      await createWorkforce();
      await assert.rejects(sageMaker('UpdateWorkforce', { WorkforceName: 'mine', ...change }), {
        code: 'ValidationException',
        message: reason,
      });
    });
  }

  it('sign in with a user pool or an identity provider, not with both', async () => {
    await createDomain();
    const problem = { code: 'ValidationException', message: /exactly one of CognitoConfig and OidcConfig/u };
    await assert.rejects(createWorkforce({ OidcConfig: oidcConfig }), problem);
    await assert.rejects(sageMaker('CreateWorkforce', { WorkforceName: 'mine' }), problem);
  });

  it('have tags, but a workforce does not tell its own', async () => {
    await createDomain();
    const team = await createTeam('team');
    const arn = team['WorkteamArn'];
    await sageMaker('AddTags', {
      ResourceArn: arn,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '' },
      ],
    });
    await sageMaker('DeleteTags', { ResourceArn: arn, TagKeys: ['a'] });
    assert.deepEqual((await sageMaker('ListTags', { ResourceArn: arn }))['Tags'], [{ Key: 'b', Value: '' }]);
    const workforce = 'arn:aws:sagemaker:us-east-1:111122223333:workforce/default';
    await assert.rejects(sageMaker('ListTags', { ResourceArn: workforce }), {
      message: 'Invalid resource type: workforce',
    });
  });

  const cognito = async (operation: string, input: JsonObject) => lab.call('cognito', operation, input);
  const sageMaker = async (operation: string, input: JsonObject) => lab.call('sageMaker', operation, input);
  const createDomain = async () => cognito('CreateUserPoolDomain', { UserPoolId: pool, Domain: 'domain' });
  const createWorkforce = async (more: JsonObject = {}) =>
    sageMaker('CreateWorkforce', {
      WorkforceName: 'mine',
      CognitoConfig: { UserPool: pool, ClientId: client },
      ...more,
    });
  const workforce = async () =>
    (await sageMaker('DescribeWorkforce', { WorkforceName: 'mine' }))['Workforce'] as JsonObject;
  const member = () => ({ UserPool: pool, UserGroup: 'group', ClientId: client });
  const createTeam = async (name: string, change: JsonObject = {}, more: JsonObject = {}) =>
    sageMaker('CreateWorkteam', {
      WorkteamName: name,
      Description: 'A team',
      MemberDefinitions: [{ CognitoMemberDefinition: { ...member(), ...change } }],
      ...more,
    });
});

function pick(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, object[name]]));
}
