import type { JsonValue } from '../json.js';
import { Failure } from '../failure.js';
import type { ObjectStore } from '../ports.js';
import { formatS3Uri, parseS3Uri, type S3Uri } from '../s3Uri.js';
import { isPicture } from './datasetManifest.js';
import { jobConstraints } from './jobConstraints.js';

/** What a job would take its objects from, as far as the form shows it. */
export interface InputSummary {
  readonly pictures: number;
  /** Of the pictures together; a manifest does not say. */
  readonly bytes?: number;
  /** Objects of a folder that are no pictures, or lines of a manifest that cannot be read. */
  readonly others: number;
  /** Up to `sampleCount`, spread over the whole. */
  readonly samples: readonly S3Uri[];
  /** To choose an example from: up to `choiceCount`, spread alike. */
  readonly choices: readonly S3Uri[];
}

export interface PictureListing extends InputSummary {
  readonly bytes: number;
  readonly all: readonly S3Uri[];
}

export interface ManifestReading extends InputSummary {
  readonly buckets: readonly string[];
}

/** As many as the console shows of a data set. */
const sampleCount = 12;
const choiceCount = 60;

/**
 * The pictures under a folder, in the order of S3's listing, those in folders below it too. Stops where there are more
 * than a job may have.
 */
export async function listPictures(
  objects: ObjectStore,
  folder: { readonly bucket: string; readonly prefix: string },
  onProgress: (pictures: number) => void,
  signal: AbortSignal,
): Promise<PictureListing> {
  const all: S3Uri[] = [];
  let bytes = 0;
  let others = 0;
  let token: string | undefined;
  do {
    const page = await objects.listObjects({ ...folder, ...(token !== undefined && { token }) }, signal);
    for (const object of page.objects) {
      if (isPicture(object.key)) {
        all.push({ bucket: object.bucket, key: object.key });
        bytes += object.bytes;
      } else if (!object.key.endsWith('/')) {
        others += 1; // A key that ends with a slash is the folder itself, as the S3 console makes it.
      }
    }
    onProgress(all.length);
    token = page.nextToken;
  } while (token !== undefined && all.length <= jobConstraints.objects);
  return { pictures: all.length, bytes, others, ...selection(all), all };
}

/** Reads a manifest in pieces, to say how many objects it has and where their pictures are. */
export async function readJobManifest(
  objects: ObjectStore,
  manifest: S3Uri,
  onProgress: (pictures: number) => void,
  signal: AbortSignal,
): Promise<ManifestReading> {
  const all: S3Uri[] = [];
  let others = 0;
  const take = (line: string) => {
    const picture = sourceOf(line);
    if (picture !== undefined) {
      all.push(picture);
    } else if (line.trim() !== '') {
      others += 1;
    }
  };
  const head = await objects.headObject(manifest, signal);
  if (head === undefined) {
    throw new Failure('object.notFound', { uri: formatS3Uri(manifest) });
  }
  const decoder = new TextDecoder();
  let rest = '';
  for (let offset = 0; offset < head.bytes && all.length <= jobConstraints.objects; offset += pieceBytes) {
    const range = { offset, bytes: pieceBytes };
    const piece = await objects.readObject(manifest, { range, ifMatch: head.etag }, signal);
    const lines = (rest + decoder.decode(piece.bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
    onProgress(all.length);
  }
  take(rest + decoder.decode());
  const buckets = [...new Set(all.map(({ bucket }) => bucket))];
  return { pictures: all.length, others, ...selection(all), buckets };
}

const pieceBytes = 4 * 1024 * 1024;

function sourceOf(line: string): S3Uri | undefined {
  try {
    const entry = JSON.parse(line) as JsonValue;
    const source =
      typeof entry === 'object' && entry !== null && 'source-ref' in entry ? entry['source-ref'] : undefined;
    return typeof source === 'string' ? parseS3Uri(source) : undefined;
  } catch {
    return undefined; // Counted by the caller; the engine says of each what is wrong with it.
  }
}

function selection(all: readonly S3Uri[]): Pick<InputSummary, 'samples' | 'choices'> {
  return { samples: spread(all, sampleCount), choices: spread(all, choiceCount) };
}

/** `count` of `all` at even distances, so that a folder sorted by class shows each class. */
function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) {
    return all;
  }
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]).filter(
    (item) => item !== undefined,
  );
}
