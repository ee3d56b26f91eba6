import { crc32 } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  type CompletedPart,
  type Part,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Failure } from '../core/failure.js';
import type { WriteObject } from '../core/ports.js';
import type { S3Uri } from '../core/s3Uri.js';
import { type AwsCaller, ignoring, isRefusal } from './errors.js';
import type { pause } from './pause.js';
import { persist } from './persist.js';
import { writeCondition } from './writeCondition.js';

/** Larger objects are written in parts: what breaks off is not sent anew from its beginning. */
export const mostBytesInOnePiece = 16 * 1024 * 1024;
const bytesPerPart = 8 * 1024 * 1024;
const mostParts = 10_000; // That S3 takes.
const parallelParts = 4;
const abortMs = 10_000;

export interface LargeObject {
  readonly uri: S3Uri;
  readonly body: Uint8Array;
  readonly options: WriteObject;
}

interface Context {
  readonly client: S3Client;
  readonly call: AwsCaller;
  readonly wait: typeof pause;
}

/**
 * Writes a large object. One whose writer has crashed is gone on with: its parts are compared with the body's. Whatever
 * else ends it leaves nothing behind, neither an object nor parts, which S3 would keep, and charge for.
 */
export async function writeInParts(context: Context, object: LargeObject, signal: AbortSignal): Promise<void> {
  const interrupted = await findInterrupted(context, object, signal);
  if (interrupted) {
    await write(context, object, interrupted, signal);
    // Its metadata came with its beginning, maybe from a file that has changed since, and cannot be asked for earlier.
    if (await isThere(context, object, signal)) {
      return;
    }
  }
  await write(context, object, { uploadId: await begin(context, object, signal), there: [] }, signal);
}

interface Begun {
  readonly uploadId: string;
  readonly there: readonly Part[];
}

async function write(context: Context, object: LargeObject, begun: Begun, signal: AbortSignal): Promise<void> {
  const { uploadId } = begun;
  try {
    const parts = await sendParts(context, { ...object, ...begun }, signal);
    await complete(context, { ...object, uploadId, parts }, signal);
  } catch (error) {
    await abandon(context, object, uploadId);
    throw error;
  }
}

function place({ bucket, key }: S3Uri) {
  return { Bucket: bucket, Key: key };
}

function writing({ bucket, key }: S3Uri) {
  return { action: 's3:PutObject', resource: `${bucket}/${key}` };
}

/**
 * The upload that a crash has left: one with parts, all of which are the body's. Any other may be somebody's who is still
 * writing. Whoever may not look for it begins anew.
 */
async function findInterrupted(context: Context, object: LargeObject, signal: AbortSignal): Promise<Begun | undefined> {
  const { client, call } = context;
  const { uri, body } = object;
  const command = new ListMultipartUploadsCommand({ Bucket: uri.bucket, Prefix: uri.key });
  const found: Begun[] = [];
  await ignoringDenial(async () => {
    const action = { action: 's3:ListBucketMultipartUploads', resource: uri.bucket };
    const { Uploads = [] } = await call(action, signal, (options) => client.send(command, options));
    for (const { Key, UploadId: uploadId } of Uploads) {
      if (Key === uri.key && uploadId !== undefined) {
        let there: readonly Part[] = [];
        await ignoring(['NoSuchUpload'], async () => {
          there = await listParts(context, object, uploadId, signal); // Somebody may have completed it meanwhile.
        });
        if (there.length > 0 && there.every((part) => isSame(part, pieceOf(body, part.PartNumber ?? 0)))) {
          found.push({ uploadId, there });
        }
      }
    }
  });
  return found.at(-1);
}

function pieceOf(body: Uint8Array, number: number): Uint8Array {
  const partBytes = Math.max(bytesPerPart, Math.ceil(body.length / mostParts));
  return body.subarray((number - 1) * partBytes, number * partBytes);
}

/** Its reply is waited for also by whoever gives up meanwhile: an upload that nobody knows nobody takes back. */
async function begin(
  { client, call }: Context,
  { uri, options: { contentType, metadata } }: LargeObject,
  signal: AbortSignal,
): Promise<string> {
  const command = new CreateMultipartUploadCommand({
    ...place(uri),
    ContentType: contentType,
    Metadata: metadata && { ...metadata },
    ChecksumAlgorithm: 'CRC32',
  });
  signal.throwIfAborted();
  const late = new AbortController();
  let ending: NodeJS.Timeout | undefined;
  const giveUp = () => {
    ending = setTimeout(() => late.abort(signal.reason), abortMs);
  };
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const { UploadId = '' } = await call(writing(uri), late.signal, (options) => client.send(command, options));
    return UploadId;
  } finally {
    signal.removeEventListener('abort', giveUp);
    clearTimeout(ending);
  }
}

