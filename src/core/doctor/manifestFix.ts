import type { JsonValue } from '../json.js';
import { bytesSource } from '../manifest/byteSource.js';
import { fixedManifest, type FixOptions } from '../manifest/lint/fixedManifest.js';
import { formatS3Uri, type S3Uri } from '../s3Uri.js';
import type { Examination } from './examination.js';
import { fileFix } from './fileFix.js';
import type { JobObjects } from './jobObjects.js';
import { isWhole, mostManifestBytes, type ReadFile } from './readFile.js';
import type { Fix } from './report.js';
import { shownSize } from './shownSize.js';

const newline = 0x0a;

/** All of these kinds made right, as *Save Fixed Copy As…* does it; `undefined` where that changes nothing. */
export async function lintFix(
  examination: Examination,
  file: ReadFile,
  options: Omit<FixOptions, 'location'>,
  signal: AbortSignal,
): Promise<Fix | undefined> {
  if (!isWhole(file)) {
    return undefined;
  }
  const parts: Uint8Array[] = [];
  const fixing = fixedManifest(bytesSource(file.bytes), { ...options, location: formatS3Uri(file.uri) }, signal);
  let step = await fixing.next();
  for (; step.done !== true; step = await fixing.next()) {
    parts.push(step.value);
  }
  const { fixes } = step.value;
  const title = fixes === 1 ? 'Mend it' : `Mend ${fixes} places`;
  return fixes === 0 ? undefined : fileFix(examination, { title, file, after: joined(parts) });
}

/** The manifest without the lines of these objects; `undefined` where there is no manifest, or not all was read. */
export function withoutObjects(
  examination: Examination,
  objects: JobObjects,
  left: readonly S3Uri[],
  title: string,
): Fix | undefined {
  const { manifest } = objects;
  if (!manifest || !isWhole(manifest)) {
    return undefined;
  }
  const gone = new Set(left.map(formatS3Uri));
  const isNamed = (reference: JsonValue | undefined) => typeof reference === 'string' && gone.has(reference);
  const lines = new Set(objects.lines.filter(({ value }) => isNamed(value['source-ref'])).map(({ line }) => line));
  return fileFix(examination, { title, file: manifest, after: withoutLines(manifest.bytes, lines) });
}

/** Each other line byte by byte. Lines count from 0. */
export function withoutLines(bytes: Uint8Array, lines: ReadonlySet<number>): Uint8Array {
  const kept: Uint8Array[] = [];
  for (let line = 0, start = 0; start < bytes.length; line += 1) {
    const at = bytes.indexOf(newline, start);
    const end = at === -1 ? bytes.length : at + 1;
    if (!lines.has(line)) {
      kept.push(bytes.subarray(start, end));
    }
    start = end;
  }
  return joined(kept);
}

/** How lines are left out of a manifest that is not written anew from here. */
export const leaveOut = 'open it, show the rows that are to stay, and choose "Use the Rows That Are Shown…"';

/** Why there is no fix, and what to do instead, as a sentence with a space before it; nothing of a whole manifest. */
export function tooLargeToFix(manifest: ReadFile | undefined, instead: string): string {
  return !manifest || isWhole(manifest)
    ? ''
    : ` The manifest has ${shownSize(manifest.totalBytes)}, and one of more than ${shownSize(mostManifestBytes)} is not written anew from here: ${instead}.`;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
