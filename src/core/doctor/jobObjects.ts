import { listPictures } from '../jobs/jobInput.js';
import { isObject, type JsonObject } from '../json.js';
import { parseLine } from '../manifest/parseLine.js';
import type { ObjectStore } from '../ports.js';
import { parseS3Uri, type S3Uri } from '../s3Uri.js';
import { isWhole, readBeginning, type ReadFile } from './readFile.js';
import type { JobInputPlace } from './subject.js';

/** What a job would label. */
export interface JobObjects {
  /** As far as it was read; a form with a folder has none yet. */
  readonly manifest?: ReadFile;
  /** Of what was read of the manifest from its beginning on. */
  readonly lines: readonly ManifestLine[];
  /** The objects by reference. */
  readonly pictures: readonly S3Uri[];
  readonly buckets: readonly string[];
  readonly pictureBuckets: readonly string[];
}

interface ManifestLine {
  /** From 0. */
  readonly line: number;
  readonly value: JsonObject;
}

/**
 * Of a large manifest the beginning is read, and pieces of the rest at even distances, whose objects count among the
 * pictures.
 */
export async function readObjects(
  objects: ObjectStore,
  place: JobInputPlace,
  signal: AbortSignal,
): Promise<JobObjects> {
  if (place.kind === 'folder') {
    const { all: pictures } = await listPictures(objects, place, () => undefined, signal);
    return { lines: [], pictures, buckets: [place.bucket], pictureBuckets: pictures.length > 0 ? [place.bucket] : [] };
  }
  const manifest = await readBeginning(objects, place.uri, signal);
  const lines = linesOf(manifest.bytes);
  const others = isWhole(manifest) ? [] : await readPieces(objects, manifest, signal);
  const pictures = [...lines, ...others].flatMap(({ value }) => referenceOf(value) ?? []);
  const pictureBuckets = [...new Set(pictures.map(({ bucket }) => bucket))];
  return {
    manifest,
    lines,
    pictures,
    pictureBuckets,
    buckets: [...new Set([place.uri.bucket, ...pictureBuckets])],
  };
}

const pieces = 8;
const pieceBytes = 64 * 1024;

/** Lines of the rest, without the two that a piece cuts; they have no numbers. */
async function readPieces(
  objects: ObjectStore,
  { uri, etag, bytes: { length: from }, totalBytes }: ReadFile,
  signal: AbortSignal,
): Promise<readonly ManifestLine[]> {
  const found: ManifestLine[] = [];
  for (let piece = 1, last = from; piece <= pieces; piece += 1) {
    const end = from + Math.floor(((totalBytes - from) * piece) / pieces);
    const offset = Math.max(last, end - pieceBytes);
    const { bytes } = await objects.readObject(uri, { range: { offset, bytes: end - offset }, ifMatch: etag }, signal);
    last = end;
    const isEnd = end === totalBytes;
    const whole = bytes.subarray(bytes.indexOf(newline) + 1, isEnd ? bytes.length : bytes.lastIndexOf(newline) + 1);
    found.push(...linesOf(whole));
  }
  return found;
}

const newline = 0x0a;

function linesOf(bytes: Uint8Array): readonly ManifestLine[] {
  return new TextDecoder().decode(bytes).split('\n').flatMap(readLine);
}

/** What is no JSON object is the linter's matter. */
function readLine(text: string, line: number): readonly ManifestLine[] {
  const parsed = parseLine(text);
  return parsed.kind !== 'broken' && isObject(parsed.value) ? [{ line, value: parsed.value }] : [];
}

function referenceOf(value: JsonObject): S3Uri | undefined {
  const reference = value['source-ref'];
  const uri = typeof reference === 'string' ? parseS3Uri(reference) : undefined;
  return uri && uri.key !== '' && !uri.key.endsWith('/') ? uri : undefined;
}

/** `count` of all, at even distances, so that a folder sorted by class shows each class. */
export function pictureSample(all: readonly S3Uri[], count: number): readonly S3Uri[] {
  const step = Math.max(all.length / count, 1);
  return Array.from({ length: Math.min(count, all.length) }, (_, index) => all[Math.floor(index * step)]).flatMap(
    (uri) => uri ?? [],
  );
}
