import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import * as vscode from 'vscode';
import type { StoredObject } from '../../core/ports.js';
import { formatS3Uri } from '../../core/s3Uri.js';
import type { Connection } from '../support/connection.js';
import { formatBytes } from '../support/format.js';

// VS Code cuts a hover off at 100,000 characters, of which base64 takes four for every three bytes.
const largestInlineBytes = 70_000;
const largestPictureBytes = 20_000_000;
const mostFiles = 30;
const oldMs = 24 * 60 * 60 * 1_000;

const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.png', 'image/png'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
]);

/** What hovering over an object shows: the picture where it is one, its address, size and time. */
export class PictureHovers {
  readonly #connection: Connection;
  readonly #folder: vscode.Uri;
  /** Files of this session, oldest first. */
  readonly #files = new Map<string, vscode.Uri>();
  #cleaned: Promise<void> | undefined;

  /** Pictures that do not fit into a hover's text lie in `folder` for as long as they may be looked at again. */
  constructor(connection: Connection, folder: vscode.Uri) {
    this.#connection = connection;
    this.#folder = folder;
  }

  async hover(object: StoredObject, signal: AbortSignal): Promise<vscode.MarkdownString> {
    const text = new vscode.MarkdownString();
    const picture = await this.#picture(object, signal);
    if (picture !== undefined) {
      text.appendMarkdown(`![](${picture}|height=160)\n\n`);
    }
    const facts = [formatBytes(object.bytes), object.modifiedAt?.toLocaleString()].filter((fact) => fact !== undefined);
    text.appendText(`${formatS3Uri(object)}\n${facts.join(' · ')}`);
    return text;
  }

  async #picture(object: StoredObject, signal: AbortSignal): Promise<string | undefined> {
    const mediaType = mediaTypes.get(extname(object.key).toLowerCase());
    if (mediaType === undefined || object.bytes > largestPictureBytes) {
      return undefined;
    }
    if (object.bytes <= largestInlineBytes) {
      const bytes = await this.#read(object, signal);
      return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
    }
    return (await this.#file(object, signal)).toString();
  }

  async #file(object: StoredObject, signal: AbortSignal): Promise<vscode.Uri> {
    const identity = `${formatS3Uri(object)} ${object.etag ?? ''}`;
    const name = createHash('sha256').update(identity).digest('hex') + extname(object.key);
    const known = this.#files.get(name);
    if (known) {
      return known;
    }
    await (this.#cleaned ??= this.#deleteOld());
    const file = vscode.Uri.joinPath(this.#folder, name);
    await vscode.workspace.fs.writeFile(file, await this.#read(object, signal));
    this.#files.set(name, file);
    const [oldest] = this.#files;
    if (oldest && this.#files.size > mostFiles) {
      this.#files.delete(oldest[0]);
      await vscode.workspace.fs.delete(oldest[1]);
    }
    return file;
  }

  /** What earlier sessions left; a file of today may be another window's. */
  async #deleteOld(): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.#folder);
    for (const [name] of await vscode.workspace.fs.readDirectory(this.#folder)) {
      const file = vscode.Uri.joinPath(this.#folder, name);
      const { mtime } = await vscode.workspace.fs.stat(file);
      if (Date.now() - mtime > oldMs) {
        await vscode.workspace.fs.delete(file);
      }
    }
  }

  async #read(object: StoredObject, signal: AbortSignal): Promise<Uint8Array> {
    const { objects } = await this.#connection.services();
    return (await objects.readObject(object, {}, signal)).bytes;
  }
}
