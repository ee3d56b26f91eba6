import * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import { fromObjectUri, objectScheme, toObjectUri } from '../../core/objectUri.js';
import { objectName, type S3Uri } from '../../core/s3Uri.js';
import type { Connection } from './connection.js';
import { noticeFor } from './notices.js';

export function objectUri(uri: S3Uri): vscode.Uri {
  return vscode.Uri.from(toObjectUri(uri));
}

/** Lets every object open in any editor of VS Code, to be read only. */
export class S3FileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #connection: Connection;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  register(): vscode.Disposable {
    const options = { isReadonly: true, isCaseSensitive: true };
    return vscode.workspace.registerFileSystemProvider(objectScheme, this, options);
  }

  /** To be called by whoever learns that an object has other content now: S3 itself tells nobody. */
  announceChange(uri: S3Uri): void {
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri: objectUri(uri) }]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined); // See `announceChange`.
  }

  stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return inWords(uri, () => this.#stat(uri));
  }

  readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return inWords(uri, () => this.#readDirectory(uri));
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return inWords(uri, async () => {
      const { objects } = await this.#connection.services();
      const { bytes } = await objects.readObject(fromObjectUri(uri), {}, new AbortController().signal);
      return bytes;
    });
  }

  async #stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const at = fromObjectUri(uri);
    const { objects } = await this.#connection.services();
    const { signal } = new AbortController();
    const head = at.key === '' ? undefined : await objects.headObject(at, signal);
    if (head) {
      const time = head.modifiedAt?.getTime() ?? 0;
      const permissions = vscode.FilePermission.Readonly;
      return { type: vscode.FileType.File, ctime: time, mtime: time, size: head.bytes, permissions };
    }
    const prefix = asPrefix(at.key);
    const { objects: within, folders } = await objects.listObjects(
      { bucket: at.bucket, prefix, isFolder: true, pageSize: 1 },
      signal,
    );
    if (prefix !== '' && within.length + folders.length === 0) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  async #readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const { bucket, key } = fromObjectUri(uri);
    const { objects } = await this.#connection.services();
    const { signal } = new AbortController();
    const prefix = asPrefix(key);
    const entries: [string, vscode.FileType][] = [];
    let token: string | undefined;
    do {
      const page = await objects.listObjects(
        { bucket, prefix, isFolder: true, ...(token !== undefined && { token }) },
        signal,
      );
      entries.push(
        ...page.folders.map((folder): [string, vscode.FileType] => [
          objectName({ bucket, key: folder }).slice(0, -1),
          vscode.FileType.Directory,
        ]),
        ...page.objects
          .filter((object) => object.key !== prefix)
          .map((object): [string, vscode.FileType] => [objectName(object), vscode.FileType.File]),
      );
      token = page.nextToken;
    } while (token !== undefined);
    return entries;
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** VS Code shows what a file system says as it stands. */
async function inWords<T>(uri: vscode.Uri, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof vscode.FileSystemError) {
      throw error;
    }
    throw Failure.is(error, 'object.notFound')
      ? vscode.FileSystemError.FileNotFound(uri)
      : vscode.FileSystemError.Unavailable(noticeFor(error).message);
  }
}

function asPrefix(key: string): string {
  return key === '' || key.endsWith('/') ? key : `${key}/`;
}
