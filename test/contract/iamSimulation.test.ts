import assert from 'node:assert/strict';
import { AttachRolePolicyCommand } from '@aws-sdk/client-iam';
import { aws } from '../support/awsCli.js';
import { type Clients, clientsOf, createRole } from '../support/lab.js';
import { startTestServer, type TestServer } from '../support/localServer.js';

describe('what IAM says that a role may do', () => {
  let server: TestServer;
  let clients: Clients;
  let roleArn: string;

  beforeEach(async () => {
    server = await startTestServer();
    clients = clientsOf(server.clientConfig);
    roleArn = await createRole(clients, 'labeling');
  });

  afterEach(() => server.stop());

  const simulate = (source: string, actions: readonly string[], resource: string) =>
    aws(
      server,
      'iam',
      'simulate-principal-policy',
      '--policy-source-arn',
      source,
      '--action-names',
      ...actions,
      '--resource-arns',
      resource,
    );

  it('is told to the aws CLI, action by action', async () => {
    const { stdout } = await simulate(roleArn, ['s3:GetObject', 's3:DeleteObject'], 'arn:aws:s3:::cats/a.png');
    const { EvaluationResults: results } = JSON.parse(stdout) as { EvaluationResults: Record<string, unknown>[] };
    assert.deepEqual(
      results.map(({ EvalActionName: action, EvalResourceName: resource, EvalDecision: decision }) => [
        action,
        resource,
        decision,
      ]),
      [
        ['s3:GetObject', 'arn:aws:s3:::cats/a.png', 'allowed'],
        ['s3:DeleteObject', 'arn:aws:s3:::cats/a.png', 'implicitDeny'],
      ],
    );
  });

  it('is refused of whoever is no role, or none that is there', async () => {
    assert.match(
      (await simulate(`arn:aws:iam::${server.accountId}:root`, ['s3:GetObject'], '*')).stderr,
      /InvalidInput/u,
    );
    assert.match((await simulate(`${roleArn}-2`, ['s3:GetObject'], '*')).stderr, /NoSuchEntity/u);
    assert.match((await simulate(roleArn, ['nonsense'], '*')).stderr, /InvalidInput/u);
  });

  it('is not guessed where a policy of AWS’s own is attached', async () => {
    const PolicyArn = 'arn:aws:iam::aws:policy/AmazonSageMakerFullAccess';
    await clients.iam.send(new AttachRolePolicyCommand({ RoleName: 'labeling', PolicyArn }));
    assert.match((await simulate(roleArn, ['s3:GetObject'], '*')).stderr, /PolicyEvaluation/u);
  });
});
