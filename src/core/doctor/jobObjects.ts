import { listPictures } from '../jobs/jobInput.js';
import { isObject, type JsonObject } from '../json.js';
import { parseLine } from '../manifest/parseLine.js';
import type { ObjectStore } from '../ports.js';
import { parseS3Uri, type S3Uri } from '../s3Uri.js';
import type { JobInputPlace } from './subject.js';

/** What a job would label. */
export interface JobObjects {
  /** The manifest as it is; a form with a folder has none yet. */
  readonly manifest?: { readonly uri: S3Uri; readonly bytes: Uint8Array };
  readonly lines: readonly ManifestLine[];
  /** The objects by reference. */
  readonly pictures: readonly S3Uri[];
  readonly buckets: readonly string[];
  readonly pictureBuckets: readonly string[];
}

interface ManifestLine {
  /** From 0. */
  readonly line: number;
  readonly text: string;
  readonly value: JsonObject;
}

export async function readObjects(
  objects: ObjectStore,
  place: JobInputPlace,
  signal: AbortSignal,
): Promise<JobObjects> {
  if (place.kind === 'folder') {
    const { all: pictures } = await listPictures(objects, place, () => undefined, signal);
    return { lines: [], pictures, buckets: [place.bucket], pictureBuckets: pictures.length > 0 ? [place.bucket] : [] };
  }
  const { bytes } = await objects.readObject(place.uri, {}, signal);
  const lines = new TextDecoder().decode(bytes).split('\n').flatMap(readLine);
  const pictures = lines.flatMap(({ value }) => referenceOf(value) ?? []);
  const pictureBuckets = [...new Set(pictures.map(({ bucket }) => bucket))];
  return {
    manifest: { uri: place.uri, bytes },
    lines,
    pictures,
    pictureBuckets,
    buckets: [...new Set([place.uri.bucket, ...pictureBuckets])],
  };
}

/** What is no JSON object is the linter's matter. */
function readLine(text: string, line: number): readonly ManifestLine[] {
  const parsed = parseLine(text);
  return parsed.kind !== 'broken' && isObject(parsed.value) ? [{ line, text, value: parsed.value }] : [];
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
