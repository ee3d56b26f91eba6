import * as vscode from 'vscode';
import type { SourceFinder, SourcePlace } from '../../core/manifest/sourceCheck.js';
import type { ManifestScan } from '../../core/manifest/manifestScan.js';
import type { ReadSource } from '../../core/manifest/sourceLists.js';
import type { ObjectStore } from '../../core/ports.js';
import { formatS3Uri, parseObjectAddress, parseS3Uri } from '../../core/s3Uri.js';
import { noticeFor } from '../support/notices.js';
import { fileUri, type PictureSource } from './manifestPictures.js';

/** So many lines are asked for their sources at once. */
const linesAtOnce = 20_000;

/** All addresses of a manifest of so many lines, page by page. */
export async function* allSources(
  scan: ManifestScan,
  lines: number,
  signal: AbortSignal,
): AsyncGenerator<readonly ReadSource[]> {
  for (let first = 0; first < lines; first += linesAtOnce) {
    yield await scan.sources(first, linesAtOnce, signal);
  }
}

/** Looks for sources where their pictures are read: in the connection's buckets, and where the manifest is. */
export function sourceFinder(from: PictureSource): SourceFinder {
  const inBuckets = bucketFinder(from.store);
  return {
    placeOf(source) {
      const address = parseObjectAddress(source);
      if (address) {
        return splitAtSlash(formatS3Uri(address));
      }
      if (/^https?:/iu.test(source)) {
        return { reason: vscode.l10n.t('Web addresses that are no S3 objects are not looked for.') };
      }
      try {
        const uri = fileUri(source, from.manifest);
        const { folder, name } = splitAtSlash(uri.path);
        return { folder: uri.with({ path: folder }).toString(), name };
      } catch {
        return { reason: vscode.l10n.t('Files in another place than the manifest are not looked for.') };
      }
    },
    namesIn: (folder, signal) => (isInBucket(folder) ? inBuckets.namesIn(folder, signal) : fileNames(folder)),
    has: (place, signal) => (isInBucket(place.folder) ? inBuckets.has(place, signal) : isFile(place)),
    reasonOf: (error) => (error instanceof vscode.FileSystemError ? error.message : noticeFor(error).message),
  };
}

/** An object's URI as VS Code writes it is not taken for its address: that begins with `gts3`. */
function isInBucket(folder: string): boolean {
  return folder.startsWith('s3://');
}

function bucketFinder(store: () => Promise<ObjectStore>): Pick<SourceFinder, 'namesIn' | 'has'> {
  return {
    async *namesIn(folder, signal) {
      const { bucket, key: prefix } = parseS3Uri(folder) ?? { bucket: '', key: '' };
      const objects = await store();
      let token: string | undefined;
      do {
        const request = { bucket, prefix, isFolder: true, ...(token !== undefined && { token }) };
        const page = await objects.listObjects(request, signal);
        yield page.objects.map(({ key }) => key.slice(prefix.length));
        token = page.nextToken;
      } while (token !== undefined);
    },
    async has({ folder, name }, signal) {
      const { bucket, key } = parseS3Uri(folder) ?? { bucket: '', key: '' };
      return (await (await store()).headObject({ bucket, key: key + name }, signal)) !== undefined;
    },
  };
}

async function* fileNames(folder: string): AsyncGenerator<readonly string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.parse(folder));
    yield entries.map(([name]) => name);
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
  }
}

async function isFile({ folder, name }: SourcePlace): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(vscode.Uri.joinPath(vscode.Uri.parse(folder), name));
    return true;
  } catch (error) {
    if (isNotFound(error)) {
      return false;
    }
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}

function splitAtSlash(address: string): SourcePlace {
  const end = address.lastIndexOf('/') + 1;
  return { folder: address.slice(0, end), name: address.slice(end) };
}
