import assert from 'node:assert/strict';
import { GetRoleCommand, IAMClient, IAMServiceException } from '@aws-sdk/client-iam';
import { ListWorkteamsCommand, SageMakerClient, SageMakerServiceException } from '@aws-sdk/client-sagemaker';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startTestServer, type ClientConfig, type TestServer } from '../support/localServer.js';
import { rawRequest, type RawAnswer } from '../support/rawRequest.js';

const minuteMs = 60_000;

const errorOf = ({ status, headers, body }: RawAnswer) => {
  const { __type: type } = JSON.parse(body) as { __type: string };
  assert.equal(headers['x-amzn-errortype'], type);
  assert.equal(headers['content-type'], 'application/x-amz-json-1.1');
  assert.ok(headers['x-amzn-requestid']);
  return [status, type];
};

describe('the protocols of the other services', () => {
  let server: TestServer;

  before(async () => {
    server = await startTestServer();
  });

  after(() => server.stop());

  const wrongSecret = (): ClientConfig => ({
    ...server.clientConfig,
    credentials: { accessKeyId: server.accessKeyId, secretAccessKey: 'wrong' },
  });
  const unknownKey = (): ClientConfig => ({
    ...server.clientConfig,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'any' },
  });

  const callJson = (target: string, body = '{}'): Promise<RawAnswer> =>
    rawRequest(server.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' },
      body,
    });
  const callQuery = (body: string): Promise<RawAnswer> =>
    rawRequest(server.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body,
    });

  describe('AWS JSON 1.1', () => {
    it('refuses a request without a signature', async () => {
      const answer = await callJson('SageMaker.ListWorkteams');
      assert.deepEqual(errorOf(answer), [400, 'MissingAuthenticationTokenException']);
    });

    const bad = [
      { name: 'a wrong secret', config: wrongSecret, code: 'InvalidSignatureException' },
      { name: 'an unknown key', config: unknownKey, code: 'UnrecognizedClientException' },
      {
        name: 'a clock that is far off',
        config: () => ({ ...server.clientConfig, systemClockOffset: -20 * minuteMs }),
        code: 'InvalidSignatureException',
      },
    ];

    for (const { name, config, code } of bad) {
      it(`refuses ${name}`, async () => {
        const client = new SageMakerClient({ ...config(), maxAttempts: 1 });
        const error: unknown = await client.send(new ListWorkteamsCommand({})).catch((reason: unknown) => reason);
        assert.ok(error instanceof SageMakerServiceException);
        assert.equal(error.name, code);
      });
    }

    it('says which operation it does not know, and logs it', async () => {
      const answer = await callJson('Comprehend.DetectSentiment');
      assert.deepEqual(errorOf(answer), [400, 'UnknownOperationException']);
      assert.match(server.log.at(-1) ?? '', /Comprehend\.DetectSentiment is not implemented/u);
    });

    it('does not take a property of every object for an operation', async () => {
      const answer = await callJson('AWSCognitoIdentityProviderService.constructor');
      assert.notEqual(answer.status, 200);
    });
  });

  describe('the Query protocol', () => {
    it('tells who calls', async () => {
      const client = new STSClient(server.clientConfig);
      const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}));
      assert.equal(Account, server.accountId);
      assert.ok(Arn?.includes(server.accountId));
    });

    it('refuses a request without a signature', async () => {
      const { status, body } = await callQuery('Action=GetCallerIdentity&Version=2011-06-15');
      assert.equal(status, 403);
      assert.match(body, /<Code>MissingAuthenticationToken<\/Code>/u);
    });

    const bad = [
      { name: 'a wrong secret', config: wrongSecret, code: 'SignatureDoesNotMatch' },
      { name: 'an unknown key', config: unknownKey, code: 'InvalidClientTokenId' },
    ];

    for (const { name, config, code } of bad) {
      it(`refuses ${name}`, async () => {
        const client = new IAMClient(config());
        const error: unknown = await client
          .send(new GetRoleCommand({ RoleName: 'r' }))
          .catch((reason: unknown) => reason);
        assert.ok(error instanceof IAMServiceException);
        assert.deepEqual([error.name, error.$metadata.httpStatusCode], [code, 403]);
      });
    }

    it('says which action it does not know', async () => {
      const client = new STSClient(server.clientConfig);
      const RoleArn = `arn:aws:iam::${server.accountId}:role/r`;
      await assert.rejects(client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 's' })), {
        name: 'InvalidAction',
      });
      assert.match(server.log.at(-1) ?? '', /AssumeRole .*is not implemented/u);
      const { status } = await callQuery('Action=Nonsense&Version=1999-01-01');
      assert.equal(status, 400);
    });
  });
});
