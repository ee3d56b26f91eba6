import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { IAMClient } from '@aws-sdk/client-iam';
import { createCaller } from '../../../src/aws/errors.js';
import { IamExecutionRoles } from '../../../src/aws/iamExecutionRoles.js';
import { noKeeper } from '../../support/labKeepers.js';
import { aroundRequests } from '../../support/requests/aroundRequests.js';

const { signal } = new AbortController();
const arn = 'arn:aws:iam::111122223333:role/service-role/AmazonSageMaker-ExecutionRole-20260101T120000';

/** IAM tells its regions of a role one by one, which takes seconds, and now and then a minute or more. */
describe('a role that was just made', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-01-01T12:00:00Z') }));
  afterEach(() => mock.timers.reset());

  it('is new for two minutes, in which a refusal is waited out', async () => {
    const client = new IAMClient({ region: 'us-east-1' });
    aroundRequests(client, async () => ({ output: { $metadata: {}, Role: { Arn: arn } }, response: {} }));
    const call = createCaller({ endpoint: 'AWS us-east-1' });
    const roles = new IamExecutionRoles(client, call, async () => undefined);
    assert.equal((await roles.create({ buckets: ['pictures'] }, noKeeper, signal)).arn, arn);
    const isNew: boolean[] = [];
    for (const seconds of [1, 89, 29, 2]) {
      mock.timers.tick(seconds * 1_000);
      isNew.push(roles.isNew(arn));
    }
    assert.deepEqual(isNew, [true, true, true, false]);
    assert.equal(roles.isNew('arn:aws:iam::111122223333:role/another'), false);
  });
});
