import assert from 'node:assert/strict';
import { createAwsServices } from '../../src/aws/services.js';
import { Failure } from '../../src/core/failure.js';
import type { Services } from '../../src/core/ports.js';
import type { StorageKeys } from '../../src/core/storage.js';
import { httpStorages } from '../../src/node/httpStorages.js';
import { type KeptStorage, keepStorage } from '../../src/node/storageKeeper.js';
import type { FaultName } from '../../src/local/faults/faultRule.js';
import { noKeeper } from '../support/labKeepers.js';
import { onePixel } from '../support/lab.js';
import { type FaultyTestServer, startTestServer } from '../support/localServer.js';
import { storeAt, type TestStore } from '../support/storageLab.js';
import { startTlsStore, type TlsStore } from '../support/tlsStore.js';

const { signal } = new AbortController();
const bucket = 'elsewhere';
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('a connection to Local Ground Truth with storage elsewhere', () => {
  let server: FaultyTestServer;
  let store: FaultyTestServer;
  let elsewhere: TestStore;
  let keys: StorageKeys;
  let storage: KeptStorage;
  let services: Services;

  before(async () => {
    [server, store] = await Promise.all([startTestServer(), startTestServer()]);
    elsewhere = storeAt(store);
    keys = elsewhere.keys;
  });

  beforeEach(async () => {
    storage = await keepStorage({
      storages: httpStorages(server),
      storage: elsewhere.storage,
      resolve: async () => keys,
      lookEveryMs: 5,
    });
    services = createAwsServices({ kind: 'local', server, storage });
  });

  afterEach(() => {
    store.setFaults([]);
    keys = elsewhere.keys;
    services.dispose();
    storage.dispose();
  });

  after(async () => Promise.all([server.stop(), store.stop()]));

  it('has its buckets and objects there, and nothing here', async () => {
    const { objects } = services;
    await objects.createBucket(bucket, signal);
    await objects.writeObject({ bucket, key: 'a ü/0.png' }, onePixel, { contentType: 'image/png' }, signal);
    await objects.writeObject({ bucket, key: 'b' }, Buffer.from('b'), {}, signal);
    const own = createAwsServices({ kind: 'local', server });
    assert.deepEqual(await own.objects.listBuckets(signal), []);
    own.dispose();
    const { bytes, totalBytes } = await objects.readObject(
      { bucket, key: 'a ü/0.png' },
      { range: { offset: 1, bytes: 3 } },
      signal,
    );
    assert.deepEqual([text(bytes), totalBytes], ['PNG', onePixel.length]);
    assert.deepEqual(await objects.deleteObjects(bucket, ['b'], signal), []);
    const { objects: left } = await objects.listObjects({ bucket }, signal);
    assert.deepEqual(
      left.map(({ key }) => key),
      ['a ü/0.png'],
    );
    const [{ url } = { url: '' }] = await objects.makePublic([{ bucket, key: 'a ü/0.png' }], signal);
    assert.equal(url, `${store.endpoint}/${bucket}/a%20%C3%BC/0.png`);
    assert.equal((await fetch(url)).status, 200);
  });

  it('has teams, roles and jobs here', async () => {
    assert.equal((await services.account.identity(signal)).accountId, server.accountId);
    assert.notEqual(server.accountId, store.accountId);
    const role = await services.executionRoles.create({ buckets: [bucket] }, noKeeper, signal);
    assert.ok(role.arn.includes(server.accountId));
    assert.deepEqual(await services.labelingJobs.list(signal), []);
  });

  it('uses buckets that it is told of where it may not list them', async () => {
    const told = { ...storage, storage: { ...storage.storage, buckets: ['mine'] } };
    const other = createAwsServices({ kind: 'local', server, storage: told });
    assert.deepEqual(await other.objects.listBuckets(signal), [{ name: 'mine' }]);
    other.dispose();
  });

  const faults: readonly { readonly fault: FaultName; readonly fails: string }[] = [
    { fault: 'AccessDenied', fails: 'aws.accessDenied' },
    { fault: 'ExpiredToken', fails: 'storage.keysRefused' },
    { fault: 'SlowDown', fails: 'aws.overloaded' },
  ];
  for (const { fault, fails } of faults) {
    it(`says of ${fault} that it is the storage's`, async () => {
      store.setFaults([{ service: 's3', operation: '*', fault }]);
      const error = await failureOf(services.objects.listBuckets(signal));
      assert.equal(error.code, fails);
      assert.ok(fails !== 'storage.keysRefused' || error.message.includes(store.endpoint));
    });
  }

  it('says of wrong keys whose they are', async () => {
    keys = { accessKeyId: 'AKIAWRONG', secretAccessKey: 'wrong' };
    const wrong = await keepStorage({
      storages: httpStorages(server),
      storage: elsewhere.storage,
      resolve: async () => keys,
    });
    const other = createAwsServices({ kind: 'local', server, storage: wrong });
    const error = await failureOf(other.objects.listBuckets(signal));
    assert.deepEqual(error.details, { endpoint: store.endpoint, name: 'InvalidAccessKeyId' });
    other.dispose();
    wrong.dispose();
  });

  it('gives keys anew that the server does not have any more, or that have expired', async () => {
    const { session } = storage;
    const storages = httpStorages(server);
    await storages.give({ storage: elsewhere.storage, keys: { ...elsewhere.keys, expiration: new Date(0) } }, signal);
    while ((await storages.standing(session, signal))?.needsKeys === true) {
      // The keeper looks every few milliseconds.
    }
    assert.deepEqual(await storages.standing(session, signal), {});
  });

  it('refuses a storage that nobody has given', async () => {
    const unknown = { ...storage, session: 'storage-unknown' };
    const other = createAwsServices({ kind: 'local', server, storage: unknown });
    assert.equal((await failureOf(other.labelingJobs.list(signal))).code, 'aws.signedOut');
    other.dispose();
  });

  it('tells nobody of its storages who has not the key of the data folder', async () => {
    const reply = await fetch(`${server.endpoint}/_local/storages/${storage.session}`);
    assert.equal(reply.status, 403);
    const stranger = httpStorages({ ...server, secretAccessKey: 'guessed' });
    await assert.rejects(stranger.give({ storage: elsewhere.storage, keys }, signal), /key of the data folder/u);
  });

  describe('over TLS, with a certificate of an authority of its own', () => {
    let tls: TlsStore;

    before(async () => {
      tls = await startTlsStore();
    });

    after(async () => tls.stop());

    const connected = async (certificateAuthorities?: string) => {
      const kept = await keepStorage({
        storages: httpStorages(server),
        storage: { ...elsewhere.storage, endpoint: tls.endpoint },
        ...(certificateAuthorities !== undefined && { certificateAuthorities }),
        resolve: async () => keys,
      });
      return { kept, other: createAwsServices({ kind: 'local', server, storage: kept }) };
    };

    it('says that it is not trusted', async () => {
      const { kept, other } = await connected();
      const error = await failureOf(other.objects.listBuckets(signal));
      assert.deepEqual(error.details, { endpoint: tls.endpoint, reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
      other.dispose();
      kept.dispose();
    });

    it('trusts it where it is told to', async () => {
      const { kept, other } = await connected(tls.certificate);
      assert.deepEqual(await other.objects.listBuckets(signal), []);
      other.dispose();
      kept.dispose();
    });
  });
});

async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    assert.ok(Failure.is(error), String(error));
    return error;
  }
  return assert.fail('It did not fail.');
}
