import * as vscode from 'vscode';
import type { JsonValue } from '../../core/json.js';
import { lineOfResponseFile, workerResponseFolder } from '../../core/manifest/workerResponses.js';
import { fromObjectUri, objectScheme } from '../../core/objectUri.js';
import type { ObjectStore } from '../../core/ports.js';

/** One file of workers' answers, and the line of the manifest that they are about. */
export interface ResponseFile {
  readonly line: number;
  readonly read: (signal: AbortSignal) => Promise<Uint8Array>;
}

/** `undefined` where it is not JSON: it is counted, and the count is shown, since one damaged file must not hide others. */
export function parsedFile(bytes: Uint8Array): JsonValue | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as JsonValue;
  } catch {
    return undefined;
  }
}

type Store = () => Promise<ObjectStore>;

/** All worker-response files of the job whose output the manifest is; none where it is no job's output. */
export async function responseFiles(
  manifest: vscode.Uri,
  store: Store,
  signal: AbortSignal,
): Promise<readonly ResponseFile[]> {
  const folder = workerResponseFolder(manifest.path);
  if (folder === undefined) {
    return [];
  }
  const uri = manifest.with({ path: folder });
  return manifest.scheme === objectScheme ? filesInBucket(uri, store, signal) : filesInFolder(uri, signal);
}

/** A bucket lists a thousand files at once, whatever their folders: a file system would be asked about each of them. */
async function filesInBucket(folder: vscode.Uri, store: Store, signal: AbortSignal): Promise<readonly ResponseFile[]> {
  const objects = await store();
  const { bucket, key } = fromObjectUri(folder);
  const prefix = `${key}/`;
  const files: ResponseFile[] = [];
  let token: string | undefined;
  do {
    const page = await objects.listObjects({ bucket, prefix, ...(token !== undefined && { token }) }, signal);
    for (const object of page.objects) {
      const line = lineOfResponseFile(object.key.slice(prefix.length));
      if (line !== undefined) {
        files.push({ line, read: async (reading) => (await objects.readObject(object, {}, reading)).bytes });
      }
    }
    token = page.nextToken;
  } while (token !== undefined);
  return files;
}

async function filesInFolder(folder: vscode.Uri, signal: AbortSignal): Promise<readonly ResponseFile[]> {
  const files: ResponseFile[] = [];
  for (const iteration of await namesIn(folder)) {
    for (const object of await namesIn(vscode.Uri.joinPath(folder, iteration))) {
      signal.throwIfAborted();
      const objectFolder = vscode.Uri.joinPath(folder, iteration, object);
      for (const name of await namesIn(objectFolder)) {
        const line = lineOfResponseFile(`${iteration}/${object}/${name}`);
        if (line !== undefined) {
          const uri = vscode.Uri.joinPath(objectFolder, name);
          files.push({ line, read: async () => vscode.workspace.fs.readFile(uri) });
        }
      }
    }
  }
  return files;
}

// Numbers in names count as numbers: a tenth iteration comes after the ninth.
const { compare } = new Intl.Collator('en', { numeric: true });

/** Nothing where there is no such folder: not every object was sent to workers in every iteration. */
export async function namesIn(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.map(([name]) => name).toSorted(compare);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && ['FileNotFound', 'FileNotADirectory'].includes(error.code)) {
      return [];
    }
    throw error;
  }
}
