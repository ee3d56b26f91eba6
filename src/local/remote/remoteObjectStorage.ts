import type { IncomingMessage } from 'node:http';
import { header } from '../http/incoming.js';
import { ServiceError } from '../http/serviceError.js';
import { readXml } from '../http/xmlReader.js';
import type { ObjectPart, ObjectRange, ObjectStorage } from '../store/objectStorage.js';
import { StorageAway } from './storageAway.js';
import { noBucket } from './storageProblems.js';
import type { StoreClient, StoreRequest } from './storeClient.js';

/** What is longer goes in parts of this size, so that it takes little memory; S3 takes none below 5 MiB. */
const partBytes = 8 * 1024 * 1024;

/** The engine's way to objects of a store elsewhere, over five of S3's requests. */
export function remoteObjectStorage(client: StoreClient, endpoint: string): ObjectStorage {
  return {
    async findBucket(bucket) {
      try {
        await client.sendAndRead({
          method: 'GET',
          bucket,
          query: { 'list-type': '2', 'max-keys': '0' },
          action: 'listed',
        });
        return {};
      } catch (error) {
        if (error instanceof ServiceError) {
          return undefined;
        }
        if (error instanceof StorageAway && error.problem === 'denied') {
          return {}; // It is there; whoever may read and write its objects need not be allowed to list them.
        }
        throw error;
      }
    },

    async read(bucket, key, range) {
      try {
        return await partOf(client, await client.send(reading(bucket, key, range)), range);
      } catch (error) {
        if (error instanceof StorageAway && error.problem === 'refused' && range !== undefined) {
          return afterTheEnd(await client.send(reading(bucket, key)), error);
        }
        throw error;
      }
    },

    async *stream(bucket, key) {
      yield* client.pieces(await client.send(reading(bucket, key)));
    },

    async write(bucket, key, body, { contentType }) {
      const headers = { 'content-type': contentType };
      try {
        await (body instanceof Uint8Array
          ? put(client, { bucket, key, headers, body })
          : putPieces(client, { bucket, key, headers }, body));
      } catch (error) {
        // Results wait for their bucket, as they do for their store.
        throw error instanceof ServiceError && error.code === 'NoSuchBucket' ? noBucket(endpoint, bucket) : error;
      }
    },
  };
}

interface Written {
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
}

function reading(bucket: string, key: string, range?: ObjectRange): StoreRequest {
  return {
    method: 'GET',
    bucket,
    key,
    action: 'read',
    ...(range && { headers: { range: `bytes=${range.offset}-${range.offset + range.length - 1}` } }),
  };
}

async function partOf(client: StoreClient, reply: IncomingMessage, range?: ObjectRange): Promise<ObjectPart> {
  const contentType = reply.headers['content-type'] ?? 'binary/octet-stream';
  if (range === undefined || reply.statusCode === 206) {
    const bytes = await client.read(reply);
    const [, total] = /\/(\d+)$/u.exec(header(reply.headers, 'content-range') ?? '') ?? [];
    return { bytes, totalBytes: total === undefined ? bytes.length : Number(total), contentType };
  }
  // A store may give more than it was asked for. What is not wanted is not kept.
  const wanted: Uint8Array[] = [];
  let totalBytes = 0;
  for await (const piece of client.pieces(reply)) {
    const start = Math.max(range.offset - totalBytes, 0);
    const end = Math.max(range.offset + range.length - totalBytes, 0);
    wanted.push(piece.subarray(start, end));
    totalBytes += piece.length;
  }
  return { bytes: Buffer.concat(wanted), totalBytes, contentType };
}

/** A range that starts where the object ends, S3 calls an error; a reader of pieces does not. */
function afterTheEnd(whole: IncomingMessage, refusal: StorageAway): ObjectPart {
  const totalBytes = Number(whole.headers['content-length'] ?? Number.NaN);
  whole.destroy();
  if (Number.isNaN(totalBytes)) {
    throw refusal;
  }
  const contentType = whole.headers['content-type'] ?? 'binary/octet-stream';
  return { bytes: new Uint8Array(), totalBytes, contentType };
}

async function put(client: StoreClient, { body, ...to }: Written & { readonly body: Uint8Array }): Promise<void> {
  await client.sendAndRead({ ...to, method: 'PUT', body, action: 'written' });
}

async function putPieces(client: StoreClient, to: Written, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const parts = inParts(pieces);
  const first = await parts.next();
  const second = await parts.next();
  if (first.done === true || second.done === true) {
    await put(client, { ...to, body: first.done === true ? new Uint8Array() : first.value });
    return;
  }
  const uploadId = await beginUpload(client, to);
  try {
    const etags = [
      await putPart(client, to, { uploadId, number: 1, body: first.value }),
      await putPart(client, to, { uploadId, number: 2, body: second.value }),
    ];
    for await (const body of parts) {
      etags.push(await putPart(client, to, { uploadId, number: etags.length + 1, body }));
    }
    await completeUpload(client, to, { uploadId, etags });
  } catch (error) {
    await client
      .sendAndRead({ bucket: to.bucket, key: to.key, method: 'DELETE', query: { uploadId }, action: 'written' })
      .catch(() => undefined); // What cannot be deleted either, the store's own rules for such uploads sweep.
    throw error;
  }
}

/** Pieces of `partBytes`, the last one shorter. */
async function* inParts(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  let gathered: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    gathered.push(piece);
    bytes += piece.length;
    if (bytes >= partBytes) {
      yield Buffer.concat(gathered);
      gathered = [];
      bytes = 0;
    }
  }
  if (bytes > 0) {
    yield Buffer.concat(gathered);
  }
  return undefined;
}

async function beginUpload(client: StoreClient, to: Written): Promise<string> {
  const reply = await client.sendAndRead({ ...to, method: 'POST', query: { uploads: '' }, action: 'written' });
  const uploadId = readXml(reply.toString())?.value('UploadId');
  if (uploadId === undefined) {
    throw new StorageAway('refused', `The storage began no upload for "s3://${to.bucket}/${to.key}".`);
  }
  return uploadId;
}

async function putPart(
  client: StoreClient,
  { bucket, key }: Written,
  { uploadId, number, body }: { readonly uploadId: string; readonly number: number; readonly body: Uint8Array },
): Promise<string> {
  const query = { partNumber: String(number), uploadId };
  const reply = await client.send({ bucket, key, method: 'PUT', query, body, action: 'written' });
  await client.read(reply);
  return header(reply.headers, 'etag') ?? '';
}

async function completeUpload(
  client: StoreClient,
  { bucket, key }: Written,
  { uploadId, etags }: { readonly uploadId: string; readonly etags: readonly string[] },
): Promise<void> {
  const parts = etags.map(
    (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag.replaceAll('"', '&quot;')}</ETag></Part>`,
  );
  const body = Buffer.from(
    `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</CompleteMultipartUpload>`,
  );
  const headers = { 'content-type': 'application/xml' };
  const reply = await client.sendAndRead({
    bucket,
    key,
    method: 'POST',
    query: { uploadId },
    headers,
    body,
    action: 'written',
  });
  // S3 may fail in a reply that has begun as a success.
  const answer = readXml(reply.toString());
  if (answer?.name === 'Error') {
    throw new StorageAway('overloaded', `The storage failed to complete an upload (${answer.value('Code') ?? ''}).`);
  }
}
