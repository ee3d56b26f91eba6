import assert from 'node:assert/strict';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { createCaller } from '../../../src/aws/errors.js';
import { SageMakerWorkforces } from '../../../src/aws/sageMakerWorkforces.js';
import { Failure } from '../../../src/core/failure.js';
import { aroundRequests } from '../../support/requests/aroundRequests.js';

const { signal } = new AbortController();
const call = createCaller({ endpoint: 'AWS us-east-1' });

describe('a workforce that is deleted', () => {
  it('is waited for until it is gone, however long that takes', async () => {
    const { workforces, waits } = listing([
      ...Array.from({ length: 2 }, () => ({ Status: 'Active' })), // Lists may be some seconds old.
      ...Array.from({ length: 200 }, () => ({ Status: 'Deleting' })),
    ]);
    await workforces.delete('default', signal);
    assert.equal(waits.length, 202);
  });

  for (const { stays, reason } of [
    { stays: { Status: 'Failed', FailureReason: 'A VPC endpoint is in use.' }, reason: 'A VPC endpoint is in use.' },
    { stays: { Status: 'Active' }, reason: 'the workforce is still there, and AWS gives no reason' },
  ]) {
    it(`is not waited for where it stays ${stays.Status}: that is told with the reason`, async () => {
      const { workforces } = listing([{ Status: 'Deleting' }, ...Array.from({ length: 1_000 }, () => stays)]);
      await assert.rejects(workforces.delete('default', signal), (error) => {
        assert.ok(Failure.is(error, 'aws.refused'));
        assert.deepEqual(error.details, { action: 'sagemaker:DeleteWorkforce', name: stays.Status, reason });
        return true;
      });
    });
  }
});

/** An account whose list shows these, one at each look, and then none. */
function listing(states: readonly object[]) {
  const left = states.values();
  const client = new SageMakerClient({ region: 'us-east-1' });
  aroundRequests(client, async ({ operation }) => {
    const state = operation === 'ListWorkforces' ? left.next().value : undefined;
    return {
      output: { $metadata: {}, Workforces: state ? [{ WorkforceName: 'default', ...state }] : [] },
      response: {},
    };
  });
  const waits: number[] = [];
  const workforces = new SageMakerWorkforces(client, call, async (delayMs) => void waits.push(delayMs));
  return { workforces, waits };
}
