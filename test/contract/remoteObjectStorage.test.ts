import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { CreateBucketCommand, HeadObjectCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import type { StorageKeys } from '../../src/core/storage.js';
import { systemClock } from '../../src/local/clock.js';
import type { FaultRule } from '../../src/local/faults/faultRule.js';
import { remoteObjectStorage } from '../../src/local/remote/remoteObjectStorage.js';
import type { StorageAway } from '../../src/local/remote/storageAway.js';
import { StoreClient } from '../../src/local/remote/storeClient.js';
import type { ObjectRange, ObjectStorage } from '../../src/local/store/objectStorage.js';
import { type FaultyTestServer, startTestServer } from '../support/localServer.js';
import { storeAt, type TestStore } from '../support/storageLab.js';
import { startTlsStore } from '../support/tlsStore.js';

const bucket = 'elsewhere';
const options = { contentType: 'text/plain' };

describe('the engine’s way to objects of a store elsewhere', () => {
  let store: FaultyTestServer;
  let elsewhere: TestStore;
  let client: StoreClient;
  let objects: ObjectStorage;
  let keys: StorageKeys;
  let outcomes: (string | undefined)[];

  before(async () => {
    store = await startTestServer();
    elsewhere = storeAt(store);
    await elsewhere.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  });

  beforeEach(() => {
    keys = elsewhere.keys;
    outcomes = [];
    const { storage } = elsewhere;
    const onOutcome = (problem: StorageAway | undefined) => void outcomes.push(problem?.problem);
    client = new StoreClient({ location: storage, keys: () => keys, clock: systemClock, onOutcome });
    objects = remoteObjectStorage(client, storage.endpoint ?? '');
  });

  afterEach(() => {
    client.dispose();
    store.setFaults([]);
  });

  after(async () => store.stop());

  const text = async (key: string, range?: ObjectRange) =>
    Buffer.from((await objects.read(bucket, key, range)).bytes).toString();

  it('knows which buckets there are', async () => {
    assert.deepEqual(await objects.findBucket(bucket), {});
    assert.equal(await objects.findBucket('other'), undefined);
  });

  for (const key of ['k', 'a b/ü+&=?#%20.png', '../up', 'a//b', '日本 (1)*!~\'"']) {
    it(`reads what was written at ${key}, whole, in part and in pieces`, async () => {
      await objects.write(bucket, key, Buffer.from('0123456789'), options);
      const { bytes, totalBytes, contentType } = await objects.read(bucket, key, { offset: 3, length: 4 });
      assert.deepEqual({ totalBytes, contentType }, { totalBytes: 10, contentType: 'text/plain' });
      assert.equal(Buffer.from(bytes).toString(), '3456');
      assert.equal(await text(key), '0123456789');
      assert.equal(await text(key, { offset: 8, length: 40 }), '89');
      assert.equal(await text(key, { offset: 10, length: 1 }), '');
      assert.equal((await buffer(objects.stream(bucket, key))).toString(), '0123456789');
    });
  }

  it('reads nothing of an empty object', async () => {
    await objects.write(bucket, 'empty', new Uint8Array(), options);
    const { bytes, totalBytes } = await objects.read(bucket, 'empty', { offset: 0, length: 4 });
    assert.deepEqual([bytes.length, totalBytes], [0, 0]);
  });

  it('writes a stream, however long', async () => {
    await objects.write(bucket, 'short', pieces(3), options);
    assert.equal((await objects.read(bucket, 'short')).totalBytes, 300_000);
    await objects.write(bucket, 'none', pieces(0), options);
    assert.equal((await objects.read(bucket, 'none')).totalBytes, 0);
    await objects.write(bucket, 'long', pieces(200), options);
    const { bytes, totalBytes } = await objects.read(bucket, 'long', { offset: 19_999_999, length: 1 });
    assert.deepEqual([bytes[0], totalBytes], [199, 20_000_000]);
    const head = await elsewhere.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'long' }));
    assert.match(head.ETag ?? '', /-3"$/u);
    assert.equal(head.ContentType, 'text/plain');
  });

  it('leaves the old object where the new one’s stream fails, and no half upload', async () => {
    await objects.write(bucket, 'broken', Buffer.from('old'), options);
    await assert.rejects(objects.write(bucket, 'broken', broken(), options), /cut/u);
    assert.equal(await text('broken'), 'old');
    const { Uploads: uploads = [] } = await elsewhere.s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    assert.deepEqual(uploads, []);
  });

  it('refuses what is not there', async () => {
    await assert.rejects(objects.read(bucket, 'none at all'), { code: 'NoSuchKey' });
    await assert.rejects(objects.read('other', 'k'), { code: 'NoSuchBucket' });
    await assert.rejects(buffer(objects.stream(bucket, 'none at all')), { code: 'NoSuchKey' });
  });

  it('waits for a bucket that it is to write to', async () => {
    await assert.rejects(objects.write('other', 'k', Buffer.from('x'), options), {
      problem: 'noBucket',
      message: /^There is no bucket "other" at http:.* create it again\.$/u,
    });
  });

  const faults: readonly (Omit<FaultRule, 'service' | 'operation'> & {
    readonly problem: string;
    readonly says: RegExp;
  })[] = [
    { fault: 'AccessDenied', problem: 'denied', says: /do not allow "s3:\/\/elsewhere\/k" to be written/u },
    { fault: 'ExpiredToken', problem: 'keysExpired', says: /have expired: sign in again/u },
    { fault: 'SlowDown', problem: 'overloaded', says: /overloaded or failing just now \(SlowDown\)/u },
    { fault: 'CutBefore', problem: 'unreachable', says: /^Cannot reach the storage at .* \(ECONNRESET\)/u },
    {
      fault: 'WrongRegion',
      region: 'eu-west-1',
      problem: 'elsewhere',
      says: /is in the region "eu-west-1", and was asked for in "us-east-1": Choose Connection…/u,
    },
  ];
  for (const { problem, says, ...rule } of faults) {
    it(`says of ${rule.fault} what is in the way, where, and what to do`, async () => {
      store.setFaults([{ service: 's3', operation: '*', ...rule }]);
      await assert.rejects(objects.write(bucket, 'k', Buffer.from('x'), options), {
        name: 'StorageAway',
        problem,
        message: says,
      });
      assert.deepEqual(outcomes, [problem]);
    });
  }

  it('says whose keys are wrong', async () => {
    keys = { accessKeyId: 'AKIAWRONG', secretAccessKey: 'wrong' };
    await assert.rejects(objects.read(bucket, 'k'), { problem: 'keysRefused', message: /\(InvalidAccessKeyId\)/u });
    keys = { ...elsewhere.keys, secretAccessKey: 'wrong' };
    await assert.rejects(objects.read(bucket, 'k'), { problem: 'keysRefused', message: /\(SignatureDoesNotMatch\)/u });
  });

  it('tries again at once what may pass', async () => {
    store.setFaults([{ service: 's3', operation: '*', fault: 'SlowDown', times: 2 }]);
    await objects.write(bucket, 'again', Buffer.from('x'), options);
    assert.deepEqual(outcomes, [undefined]);
  });

  it('takes the store’s time where its own is refused', async () => {
    store.setFaults([{ service: 's3', operation: '*', fault: 'ClockSkew', skewSeconds: 7_200 }]);
    await objects.write(bucket, 'late', Buffer.from('x'), options);
    assert.equal(await text('late'), 'x');
  });

  it('trusts the certificate of an authority of one’s own only where it is told to', async () => {
    const tls = await startTlsStore();
    const location = { ...elsewhere.storage, endpoint: tls.endpoint };
    const common = { location, keys: () => keys, clock: systemClock, onOutcome: () => undefined };
    const stranger = new StoreClient(common);
    await assert.rejects(remoteObjectStorage(stranger, tls.endpoint).findBucket(bucket), {
      problem: 'certificate',
      message: /\(DEPTH_ZERO_SELF_SIGNED_CERT\): name the PEM file .* "groundTruth\.storage\.certificateAuthorities"/u,
    });
    const friend = new StoreClient({ ...common, certificateAuthorities: tls.certificate });
    assert.deepEqual(await remoteObjectStorage(friend, tls.endpoint).findBucket(bucket), {});
    stranger.dispose();
    friend.dispose();
    await tls.stop();
  });

  it('does not take half an object for a whole one', async () => {
    await objects.write(bucket, 'cut', pieces(3), options);
    store.setFaults([{ service: 's3', operation: 'GetObject', fault: 'CutReply' }]);
    await assert.rejects(objects.read(bucket, 'cut'), { problem: 'unreachable' });
    await assert.rejects(buffer(objects.stream(bucket, 'cut')), { problem: 'unreachable' });
  });
});

async function* pieces(count: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) {
    yield Buffer.alloc(100_000, index);
  }
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield* pieces(200);
  throw new Error('cut');
}
