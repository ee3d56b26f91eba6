import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type AwsClient, createAwsServices } from '../../src/aws/services.js';
import { Failure } from '../../src/core/failure.js';
import type { Services } from '../../src/core/ports.js';
import { hasten } from '../support/faults/hasten.js';
import { noKeeper } from '../support/labKeepers.js';
import { type FaultyTestServer, startTestServer } from '../support/localServer.js';

const { signal } = new AbortController();
const request = {
  name: 'team',
  description: 'Private team of Example',
  emails: ['ana@example.com'],
  organization: 'Example',
  contactEmail: 'boss@example.com',
};

describe('a team in a workforce that was just made', () => {
  let server: FaultyTestServer;
  let waits: number[];
  let services: Services;

  beforeEach(async () => {
    server = await startTestServer();
    waits = [];
    services = connect();
  });

  afterEach(async () => {
    services.dispose();
    await server.stop();
  });

  const connect = () =>
    createAwsServices(
      { kind: 'local', server },
      {
        onClient: (client: AwsClient) => hasten(client),
        wait: async (delayMs) => {
          waits.push(delayMs);
          await setImmediate();
        },
      },
    );
  const create = () => services.privateTeams.create(request, { onStep: () => undefined, keeper: noKeeper }, signal);
  const slow = (calls: number) =>
    server.setFaults([{ service: 'sagemaker', operation: 'CreateWorkforce', fault: 'SlowWorkforce', calls }]);

  it('is asked for again until SageMaker takes it', async () => {
    slow(3);
    assert.equal((await create()).name, 'team');
    assert.deepEqual(waits, [5_000, 5_000, 5_000]);
  });

  it('is given up after a minute, with what SageMaker says', async () => {
    slow(100);
    await assert.rejects(create(), isRefused);
    assert.equal(
      waits.reduce((sum, delayMs) => sum + delayMs, 0),
      60_000,
    );
  });

  it('is waited for also by whoever goes on where another was cut short', async () => {
    slow(16);
    await assert.rejects(create(), isRefused);
    services.dispose();
    services = connect();
    waits = [];
    assert.equal((await create()).name, 'team');
    assert.deepEqual(waits, [5_000, 5_000, 5_000]);
  });
});

function isRefused(error: unknown): boolean {
  return Failure.is(error, 'aws.refused') && error.details.name === 'ValidationException';
}
