import assert from 'node:assert/strict';
import { type DeleteObjectsCommandInput, S3Client } from '@aws-sdk/client-s3';
import { S3ObjectStore } from '../../../src/aws/s3ObjectStore.js';
import { Failure } from '../../../src/core/failure.js';

const { signal } = new AbortController();

describe('deleting objects', () => {
  it('asks again for those that S3 failed with, and for no other', async () => {
    const s3 = failing([{ b: 'InternalError', c: 'SlowDown', d: 'AccessDenied' }, { c: 'InternalError' }]);
    const failed = await s3.store.deleteObjects('bucket', ['a', 'b', 'c', 'd'], signal);
    assert.deepEqual(s3.asked, [['a', 'b', 'c', 'd'], ['b', 'c'], ['c']]);
    assert.deepEqual(failed, [{ key: 'd', code: 'AccessDenied', reason: 'AccessDenied' }]);
  });

  it('gives up where it goes on, and says that waiting helps', async () => {
    const s3 = failing(Array.from({ length: 9 }, () => ({ a: 'InternalError' })));
    await assert.rejects(s3.store.deleteObjects('bucket', ['a'], signal), (error) =>
      Failure.is(error, 'aws.overloaded'),
    );
    assert.equal(s3.asked.length, 4);
  });
});

/** S3 that answers with these errors, one reply after the other; and what it was asked to delete. */
function failing(replies: readonly Readonly<Record<string, string>>[]) {
  const client = new S3Client({ region: 'us-east-1' });
  const asked: (string | undefined)[][] = [];
  client.middlewareStack.add(
    () => async (args) => {
      const { Delete } = args.input as DeleteObjectsCommandInput;
      const errors = Object.entries(replies[asked.length] ?? {});
      asked.push((Delete?.Objects ?? []).map(({ Key }) => Key));
      const Errors = errors.map(([Key, Code]) => ({ Key, Code }));
      return { output: { $metadata: {}, Errors }, response: {} };
    },
    { step: 'initialize', name: 'failing', override: true },
  );
  const store = new S3ObjectStore(client, {
    call: (_action, abortSignal, send) => send({ abortSignal }),
    wait: async () => undefined,
    region: 'us-east-1',
    addressOf: () => '',
  });
  return { store, asked };
}
