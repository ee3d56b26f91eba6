import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { frameDocument } from '../../core/portal/frameDocument.js';

/** The files of the portal's page, as the build made them. */
export interface PageFiles {
  /** Another for each content: files have it in their address, and are kept by browsers for good. */
  readonly version: string;
  find(name: string): PageFile | undefined;
}

interface PageFile {
  readonly bytes: Buffer;
  readonly contentType: string;
}

export const taskFrameName = 'taskFrame.html';

const names = [
  'codicon.css',
  'codicon.ttf',
  'crowd.js',
  'labeling.css',
  'labeling.js',
  'page.css',
  'portal.css',
  'portal.js',
] as const;

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ttf': 'font/ttf',
};

/** Read when they are first asked for: most runs of the server show no page. */
export function pageFilesIn(folder: string): () => Promise<PageFiles> {
  let reading: Promise<PageFiles> | undefined;
  return async () => {
    reading ??= readPageFiles(folder).catch((error: unknown) => {
      reading = undefined; // They may be there the next time.
      throw error;
    });
    return reading;
  };
}

async function readPageFiles(folder: string): Promise<PageFiles> {
  const read = names.map(async (name): Promise<[string, Buffer]> => [name, await readFile(join(folder, name))]);
  const contents = new Map<string, Buffer>([...(await Promise.all(read)), [taskFrameName, Buffer.from(frameDocument)]]);
  const hash = createHash('sha256');
  for (const [name, bytes] of contents) {
    hash.update(`${name} ${bytes.length} `).update(bytes);
  }
  return {
    version: hash.digest('hex').slice(0, 16),
    find(name) {
      const bytes = contents.get(name);
      return bytes && { bytes, contentType: contentTypes[extname(name)] ?? 'application/octet-stream' };
    },
  };
}
