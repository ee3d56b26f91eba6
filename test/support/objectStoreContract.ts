import assert from 'node:assert/strict';
import { Failure, type FailureCode } from '../../src/core/failure.js';
import type { ObjectStore } from '../../src/core/ports.js';

const { signal } = new AbortController();
const bucket = 'contract-bucket';
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (content: string) => new TextEncoder().encode(content);

/** What every `ObjectStore` does; run against each of them. Expects a store without buckets. */
export function describeObjectStore(name: string, open: () => ObjectStore): void {
  describe(`${name} as an object store`, () => {
    beforeEach(() => open().createBucket(bucket, signal));
    afterEach(() => empty(open()));

    it('lists the buckets that it made', async () => {
      await open().createBucket('contract-bucket-2', signal);
      const names = (await open().listBuckets(signal)).map((it) => it.name);
      assert.deepEqual(names.toSorted(), [bucket, 'contract-bucket-2']);
    });

    it('takes making one of its own buckets again for no error', () => open().createBucket(bucket, signal));

    it('keeps a bucket that is not empty', async () => {
      await write(open(), 'a', 'x');
      await rejects(open().deleteBucket(bucket, signal), 'aws.refused');
    });

    it('says which bucket does not exist', async () => {
      await rejects(open().listObjects({ bucket: 'no-such-bucket' }, signal), 'bucket.notFound');
    });

    for (const key of [
      'a b/c+d.jpg',
      '100%25.jpg',
      'hash#?.jpg',
      'ñandú/🐕.jpg',
      '../up',
      './here',
      '/a//b/',
      'quo\'te"',
    ]) {
      it(`gives back what was written under "${key}"`, async () => {
        await write(open(), key, `content of ${key}`);
        const body = await open().readObject({ bucket, key }, {}, signal);
        assert.equal(text(body.bytes), `content of ${key}`);
        const { objects } = await open().listObjects({ bucket }, signal);
        assert.deepEqual(
          objects.map((object) => object.key),
          [key],
        );
      });
    }

    it('tells what it knows of an object', async () => {
      const options = { contentType: 'image/jpeg', metadata: { 'ground-truth-md5': 'abc' } };
      await open().writeObject({ bucket, key: 'a.jpg' }, bytes('12345'), options, signal);
      const head = await open().headObject({ bucket, key: 'a.jpg' }, signal);
      assert.equal(head?.bytes, 5);
      assert.equal(head.contentType, 'image/jpeg');
      assert.equal(head.metadata['ground-truth-md5'], 'abc');
      assert.equal(head.etag, '"827ccb0eea8a706c4c34a16891f84e7b"');
    });

    it('has no head of an object that does not exist', async () => {
      assert.equal(await open().headObject({ bucket, key: 'none' }, signal), undefined);
    });

    it('says which object does not exist', async () => {
      await rejects(open().readObject({ bucket, key: 'none' }, {}, signal), 'object.notFound');
    });

    it('reads a range and knows the whole size', async () => {
      await write(open(), 'a', '0123456789');
      const body = await open().readObject({ bucket, key: 'a' }, { range: { offset: 2, bytes: 3 } }, signal);
      assert.equal(text(body.bytes), '234');
      assert.equal(body.totalBytes, 10);
    });

    it('reads nothing beyond the end', async () => {
      await write(open(), 'a', '0123456789');
      const body = await open().readObject({ bucket, key: 'a' }, { range: { offset: 10, bytes: 5 } }, signal);
      assert.deepEqual([body.bytes.length, body.totalBytes], [0, 10]);
    });

    it('notices that an object was replaced', async () => {
      await write(open(), 'a', 'one');
      const { etag } = await open().readObject({ bucket, key: 'a' }, {}, signal);
      await write(open(), 'a', 'two');
      await rejects(open().readObject({ bucket, key: 'a' }, { ifMatch: etag }, signal), 'object.changed');
    });

    it('reads an object again only where it was replaced', async () => {
      await write(open(), 'a', 'one');
      const { etag } = await open().readObject({ bucket, key: 'a' }, {}, signal);
      const range = { offset: 0, bytes: 100 };
      assert.equal(await open().readChangedObject({ bucket, key: 'a' }, { etag, range }, signal), undefined);
      await write(open(), 'a', 'two');
      const body = await open().readChangedObject({ bucket, key: 'a' }, { etag, range }, signal);
      assert.equal(body && text(body.bytes), 'two');
      await rejects(open().readChangedObject({ bucket, key: 'none' }, { etag }, signal), 'object.notFound');
    });

    it('writes only in the place of the object that the caller knows', async () => {
      const uri = { bucket, key: 'a' };
      await write(open(), 'a', 'one');
      const { etag: ifMatch } = await open().readObject(uri, {}, signal);
      await open().writeObject(uri, bytes('two'), { ifMatch }, signal);
      await rejects(open().writeObject(uri, bytes('three'), { ifMatch }, signal), 'object.changed');
      await rejects(open().writeObject(uri, bytes('new'), { isNew: true }, signal), 'object.changed');
      assert.equal(text((await open().readObject(uri, {}, signal)).bytes), 'two');
      await open().deleteObjects(bucket, ['a'], signal);
      await rejects(open().writeObject(uri, bytes('three'), { ifMatch }, signal), 'object.notFound');
      await open().writeObject(uri, bytes('new'), { isNew: true }, signal);
      assert.equal(text((await open().readObject(uri, {}, signal)).bytes), 'new');
    });

    it('lists one folder, what lies deeper as folders', async () => {
      for (const key of ['a/1', 'a/b/2', 'a/b/3', 'c']) {
        await write(open(), key, '');
      }
      const page = await open().listObjects({ bucket, prefix: 'a/', isFolder: true }, signal);
      assert.deepEqual(page.folders, ['a/b/']);
      assert.deepEqual(
        page.objects.map(({ key }) => key),
        ['a/1'],
      );
      assert.equal(page.nextToken, undefined);
    });

    it('lists page by page, each row once', async () => {
      const keys = ['a/1', 'a/2', 'b', 'c/3', 'd'];
      for (const key of keys) {
        await write(open(), key, '');
      }
      const rows: string[] = [];
      let token: string | undefined;
      do {
        const request = { bucket, isFolder: true, pageSize: 2, ...(token !== undefined && { token }) };
        const page = await open().listObjects(request, signal);
        assert.ok(page.folders.length + page.objects.length <= 2);
        rows.push(...page.folders, ...page.objects.map(({ key }) => key));
        token = page.nextToken;
      } while (token !== undefined);
      assert.deepEqual(rows.toSorted(), ['a/', 'b', 'c/', 'd']);
    });

    it('deletes more objects than fit into one request, and those that are not there', async () => {
      await write(open(), 'a', '');
      const keys = ['a', ...Array.from({ length: 1_000 }, (_, index) => `none-${index}`)];
      assert.deepEqual(await open().deleteObjects(bucket, keys, signal), []);
      assert.deepEqual((await open().listObjects({ bucket }, signal)).objects, []);
    });

    it('gives every public object an address', async () => {
      await write(open(), 'a b.jpg', 'x');
      const [published] = await open().makePublic([{ bucket, key: 'a b.jpg' }], signal);
      assert.match(published?.url ?? '', /^https?:\/\/.+\/a%20b\.jpg$/u);
    });

    it('lets labeling pages read as often as it is asked', async () => {
      await open().allowLabelingPages(bucket, signal);
      await open().allowLabelingPages(bucket, signal);
    });

    it("rejects with the caller's reason when the caller gave up", async () => {
      const reason = new Error('changed my mind');
      await assert.rejects(open().listBuckets(AbortSignal.abort(reason)), reason);
    });
  });
}

async function write(store: ObjectStore, key: string, content: string): Promise<void> {
  await store.writeObject({ bucket, key }, bytes(content), {}, signal);
}

async function empty(store: ObjectStore): Promise<void> {
  for (const { name } of await store.listBuckets(signal)) {
    const { objects } = await store.listObjects({ bucket: name }, signal);
    await store.deleteObjects(
      name,
      objects.map(({ key }) => key),
      signal,
    );
    await store.deleteBucket(name, signal);
  }
}

async function rejects(call: Promise<unknown>, code: FailureCode): Promise<void> {
  await assert.rejects(call, (error) => Failure.is(error, code));
}
