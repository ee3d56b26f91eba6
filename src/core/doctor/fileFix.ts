import { Failure } from '../failure.js';
import { formatS3Uri, objectName, type S3Uri } from '../s3Uri.js';
import { changedMeanwhile } from './changedMeanwhile.js';
import type { Examination } from './examination.js';
import { type ReadFile, shownText } from './readFile.js';
import type { Fix } from './report.js';
import { writeCommands } from './writeCommands.js';

interface FileChange {
  readonly title: string;
  readonly file: ReadFile;
  /** All of it, byte by byte. */
  readonly after: Uint8Array;
}

/** Writes the file anew, unless it is another one than that whose change is shown. What S3 keeps beside it stays. */
export function fileFix(examination: Examination, { title, file, after }: FileChange): Fix {
  const { uri, etag, bytes } = file;
  const { objects } = examination.services;
  return {
    title,
    fileName: objectName(uri),
    before: shownText(bytes),
    after: shownText(after),
    commands: writeCommands(examination, { uri, bytes: after, condition: { ifMatch: etag } }),
    async apply(signal) {
      const head = await objects.headObject(uri, signal); // A store may know no conditional write.
      if (head?.etag !== etag) {
        throw changedMeanwhile(formatS3Uri(uri));
      }
      const { contentType, metadata } = head;
      const options = { ifMatch: etag, metadata, ...(contentType !== undefined && { contentType }) };
      await unlessChanged(uri, objects.writeObject(uri, after, options, signal));
    },
  };
}

interface NewFile extends FileChange {
  /** Where the changed text goes; the file stays. */
  readonly made: S3Uri;
  readonly contentType: string;
}

/** Writes what comes of the file beside it, unless somebody else has meanwhile. */
export function newFileFix(examination: Examination, { title, file, after, made, contentType }: NewFile): Fix {
  const { objects } = examination.services;
  return {
    title,
    fileName: objectName(made),
    before: shownText(file.bytes),
    after: shownText(after),
    commands: writeCommands(examination, { uri: made, bytes: after, condition: { isNew: true } }),
    makes: made,
    async apply(signal) {
      if (await objects.headObject(made, signal)) {
        throw changedMeanwhile(formatS3Uri(made));
      }
      await unlessChanged(made, objects.writeObject(made, after, { contentType, isNew: true }, signal));
    },
  };
}

async function unlessChanged(uri: S3Uri, writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    throw Failure.is(error, 'object.changed') || Failure.is(error, 'object.notFound')
      ? changedMeanwhile(formatS3Uri(uri), error)
      : error;
  }
}
