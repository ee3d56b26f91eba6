import { Failure } from '../failure.js';
import { mayPass } from '../passing.js';
import { pause } from '../pause.js';
import { Lanes } from './lanes.js';
import type { ObjectStore } from '../ports.js';

export interface UploadFile {
  readonly key: string;
  read(signal: AbortSignal): Promise<Uint8Array>;
}

export interface Upload {
  readonly objects: Pick<ObjectStore, 'listObjects' | 'headObject' | 'writeObject'>;
  readonly bucket: string;
  readonly files: readonly UploadFile[];
  /** Lower-case hexadecimal: what S3 gives as the ETag of an object that was written in one piece. */
  readonly md5: (bytes: Uint8Array) => string;
  readonly onProgress: (progress: UploadProgress) => void;
  /** Awaited before the first is written: those that were not there, so that they are known whatever happens. */
  readonly onBegin?: (files: readonly UploadFile[]) => Promise<void>;
  /** Told before it is asked for: from then on it may be there. */
  readonly onWriting?: (file: UploadFile) => void;
  /** Told at once, so that it is known what was written also where the upload does not get to its end. */
  readonly onUploaded?: (file: UploadFile) => void;
}

export interface UploadProgress {
  readonly done: number;
  readonly total: number;
}

export interface UploadOutcome {
  readonly uploaded: readonly UploadFile[];
  /** What was there already, with the same content. */
  readonly skipped: readonly UploadFile[];
  readonly failed: readonly { readonly file: UploadFile; readonly error: unknown }[];
}

const parallelFiles = 16;
const attempts = 5;
const firstDelayMs = 200;
const md5Metadata = 'ground-truth-md5'; // For buckets whose encryption makes another ETag.

/** Uploads many files at once. A file that fails does not stop the others; what would fail for all of them does. */
export async function upload(request: Upload, signal: AbortSignal): Promise<UploadOutcome> {
  const there = await listExisting(request, signal);
  await request.onBegin?.(request.files.filter(({ key }) => isListed(there, key) && !there.objects.has(key)));
  const refusal = new AbortController();
  const until = AbortSignal.any([signal, refusal.signal]);
  const uploaded: UploadFile[] = [];
  const skipped: UploadFile[] = [];
  const failed: { file: UploadFile; error: unknown }[] = [];
  const lanes = new Lanes(parallelFiles);
  const queue = request.files.values();
  const work = async () => {
    for (const file of queue) {
      until.throwIfAborted();
      try {
        const isNew = await lanes.run(() => retrying(() => uploadOne(request, file, there, until), lanes, until));
        lanes.succeeded();
        (isNew ? uploaded : skipped).push(file);
        if (isNew) {
          request.onUploaded?.(file);
        }
      } catch (error) {
        // What is too much one by one is too much altogether.
        const isTooMuch = Failure.is(error, 'aws.overloaded') && lanes.limit === 1;
        if (isTooMuch || concernsAll(error)) {
          refusal.abort(error); // Only the first reason counts.
        }
        until.throwIfAborted();
        failed.push({ file, error });
      }
      const done = uploaded.length + skipped.length + failed.length;
      request.onProgress({ done, total: request.files.length });
    }
  };
  const workers = Array.from({ length: Math.min(parallelFiles, request.files.length) }, work);
  await Promise.allSettled(workers); // What went on after the end would be seen, stopped and recorded by nobody.
  await Promise.all(workers);
  return { uploaded, skipped, failed };
}

interface Existing {
  readonly objects: ReadonlyMap<string, { readonly bytes: number; readonly etag?: string }>;
  /** Keys beyond this one were not listed. */
  readonly listedTo: string | undefined;
}

/** Resolves to whether the object was not there yet with this content. */
async function uploadOne(request: Upload, file: UploadFile, there: Existing, signal: AbortSignal): Promise<boolean> {
  const { objects, bucket } = request;
  const uri = { bucket, key: file.key };
  const body = await file.read(signal);
  const existing = await findExisting(request, file, there, signal);
  const digest = request.md5(body);
  if (existing?.bytes === body.length) {
    if (existing.etag?.replaceAll('"', '') === digest) {
      return false;
    }
    const head = await objects.headObject(uri, signal);
    if (head?.bytes === body.length && head.metadata[md5Metadata] === digest) {
      return false;
    }
  }
  request.onWriting?.(file);
  const contentType = contentTypeOf(file.key);
  await objects.writeObject(uri, body, { contentType, metadata: { [md5Metadata]: digest } }, signal);
  return true;
}

async function findExisting({ objects, bucket }: Upload, { key }: UploadFile, there: Existing, signal: AbortSignal) {
  return isListed(there, key) ? there.objects.get(key) : objects.headObject({ bucket, key }, signal);
}

function isListed({ listedTo }: Existing, key: string): boolean {
  return listedTo === undefined || key <= listedTo;
}

/** One listing saves one request for each file, unless the folder holds far more than what is uploaded. */
async function listExisting({ objects, bucket, files }: Upload, signal: AbortSignal): Promise<Existing> {
  const found = new Map<string, { bytes: number; etag?: string }>();
  const prefix = commonFolder(files.map(({ key }) => key));
  const mostObjects = 2 * files.length + 2_000;
  let token: string | undefined;
  let listedTo: string | undefined;
  do {
    const page = await objects.listObjects({ bucket, prefix, ...(token !== undefined && { token }) }, signal);
    for (const { key, bytes, etag } of page.objects) {
      found.set(key, { bytes, ...(etag !== undefined && { etag }) });
      listedTo = key;
    }
    token = page.nextToken;
  } while (token !== undefined && found.size < mostObjects);
  return { objects: found, listedTo: token === undefined ? undefined : listedTo };
}

function commonFolder([first = '', ...rest]: readonly string[]): string {
  let prefix = first;
  for (const key of rest) {
    while (!key.startsWith(prefix)) {
      prefix = prefix.slice(0, -1);
    }
  }
  return prefix.slice(0, prefix.lastIndexOf('/') + 1);
}

async function retrying<T>(run: () => Promise<T>, lanes: Lanes, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted(); // It may have waited for its lane.
    try {
      return await run();
    } catch (error) {
      if (attempt === attempts || !mayPass(error)) {
        throw error;
      }
      if (Failure.is(error, 'aws.overloaded')) {
        lanes.overloaded();
      }
      // Sixteen that were told to slow down together must not come back together.
      await pause(firstDelayMs * 2 ** (attempt - 1) * (0.5 + Math.random()), signal);
    }
  }
}

function concernsAll(error: unknown): boolean {
  return (
    Failure.is(error, 'aws.signedOut') ||
    Failure.is(error, 'aws.accessDenied') ||
    Failure.is(error, 'aws.unreachable') ||
    Failure.is(error, 'bucket.notFound') ||
    Failure.is(error, 'local.notStarted')
  );
}

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['csv', 'text/csv'],
  ['gif', 'image/gif'],
  ['htm', 'text/html'],
  ['html', 'text/html'],
  ['jpeg', 'image/jpeg'],
  ['jpg', 'image/jpeg'],
  ['json', 'application/json'],
  ['manifest', 'application/x-ndjson'],
  ['png', 'image/png'],
  ['txt', 'text/plain'],
  ['webp', 'image/webp'],
]);

export function contentTypeOf(key: string): string {
  const extension = key.slice(key.lastIndexOf('.') + 1).toLowerCase();
  return contentTypes.get(extension) ?? 'application/octet-stream';
}