async function listParts(
  { client, call }: Context,
  { uri }: LargeObject,
  uploadId: string,
  signal: AbortSignal,
): Promise<readonly Part[]> {
  const parts: Part[] = [];
  let marker: string | undefined;
  do {
    const command = new ListPartsCommand({ ...place(uri), UploadId: uploadId, PartNumberMarker: marker });
    const action = { action: 's3:ListMultipartUploadParts', resource: `${uri.bucket}/${uri.key}` };
    const page = await call(action, signal, (options) => client.send(command, options));
    parts.push(...(page.Parts ?? []));
    marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
  } while (marker !== undefined);
  return parts;
}

async function sendParts(
  { client, call, wait }: Context,
  { uri, body, uploadId, there }: LargeObject & Begun,
  signal: AbortSignal,
): Promise<readonly CompletedPart[]> {
  const count = Math.ceil(body.length / pieceOf(body, 1).length);
  const sent: CompletedPart[] = [];
  const failed = new AbortController();
  const until = AbortSignal.any([signal, failed.signal]);
  const numbers = Array.from({ length: count }, (_, index) => index + 1).values();
  const work = async () => {
    for (const number of numbers) {
      const part =
        there.find(({ PartNumber }) => PartNumber === number) ??
        (await persist(() => send(number, pieceOf(body, number)), wait, until));
      sent.push({ PartNumber: number, ETag: part.ETag, ChecksumCRC32: part.ChecksumCRC32 });
    }
  };
  const send = (PartNumber: number, Body: Uint8Array) =>
    call(writing(uri), until, (options) =>
      client.send(
        new UploadPartCommand({ ...place(uri), UploadId: uploadId, PartNumber, Body, ChecksumAlgorithm: 'CRC32' }),
        options,
      ),
    );
  const workers = Array.from({ length: Math.min(parallelParts, count) }, () =>
    work().catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(workers); // None goes on after this is over.
  await Promise.all(workers);
  return sent.toSorted((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));
}

/** By the checksum: a part's ETag is no MD5 where the bucket's encryption has a key of KMS. */
function isSame({ Size, ChecksumCRC32 }: Part, bytes: Uint8Array): boolean {
  return Size === bytes.length && ChecksumCRC32 === crc32Text(bytes);
}

/** As S3 has it: four bytes, the highest first, in Base64. */
function crc32Text(bytes: Uint8Array): string {
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(crc32(bytes));
  return digest.toString('base64');
}

async function complete(
  { client, call, wait }: Context,
  object: LargeObject & { readonly uploadId: string; readonly parts: readonly CompletedPart[] },
  signal: AbortSignal,
): Promise<void> {
  const { uri, uploadId, parts } = object;
  const command = new CompleteMultipartUploadCommand({
    ...place(uri),
    UploadId: uploadId,
    MultipartUpload: { Parts: [...parts] },
    ...writeCondition(object.options),
  });
  try {
    await persist(() => call(writing(uri), signal, (options) => client.send(command, options)), wait, signal);
  } catch (error) {
    // Where only the reply to an attempt before was lost, the upload is gone and the object is there.
    if (!isRefusal(error, 'NoSuchUpload') || !(await isThere({ client, call, wait }, object, signal))) {
      throw error;
    }
  }
}

async function isThere(
  { client, call }: Context,
  { uri, body, options: { metadata = {} } }: LargeObject,
  signal: AbortSignal,
): Promise<boolean> {
  const reading = { action: 's3:GetObject', resource: `${uri.bucket}/${uri.key}` };
  const head = await call(reading, signal, (options) => client.send(new HeadObjectCommand(place(uri)), options));
  const isOurs = Object.entries(metadata).every(([name, value]) => head.Metadata?.[name] === value);
  return head.ContentLength === body.length && isOurs;
}

/** Also when the caller has given up: so under a signal of its own. What cannot be reached keeps its parts. */
async function abandon({ client, call }: Context, { uri }: LargeObject, uploadId: string): Promise<void> {
  const command = new AbortMultipartUploadCommand({ ...place(uri), UploadId: uploadId });
  const action = { action: 's3:AbortMultipartUpload', resource: `${uri.bucket}/${uri.key}` };
  try {
    await call(action, AbortSignal.timeout(abortMs), (options) => client.send(command, options));
  } catch {
    // Why the upload failed is what counts, and the next one goes on with the parts.
  }
}

/** Who may write objects may not always look for what was begun. */
async function ignoringDenial(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    // A store that is not Amazon's may not know it.
    if (!Failure.is(error, 'aws.accessDenied') && !isRefusal(error, 'NotImplemented')) {
      throw error;
    }
  }
}
