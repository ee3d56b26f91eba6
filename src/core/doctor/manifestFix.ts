import { writeCommands } from './writeCommands.js';
import type { JsonValue } from '../json.js';
import { formatS3Uri, objectName, type S3Uri } from '../s3Uri.js';
import type { Examination } from './examination.js';
import type { JobObjects } from './jobObjects.js';
import type { Fix } from './report.js';

/** Writes the manifest anew, unless somebody else has meanwhile. */
export function manifestFix(examination: Examination, { title, manifest, after }: ManifestChange): Fix {
  const { uri, bytes } = manifest;
  const { objects } = examination.services;
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return {
    title,
    fileName: objectName(uri),
    before,
    after,
    commands: writeCommands(examination, uri, after),
    async apply(signal) {
      const now = await objects.readObject(uri, {}, signal);
      if (new TextDecoder('utf-8', { ignoreBOM: true }).decode(now.bytes) !== before) {
        throw new Error(`"${formatS3Uri(uri)}" has changed since it was looked at. Run the doctor again.`);
      }
      await objects.writeObject(uri, new TextEncoder().encode(after), { contentType: 'application/jsonlines' }, signal);
    },
  };
}

export interface ManifestChange {
  readonly title: string;
  readonly manifest: NonNullable<JobObjects['manifest']>;
  readonly after: string;
}

/** The manifest without the lines of these objects; `undefined` of a form’s folder, which has no manifest yet. */
export function withoutObjects(
  examination: Examination,
  objects: JobObjects,
  left: readonly S3Uri[],
  title: string,
): Fix | undefined {
  const { manifest } = objects;
  if (!manifest) {
    return undefined;
  }
  const gone = new Set(left.map(formatS3Uri));
  const isNamed = (reference: JsonValue | undefined) => typeof reference === 'string' && gone.has(reference);
  const lines = new Set(objects.lines.filter(({ value }) => isNamed(value['source-ref'])).map(({ line }) => line));
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(manifest.bytes);
  const after = before
    .split('\n')
    .filter((_, line) => !lines.has(line))
    .join('\n');
  return manifestFix(examination, { title, manifest, after });
}
