import assert from 'node:assert/strict';
import process from 'node:process';
import type { AwsClient } from '../../src/aws/services.js';
import { deniedPermission } from '../../src/core/doctor/deniedPermission.js';
import { Failure } from '../../src/core/failure.js';
import type { Notice } from '../../src/host/support/notices.js';
import { permissionFor } from '../../src/local/s3/operationNames.js';
import { fakeVscode } from '../support/fakeVscode.js';
import { FaultyLab } from '../support/faults/faultyLab.js';
import { remainsOf } from '../support/faults/labRemains.js';
import { type FaultyTestServer, startTestServer } from '../support/localServer.js';
import { aroundRequests } from '../support/requests/aroundRequests.js';

/** By the names that the SDK's clients have for their services. */
const signingNames: Readonly<Record<string, string>> = {
  S3: 's3',
  SageMaker: 'sagemaker',
  IAM: 'iam',
  STS: 'sts',
  'Cognito Identity Provider': 'cognito-idp',
};

/** Only looked for, and done without where that is denied: what it would tell is found out in another way. */
const notMissed: ReadonlySet<string> = new Set(['s3:GetBucketVersioning', 's3:ListBucketMultipartUploads']);

/** One call after the other is denied, and no other: whoever reads the message knows what to ask for. */
describe('the lab of somebody who may do all but one thing', () => {
  let server: FaultyTestServer;
  let lab: FaultyLab;
  let asked = new Set<string>();
  let noticeFor: (error: unknown) => Notice;

  before(async () => {
    fakeVscode();
    ({ noticeFor } = await import('../../src/host/support/notices.js'));
    server = await startTestServer();
    lab = new FaultyLab(server, { onClient: listen });
  });

  after(async () => {
    lab.dispose();
    await server.stop();
  });

  const listen = (client: AwsClient) => {
    const service = signingNames[client.config.serviceId] ?? '';
    aroundRequests(client, async ({ operation }, send) => {
      asked.add(`${service} ${operation}`);
      return send();
    });
  };

  it('is told which, by the action and a policy that allows just that, and goes on once they may', async () => {
    const calls = await callsOfSteps();
    const rows: string[] = [];
    for (const [step, run] of Object.entries(lab.steps)) {
      for (const call of calls[step] ?? []) {
        rows.push(await denying(step, call, run));
      }
      server.setFaults([]);
      await run();
    }
    process.stdout.write(`\n${rows.join('\n')}\n`);
    assert.ok(rows.length > 60, `${rows.length} denials`);
    const { buckets, pools, roles, workforces, teams, runningJobs } = await remainsOf(server);
    assert.deepEqual([buckets, pools, roles, workforces, teams, runningJobs], [0, 0, 0, 0, 0, 0]);
  }).timeout(240_000);

  /** Where nothing is denied. */
  async function callsOfSteps(): Promise<Readonly<Record<string, readonly string[]>>> {
    const calls: Record<string, readonly string[]> = {};
    const plain = await startTestServer();
    const plainLab = new FaultyLab(plain, { onClient: listen });
    for (const [step, run] of Object.entries(plainLab.steps)) {
      asked = new Set();
      await run();
      calls[step] = [...asked].toSorted((one, other) => rank(one) - rank(other));
    }
    plainLab.dispose();
    await plain.stop();
    return calls;
  }

  async function denying(step: string, call: string, run: () => Promise<unknown>): Promise<string> {
    const [service = '', operation = ''] = call.split(' ');
    server.setFaults([{ service, operation, fault: 'AccessDenied' }]);
    const action = service === 's3' ? permissionFor(operation) : `${service}:${operation}`;
    const before = met();
    try {
      await run();
      assert.ok(met() === before || notMissed.has(action), `${step} without ${action} is done all the same`);
      return `${step}: without ${action} it is done all the same`;
    } catch (error) {
      assert.ok(Failure.is(error, 'aws.accessDenied'), `${step} without ${action}: ${String(error)}`);
      assert.equal(error.details.action, action, `${step} without ${action}`);
      const { message, remedy } = noticeFor(error);
      assert.ok(message.includes(action), message);
      const where = { region: server.region, accountId: server.accountId };
      const { resource } = deniedPermission(error.details, where);
      const policies =
        'noneBecause' in remedy ? [] : remedy.flatMap((it) => (it.kind === 'copyPolicy' ? it.policy : []));
      const [{ Statement } = { Statement: [] }] = policies.map(
        (policy) => JSON.parse(policy) as { Statement: object[] },
      );
      assert.deepEqual(Statement, [{ Effect: 'Allow', Action: action, Resource: resource }]);
      return `${step}: without ${action} it stops, and asks for it on ${resource}`;
    }
  }

  function met(): number {
    return server.log.filter((entry) => / meets /u.test(entry)).length;
  }
});

/** What is not missed comes last: the step is done then, and there is nothing left to be denied. */
function rank(call: string): number {
  return Number(/GetBucketVersioning|ListMultipartUploads/u.test(call));
}
