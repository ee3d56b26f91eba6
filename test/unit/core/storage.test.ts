import assert from 'node:assert/strict';
import { placeOf } from '../../../src/core/doctor/examine.js';
import { bucketAddress, type Storage, storageEndpoint, storageKey, storageName } from '../../../src/core/storage.js';

const minio: Storage = {
  endpoint: 'https://minio.example:9000',
  region: 'r',
  addressing: 'path',
  keys: { kind: 'kept' },
};
const amazon: Storage = { region: 'eu-west-1', addressing: 'virtualHosted', keys: { kind: 'environment' } };

describe('a storage elsewhere', () => {
  const addresses: readonly (readonly [string, Storage, string, string])[] = [
    ['in the path', minio, 'b', 'https://minio.example:9000/b'],
    ['in the host', { ...minio, addressing: 'virtualHosted' }, 'b', 'https://b.minio.example:9000'],
    ['at Amazon', amazon, 'b', 'https://b.s3.eu-west-1.amazonaws.com'],
    ['whose dots no certificate covers', amazon, 'a.b', 'https://s3.eu-west-1.amazonaws.com/a.b'],
    ['in China', { ...amazon, region: 'cn-north-1' }, 'b', 'https://b.s3.cn-north-1.amazonaws.com.cn'],
  ];
  for (const [name, location, bucket, expected] of addresses) {
    it(`has a bucket ${name} at ${expected}`, () => {
      const { origin, path } = bucketAddress(location, bucket);
      assert.equal(origin + path, expected);
    });
  }

  it('is named by its host', () => {
    assert.deepEqual([storageName(minio), storageName(amazon)], ['minio.example:9000', 'Amazon S3 eu-west-1']);
    assert.equal(storageEndpoint(amazon), 'https://s3.eu-west-1.amazonaws.com');
  });

  it('is another one with another account’s keys, but not with other buckets of it', () => {
    const work: Storage = { ...amazon, keys: { kind: 'profile', profile: 'work' } };
    const home: Storage = { ...amazon, keys: { kind: 'profile', profile: 'home' } };
    assert.equal(new Set([amazon, work, home, minio].map(storageKey)).size, 4);
    assert.equal(storageKey({ ...work, buckets: ['b'] }), storageKey(work));
  });

  it('has options of its own for the AWS CLI, as the doctor writes them', () => {
    const server = { endpoint: 'http://127.0.0.1:1', region: 'us-east-1', accountId: '', accessKeyId: '' };
    const local = { ...server, secretAccessKey: '', portal: '' };
    const open = { session: 'storage-1', keys: () => Promise.reject(new Error('nobody asks')) };
    const optionsOf = (storage: Storage) =>
      placeOf({ kind: 'local', server: local, storage: { ...open, storage } }).s3CliOptions?.join(' ');
    assert.equal(optionsOf(minio), '--endpoint-url https://minio.example:9000 --region r');
    assert.equal(
      optionsOf({ ...amazon, keys: { kind: 'profile', profile: 'work' } }),
      '--profile work --region eu-west-1',
    );
  });
});
