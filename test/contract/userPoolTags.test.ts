import assert from 'node:assert/strict';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { aws } from '../support/awsCli.js';
import { startTestServer, type TestServer } from '../support/localServer.js';

describe('the tags of a user pool', () => {
  let server: TestServer;
  let cognito: CognitoIdentityProviderClient;

  before(async () => {
    server = await startTestServer();
    cognito = new CognitoIdentityProviderClient(server.clientConfig);
  });

  after(async () => {
    cognito.destroy();
    await server.stop();
  });

  async function cli(...args: readonly string[]) {
    const { stdout, stderr, exitCode } = await aws(server, 'cognito-idp', ...args);
    assert.equal(exitCode, 0, stderr);
    return stdout === '' ? {} : (JSON.parse(stdout) as { UserPool?: { Arn: string }; Tags?: object });
  }

  it('are put, listed and taken away, and stay when the pool is updated with them', async () => {
    const { UserPool: pool } = await cognito.send(
      new CreateUserPoolCommand({ PoolName: 'mine', UserPoolTags: { first: '1' } }),
    );
    const [ResourceArn, UserPoolId] = [pool?.Arn, pool?.Id];
    const tags = async () => (await cognito.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;
    await cognito.send(new TagResourceCommand({ ResourceArn, Tags: { first: 'one', second: '' } }));
    assert.deepEqual(await tags(), { first: 'one', second: '' });
    await cognito.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['second', 'third'] }));
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTags: await tags() }));
    const described = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    assert.deepEqual(described.UserPool?.UserPoolTags, { first: 'one' });
  });

  it('are the same for the AWS CLI', async () => {
    const { UserPool: pool } = await cli('create-user-pool', '--pool-name', 'mine');
    const arn = ['--resource-arn', pool?.Arn ?? ''];
    await cli('tag-resource', ...arn, '--tags', 'a=1,b=2');
    await cli('untag-resource', ...arn, '--tag-keys', 'a');
    assert.deepEqual((await cli('list-tags-for-resource', ...arn)).Tags, { b: '2' });
  });

  const refusals = [
    { name: 'a key of AWS’s own', tags: { 'aws:x': '1' } },
    { name: 'a key that is too long', tags: { ['k'.repeat(129)]: '1' } },
    { name: 'a value that is too long', tags: { k: 'v'.repeat(257) } },
    { name: 'more than 50', tags: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, ''])) },
  ];
  for (const { name, tags } of refusals) {
    it(`are refused: ${name}`, async () => {
      const { UserPool: pool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'mine' }));
      const command = new TagResourceCommand({ ResourceArn: pool?.Arn, Tags: tags });
      await assert.rejects(cognito.send(command), { name: 'InvalidParameterException' });
      const create = new CreateUserPoolCommand({ PoolName: 'other', UserPoolTags: tags });
      await assert.rejects(cognito.send(create), { name: 'InvalidParameterException' });
    });
  }

  for (const [arn, name] of [
    ['arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_nobody', 'ResourceNotFoundException'],
    ['arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_nobody', 'InvalidParameterException'],
    ['arn:aws:s3:::a-bucket-and-no-pool', 'InvalidParameterException'],
  ] as const) {
    it(`are of a pool that is there, not of "${arn}"`, async () => {
      const command = new ListTagsForResourceCommand({ ResourceArn: arn.replace('000000000000', server.accountId) });
      await assert.rejects(cognito.send(command), { name });
    });
  }
});
