import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Failure } from '../../../../src/core/failure.js';
import type { ObjectStore } from '../../../../src/core/ports.js';
import { contentTypeOf, upload, type UploadFile, type UploadProgress } from '../../../../src/core/uploads/upload.js';
import { MemoryObjectStore } from '../../../support/memoryObjectStore.js';

const { signal } = new AbortController();
const bucket = 'bucket';
let store: MemoryObjectStore;

describe('uploading', () => {
  beforeEach(async () => {
    store = new MemoryObjectStore();
    await store.createBucket(bucket, signal);
  });

  it('puts every file under its key, with its type', async () => {
    const { outcome } = await run([file('a/1.jpg', 'one'), file('a/2.png', 'two')]);
    assert.deepEqual(keys(outcome.uploaded), ['a/1.jpg', 'a/2.png']);
    const { bytes, contentType } = await store.readObject({ bucket, key: 'a/2.png' }, {}, signal);
    assert.deepEqual([new TextDecoder().decode(bytes), contentType], ['two', 'image/png']);
  });

  it('skips what is there with the same content, and replaces what is not', async () => {
    await run([file('a/same.jpg', 'same'), file('a/changed.jpg', 'old'), file('a/longer.jpg', 'short')]);
    const { outcome } = await run([
      file('a/same.jpg', 'same'),
      file('a/changed.jpg', 'new'),
      file('a/longer.jpg', 'long!!'),
    ]);
    assert.deepEqual(keys(outcome.skipped), ['a/same.jpg']);
    assert.deepEqual(keys(outcome.uploaded), ['a/changed.jpg', 'a/longer.jpg']);
  });

  it('knows the same content where encryption makes other ETags', async () => {
    const encrypted = altered({
      listObjects: async (...args) => {
        const page = await store.listObjects(...args);
        return {
          ...page,
          objects: page.objects.map(({ key, bytes }) => ({ bucket, key, bytes, etag: '"of-the-cipher-text"' })),
        };
      },
    });
    await run([file('a', 'same')]);
    const { outcome } = await run([file('a', 'same')], encrypted);
    assert.deepEqual(keys(outcome.skipped), ['a']);
  });

  it('asks for single objects where the folder holds far more than what is uploaded', async () => {
    for (let index = 0; index < 2_100; index += 1) {
      await store.writeObject({ bucket, key: `a/${String(index).padStart(4, '0')}` }, new Uint8Array([1]), {}, signal);
    }
    let pages = 0;
    const counting = altered({
      listObjects: (...args) => {
        pages += 1;
        return store.listObjects(...args);
      },
    });
    const { outcome } = await run(
      [file('a/0000', '\u0001'), file('a/2099', '\u0001'), file('a/new', '\u0001')],
      counting,
    );
    assert.deepEqual(keys(outcome.skipped), ['a/0000', 'a/2099']);
    assert.deepEqual(keys(outcome.uploaded), ['a/new']);
    assert.ok(pages <= 3, `${pages} pages`);
  });

  it('has at most 16 files under way at once, and reads none before its turn', async () => {
    let now = 0;
    let most = 0;
    const slow = altered({
      writeObject: async (...args) => {
        now += 1;
        most = Math.max(most, now);
        await new Promise(setImmediate);
        now -= 1;
        await store.writeObject(...args);
      },
    });
    await run(
      Array.from({ length: 100 }, (_, index) => file(`a/${index}`, 'x')),
      slow,
    );
    assert.equal(most, 16);
  });

  it('tries again what may pass', async () => {
    let refusals = 2;
    const busy = altered({
      writeObject: async (...args) => {
        if (refusals > 0) {
          refusals -= 1;
          throw new Failure('aws.overloaded', { action: 's3:PutObject', name: 'SlowDown', reason: 'Reduce your rate' });
        }
        await store.writeObject(...args);
      },
    });
    const { outcome } = await run([file('a', 'x')], busy);
    assert.deepEqual(keys(outcome.uploaded), ['a']);
  });

  it('has fewer files under way where the service takes no more, and in the end uploads all', async () => {
    let now = 0;
    let most = 0;
    const takes = 3;
    const small = altered({
      writeObject: async (...args) => {
        now += 1;
        try {
          await new Promise(setImmediate);
          if (now > takes) {
            throw new Failure('aws.overloaded', {
              action: 's3:PutObject',
              name: 'SlowDown',
              reason: 'Reduce your rate',
            });
          }
          await store.writeObject(...args);
          most = Math.max(most, now);
        } finally {
          now -= 1;
        }
      },
    });
    const { outcome } = await run(
      Array.from({ length: 60 }, (_, index) => file(`a/${index}`, 'x')),
      small,
    );
    assert.equal(outcome.uploaded.length, 60);
    assert.ok(most <= takes);
  });

  it('stops, and says so, where even one file at a time is too much', async () => {
    let writes = 0;
    const full = altered({
      writeObject: () => {
        writes += 1;
        return Promise.reject(
          new Failure('aws.overloaded', { action: 's3:PutObject', name: 'SlowDown', reason: 'Reduce your rate' }),
        );
      },
    });
    const files = Array.from({ length: 1_000 }, (_, index) => file(`a/${index}`, 'x'));
    await assert.rejects(run(files, full), (error) => Failure.is(error, 'aws.overloaded'));
    assert.ok(writes < 400, `${writes} attempts`);
  });

  it('goes on after a file that cannot be read, and names it', async () => {
    const unreadable = { ...file('a/2', ''), read: () => Promise.reject(new Error('EACCES')) };
    const { outcome, progress } = await run([file('a/1', 'x'), unreadable, file('a/3', 'x')]);
    assert.deepEqual(keys(outcome.uploaded), ['a/1', 'a/3']);
    assert.deepEqual(
      outcome.failed.map(({ file: { key }, error }) => [key, (error as Error).message]),
      [['a/2', 'EACCES']],
    );
    assert.deepEqual(progress.at(-1), { done: 3, total: 3 });
  });

  it('stops at once where every other file would fail the same way', async () => {
    let writes = 0;
    const denied = altered({
      writeObject: () => {
        writes += 1;
        return Promise.reject(new Failure('aws.accessDenied', { action: 's3:PutObject', resource: bucket }));
      },
    });
    const files = Array.from({ length: 100 }, (_, index) => file(`a/${index}`, 'x'));
    await assert.rejects(run(files, denied), (error) => Failure.is(error, 'aws.accessDenied'));
    assert.ok(writes <= 16);
  });

  it('is over when it says so: after a refusal no other file is taken, and what was under way is told', async () => {
    const refused = Promise.withResolvers<void>();
    const told: string[] = [];
    let reads = 0;
    const denied = altered({
      writeObject: async ({ key }, ...rest) => {
        if (key === 'a/0') {
          refused.resolve();
          throw new Failure('aws.accessDenied', { action: 's3:PutObject', resource: bucket });
        }
        await refused.promise;
        await store.writeObject({ bucket, key }, rest[0], rest[1], signal); // It got there although nobody wants it now.
      },
    });
    const files = Array.from({ length: 100 }, (_, index) => ({
      key: `a/${index}`,
      read: async () => {
        reads += 1;
        return new Uint8Array([1]);
      },
    }));
    const onUploaded = ({ key }: UploadFile) => void told.push(key);
    const request = { objects: denied, bucket, files, md5, onProgress: () => undefined, onUploaded };
    await assert.rejects(upload(request, signal), (error) => Failure.is(error, 'aws.accessDenied'));
    const readAtItsEnd = reads;
    const { objects } = await store.listObjects({ bucket, pageSize: 1_000 }, signal);
    assert.deepEqual(told.toSorted(), objects.map(({ key }) => key).toSorted());
    assert.ok(reads <= 16, `${reads} files were read`);
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise(setImmediate);
    }
    assert.equal(reads, readAtItsEnd);
  });

  it('tells at once of what is uploaded, for the case that it does not get to its end', async () => {
    const abort = new AbortController();
    const told: string[] = [];
    const onUploaded = ({ key }: UploadFile) => {
      told.push(key);
      abort.abort();
    };
    const files = [file('a', 'x'), never('b')];
    const request = { objects: store, bucket, files, md5, onProgress: () => undefined, onUploaded };
    await assert.rejects(upload(request, abort.signal));
    assert.deepEqual(told, ['a']);
  });

  it('stops when the user gives up, with their reason', async () => {
    const abort = new AbortController();
    const reason = new Error('cancelled');
    const files = [file('a', 'x'), { ...file('b', 'x'), read: () => Promise.reject(abort.abort(reason) ?? reason) }];
    await assert.rejects(run(files, store, abort.signal), reason);
  });
});

