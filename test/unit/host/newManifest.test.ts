import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import type { Services } from '../../../src/core/ports.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';

const { signal } = new AbortController();
const place = { bucket: 'b', key: 'out/new.manifest' };
const createFile = () => assert.fail('it is no file');
const resource = { kind: 'objects', bucket: 'b', folder: 'out/', names: ['new.manifest'] };

describe('a manifest that is made in a bucket', () => {
  before(fakeVscode);
  let objects: MemoryObjectStore;

  beforeEach(async () => {
    objects = new MemoryObjectStore();
    await objects.createBucket('b', signal);
  });

  it('is in the ledger before it is there, and whole', async () => {
    const recorded: unknown[] = [];
    const write = objects.writeObject.bind(objects);
    const { make, entries } = await maker({
      writeObject: async (...args) => {
        recorded.push(...(await entries()));
        return write(...args);
      },
    });
    await make();
    assert.deepEqual(recorded, [resource]);
    assert.deepEqual(await entries(), [resource]);
    assert.equal(Buffer.from((await objects.readObject(place, {}, signal)).bytes).toString(), 'one\ntwo\n');
  });

  it('is nobody’s where it was refused', async () => {
    const refusal = new Failure('aws.accessDenied', { action: 's3:PutObject', resource: 'b/out/new.manifest' });
    const { make, entries } = await maker({ writeObject: () => Promise.reject(refusal) });
    await assert.rejects(make(), refusal);
    assert.deepEqual(await entries(), []);
  });

  it('is not taken for the extension’s where nobody may know whether it was there', async () => {
    const denied = new Failure('aws.accessDenied', { action: 's3:GetObject', resource: 'b/out/new.manifest' });
    const { make, entries } = await maker({ headObject: () => Promise.reject(denied) });
    await make();
    assert.deepEqual(await entries(), []);
    assert.ok((await objects.readObject(place, {}, signal)).bytes.length > 0);
  });

  async function maker(changed: Partial<Services['objects']>) {
    const { createManifest } = await import('../../../src/host/support/newManifest.js');
    const { objectUri } = await import('../../../src/host/support/s3FileSystem.js');
    const { deps } = await hostDeps({ objects: Object.assign(objects, changed) });
    const { ledger } = deps;
    return {
      make: async () => {
        const file = await createManifest(objectUri(place), { createFile, ledger }, signal);
        await file.write(Buffer.from('one\n'));
        await file.write(Buffer.from('two\n'));
        await file.finish();
      },
      entries: async () => (await ledger.open(signal)).record.entries().map((entry) => entry.resource),
    };
  }
});
