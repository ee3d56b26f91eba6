import { extname } from 'node:path';
import * as vscode from 'vscode';
import type { StoredObject } from '../../core/ports.js';
import { formatS3Uri } from '../../core/s3Uri.js';
import type { Connection } from '../support/connection.js';
import { formatBytes } from '../support/format.js';

// VS Code cuts a hover off at 100,000 characters, of which base64 takes four for every three bytes.
const largestPictureBytes = 70_000;

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

  constructor(connection: Connection) {
    this.#connection = connection;
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
    const { objects } = await this.#connection.services();
    const { bytes } = await objects.readObject(object, {}, signal);
    return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
  }
}