describe('the content type', () => {
  const cases = [
    ['a/B.JPG', 'image/jpeg'],
    ['a.jpeg', 'image/jpeg'],
    ['dataset.manifest', 'application/x-ndjson'],
    ['no extension', 'application/octet-stream'],
  ] as const;

  for (const [key, type] of cases) {
    it(`of "${key}" is ${type}`, () => assert.equal(contentTypeOf(key), type));
  }
});

type Uploaded = Pick<ObjectStore, 'listObjects' | 'headObject' | 'writeObject'>;

async function run(files: readonly UploadFile[], objects: Uploaded = store, until: AbortSignal = signal) {
  const progress: UploadProgress[] = [];
  const onProgress = (it: UploadProgress) => void progress.push(it);
  return { outcome: await upload({ objects, bucket, files, md5, onProgress }, until), progress };
}

function altered(changes: Partial<Uploaded>): Uploaded {
  return {
    listObjects: (...args) => store.listObjects(...args),
    headObject: (...args) => store.headObject(...args),
    writeObject: (...args) => store.writeObject(...args),
    ...changes,
  };
}

function file(key: string, content: string): UploadFile {
  const bytes = new TextEncoder().encode(content);
  return { key, read: () => Promise.resolve(bytes) };
}

/** Is never read to its end: only giving up ends it. */
function never(key: string): UploadFile {
  return {
    key,
    read: (until) => new Promise((_, reject) => until.addEventListener('abort', () => reject(new Error('aborted')))),
  };
}

function keys(files: readonly UploadFile[]): readonly string[] {
  return files.map(({ key }) => key).toSorted();
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
