import assert from 'node:assert/strict';
import { deleteResource } from '../../../../src/core/lab/deleteResource.js';
import { MemoryObjectStore } from '../../../support/memoryObjectStore.js';
import { servicesOver } from '../../../support/services.js';

const { signal } = new AbortController();

describe('deleting a bucket', () => {
  it('deletes all that is in it first', async () => {
    const objects = new MemoryObjectStore();
    await objects.createBucket('mine', signal);
    await objects.createBucket('other', signal);
    for (let index = 0; index < 1_001; index += 1) {
      await objects.writeObject({ bucket: 'mine', key: `${index}` }, new Uint8Array(), {}, signal);
    }
    const services = servicesOver({ objects, bucketContents: objects });
    await deleteResource({ services, resource: { kind: 'bucket', name: 'mine' } }, signal);
    assert.deepEqual(
      (await objects.listBuckets(signal)).map(({ name }) => name),
      ['other'],
    );
  });

  it('is done where the bucket is gone already', async () => {
    const objects = new MemoryObjectStore();
    const services = servicesOver({ objects, bucketContents: objects });
    await deleteResource({ services, resource: { kind: 'bucket', name: 'gone' } }, signal);
  });
});
