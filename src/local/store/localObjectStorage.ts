import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import { ServiceError } from '../http/serviceError.js';
import type { ByteRange } from './blobFiles.js';
import type { ObjectRange, ObjectStorage } from './objectStorage.js';
import type { Acl, ObjectRecord } from './records.js';
import type { S3Store } from './s3Store.js';
import { writeBlob } from './writeBlob.js';

/** The engine's way to the objects: the same records and files as S3's face, without the wire between. */
export function localObjectStorage(store: S3Store, clock: Clock, acl: Acl): ObjectStorage {
  const find = (bucket: string, key: string): ObjectRecord => {
    const object = store.objects.find(bucket, key);
    if (object === undefined) {
      throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
    }
    return object;
  };

  return {
    async findBucket(bucket) {
      const found = store.buckets.find(bucket);
      return found && { region: found.region };
    },

    async read(bucket, key, range) {
      const object = find(bucket, key);
      const pieces: Uint8Array[] = [];
      for await (const piece of store.blobs.read(object.blobs, byteRange(object, range))) {
        pieces.push(piece);
      }
      const [first] = pieces;
      return {
        bytes: first !== undefined && pieces.length === 1 ? first : Buffer.concat(pieces),
        totalBytes: object.bytes,
        contentType: object.headers['content-type'] ?? 'binary/octet-stream',
      };
    },

    async *stream(bucket, key) {
      const object = find(bucket, key);
      yield* store.blobs.read(object.blobs, byteRange(object));
    },

    async write(bucket, key, body, { contentType }) {
      const hash = createHash('md5');
      const source = body instanceof Uint8Array ? onePiece(body) : body;
      const blob = await writeBlob(store.blobs, source, (bytes) => void hash.update(bytes));
      const object: ObjectRecord = {
        key,
        bytes: blob.bytes,
        etag: hash.digest('hex'),
        modifiedAt: clock.now().getTime(),
        blobs: [blob],
        headers: { 'content-type': contentType },
        metadata: {},
        acl,
      };
      await store.commitBlob(blob, () => {
        const found = store.buckets.find(bucket);
        if (found === undefined) {
          throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
        }
        store.versions.put(found, object);
      });
    },
  };
}

function byteRange({ bytes }: ObjectRecord, { offset, length }: ObjectRange = { offset: 0, length: bytes }): ByteRange {
  return { first: offset, last: Math.min(offset + length, bytes) - 1 };
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
