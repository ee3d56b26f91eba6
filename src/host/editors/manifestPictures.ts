import * as vscode from 'vscode';
import { isObject } from '../../core/json.js';
import { field, metadataSuffix, readLine } from '../../core/manifest/lineReading.js';
import { parseObject } from '../../core/manifest/parseLine.js';
import { pictureType } from '../../core/manifest/pictureType.js';
import { toObjectUri } from '../../core/objectUri.js';
import type { ObjectBody, ObjectStore } from '../../core/ports.js';
import { formatS3Uri, parseObjectAddress, type S3Uri } from '../../core/s3Uri.js';
import type { Picture } from '../../protocol/manifestEditor.js';
import { missing, missingPicture, type MissingPicture, NotRead } from './missingPicture.js';

/** AWS: a picture may have 40 MB. */
const mostBytes = 40_000_000;

/** What a manifest's pictures are read through. */
export interface PictureSource {
  readonly manifest: vscode.Uri;
  readonly store: () => Promise<ObjectStore>;
}

/** A line, and whose it was when the page read it; the manifest may have been written anew since. */
interface AskedLine {
  readonly lineText: string;
  readonly source: string;
}

/** The picture that the line's `source-ref` names, from the connection's buckets or from beside the manifest. */
export async function readPicture(asked: AskedLine, from: PictureSource, signal: AbortSignal): Promise<Picture> {
  return ifSame(asked, (reference) => readReference(reference, from, signal));
}

/** What `read` makes of the address of the line's picture, where the line is still that object's. */
export async function ifSame<T>(
  { lineText, source }: AskedLine,
  read: (reference: string) => Promise<T>,
): Promise<T | MissingPicture> {
  return referenceIn(lineText) === source ? read(source) : movedLine();
}

function movedLine(): MissingPicture {
  return missing('moved', vscode.l10n.t('The manifest has changed since, and this line is another object now.'));
}

function referenceIn(lineText: string): string | undefined {
  const line = parseObject(lineText);
  const source = line ? readLine(line).source : undefined;
  return source?.kind === 'object' ? source.value : undefined;
}

/** The mask that is the line's label of this attribute: only what has the colours of classes is one. */
export async function readMask(
  { lineText, attribute, address }: { readonly lineText: string; readonly attribute: string; readonly address: string },
  from: PictureSource,
  signal: AbortSignal,
): Promise<Picture> {
  const line = parseObject(lineText) ?? {};
  const metadata = field(line, attribute + metadataSuffix);
  if (field(line, attribute) !== address) {
    return movedLine();
  }
  return isObject(metadata) && isObject(field(metadata, 'internal-color-map'))
    ? readReference(address, from, signal)
    : missing('notAPicture', vscode.l10n.t('This line has no mask as its label "{0}".', attribute));
}

function readReference(reference: string, from: PictureSource, signal: AbortSignal): Promise<Picture> {
  return orMissing(reference, signal, async () => shownPicture(await readSource(reference, from, signal), reference));
}

/** What `read` gives; where it fails, why, for the user. */
export async function orMissing<T>(
  reference: string,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T | MissingPicture> {
  try {
    return await read();
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    return missingPicture(error, reference);
  }
}

export function shownPicture(bytes: Uint8Array, reference: string): Picture {
  const contentType = pictureType(bytes);
  return contentType === undefined
    ? missing('notAPicture', vscode.l10n.t('"{0}" is no picture that can be shown here.', reference))
    : // Node's buffers are typed arrays that do not survive the way to a page: there they arrive as plain objects.
      { kind: 'picture', bytes: new Uint8Array(bytes), contentType };
}

/** The bytes of an object that a line names, from the same places. */
export async function readSource(reference: string, from: PictureSource, signal: AbortSignal): Promise<Uint8Array> {
  return (await placeOf(reference, from).read(signal)).bytes;
}

/** Where a picture is. */
export interface PicturePlace {
  /** The same for all ways to write it. */
  readonly address: string;
  /** Whether asking for the version goes over the network. */
  readonly costsRequest: boolean;
  read(signal: AbortSignal): Promise<VersionedBytes>;
  /** `undefined` where it still is that version. */
  readUnless(version: string, signal: AbortSignal): Promise<VersionedBytes | undefined>;
}

export interface VersionedBytes {
  readonly bytes: Uint8Array;
  /** An object's ETag, a file's time and size. */
  readonly version: string;
}

export function placeOf(reference: string, { manifest, store }: PictureSource): PicturePlace {
  const address = parseObjectAddress(reference);
  return address ? objectPlace(address, store) : filePlace(fileUri(reference, manifest), reference);
}

function objectPlace(uri: S3Uri, store: PictureSource['store']): PicturePlace {
  // One request and not two: of an object that is too large, no more than this is read.
  const range = { offset: 0, bytes: mostBytes };
  const versioned = ({ bytes, etag, totalBytes }: ObjectBody): VersionedBytes => {
    if (totalBytes > mostBytes) {
      throw tooLarge(vscode.Uri.from(toObjectUri(uri)).toString(true));
    }
    return { bytes, version: etag };
  };
  return {
    address: formatS3Uri(uri),
    costsRequest: true,
    read: async (signal) => versioned(await (await store()).readObject(uri, { range }, signal)),
    async readUnless(etag, signal) {
      const body = await (await store()).readChangedObject(uri, { range, etag }, signal);
      return body && versioned(body);
    },
  };
}

function filePlace(uri: vscode.Uri, reference: string): PicturePlace {
  const versionNow = async () => {
    const { size, mtime } = await vscode.workspace.fs.stat(uri);
    if (size > mostBytes) {
      throw tooLarge(reference);
    }
    return `${mtime}:${size}`;
  };
  // The version is that of before: what is written while it is read is another one the next time.
  const readAs = async (version: string) => ({ version, bytes: await vscode.workspace.fs.readFile(uri) });
  return {
    address: uri.toString(),
    costsRequest: uri.scheme !== 'file',
    read: async () => readAs(await versionNow()),
    async readUnless(version) {
      const now = await versionNow();
      return now === version ? undefined : readAs(now);
    },
  };
}

/** Only what stands where the manifest does: one from a bucket must not read this machine's files, or another host's. */
export function fileUri(reference: string, manifest: vscode.Uri): vscode.Uri {
  const uri = resolve(reference, manifest);
  if (uri.scheme !== manifest.scheme || uri.authority !== manifest.authority) {
    throw new NotRead(
      'noAccess',
      vscode.l10n.t('"{0}" is not where the manifest is: it is not read from here.', reference),
    );
  }
  return uri;
}

/** A path counts from the manifest's folder. */
function resolve(reference: string, manifest: vscode.Uri): vscode.Uri {
  if (reference.startsWith('file:')) {
    return vscode.Uri.parse(reference);
  }
  const isAbsolute = /^(?:\/|[a-z]:[\\/])/iu.test(reference);
  return isAbsolute && manifest.scheme === 'file'
    ? vscode.Uri.file(reference)
    : vscode.Uri.joinPath(manifest, '..', reference);
}

function tooLarge(reference: string): NotRead {
  return new NotRead(
    'notAPicture',
    vscode.l10n.t('"{0}" is larger than the 40 MB that Ground Truth allows.', reference),
  );
}
