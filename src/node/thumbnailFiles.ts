import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { imagePx } from '../core/manifest/pixels.js';
import {
  type KeptThumbnail,
  type ThumbnailCache,
  type ThumbnailSize,
  thumbnailSizes,
} from '../core/manifest/thumbnailCache.js';
import { partialEnd } from './thumbnailSweep.js';

/** A file's time says when it was last used; to say so each time would be a write for each read. */
const touchedEveryMs = 10 * 60_000;

const magic = Buffer.from('GTT2');
const digestBytes = 32;
/** Two for the version's length, four each for the picture's width and height, and one for its orientation. */
const factBytes = 11;
const headerBytes = magic.length + digestBytes + factBytes;

export interface ThumbnailFilesOptions {
  /** So much may be written between two sweeps. */
  readonly sweptEveryBytes: number;
  /** Has what there is no room for taken out, somewhere else than here: nobody waits for it. */
  readonly sweep: () => void;
  /** Told once why thumbnails cannot be kept, if they cannot. */
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => number;
}

/**
 * Thumbnails on disk, a file each, shared by all windows: its name is made of the picture's address and the size, so a
 * picture that is replaced takes the place of its former self. In it are a checksum, what is known of the whole
 * picture, and the small one. A file appears under its name when it is whole, by renaming; it is not synced, since the
 * checksum tells what a crash of the machine has left of it, and it can be made again.
 */
export class ThumbnailFiles implements ThumbnailCache {
  readonly #folder: string;
  readonly #options: ThumbnailFilesOptions;
  /** The first thing that is written has a sweep follow: what other windows wrote before is not known. */
  #unsweptBytes = Number.POSITIVE_INFINITY;
  #hasFailed = false;

  constructor(folder: string, options: ThumbnailFilesOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  async find(address: string, size: ThumbnailSize): Promise<KeptThumbnail | undefined> {
    for (const candidate of thumbnailSizes.filter((one) => one >= size)) {
      const found = await this.#read(this.#fileOf(address, candidate));
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  async keep(address: string, size: ThumbnailSize, thumbnail: KeptThumbnail): Promise<void> {
    const bytes = pack(thumbnail);
    try {
      await writeWhole(this.#fileOf(address, size), bytes);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#sweepAfter(bytes.length);
  }

  async #read(file: string): Promise<KeptThumbnail | undefined> {
    let content: { readonly bytes: Buffer; readonly usedAt: number };
    try {
      content = await readWhole(file);
    } catch {
      return undefined; // Mostly since it is not there; whatever the reason, the thumbnail can be made again.
    }
    const found = unpack(content.bytes);
    if (!found) {
      await rm(file, { force: true }).catch(() => undefined); // The next one to be kept takes its place anyway.
      return undefined;
    }
    const now = (this.#options.now ?? Date.now)();
    if (now - content.usedAt > touchedEveryMs) {
      // Where it cannot be said, this one is the sooner to go.
      await utimes(file, new Date(now), new Date(now)).catch(() => undefined);
    }
    return found;
  }

  #fail(error: unknown): void {
    if (!this.#hasFailed) {
      this.#hasFailed = true;
      this.#options.onFailure(error);
    }
  }

  #sweepAfter(written: number): void {
    this.#unsweptBytes += written;
    if (this.#unsweptBytes >= this.#options.sweptEveryBytes) {
      this.#unsweptBytes = 0;
      this.#options.sweep();
    }
  }

  #fileOf(address: string, size: ThumbnailSize): string {
    const name = createHash('sha256').update(`${size} ${address}`).digest('hex');
    return join(this.#folder, name.slice(0, 2), name.slice(2));
  }
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const partial = `${file}.${randomBytes(4).toString('hex')}${partialEnd}`;
  try {
    await writeFile(partial, bytes, { flag: 'wx' });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function readWhole(path: string): Promise<{ readonly bytes: Buffer; readonly usedAt: number }> {
  const file = await open(path);
  try {
    const [{ mtimeMs }, bytes] = await Promise.all([file.stat(), file.readFile()]);
    return { bytes, usedAt: mtimeMs };
  } finally {
    await file.close();
  }
}

function pack({ version, shape, bytes }: KeptThumbnail): Buffer {
  const text = Buffer.from(version);
  const facts = Buffer.alloc(factBytes);
  facts.writeUInt16LE(text.length);
  facts.writeUInt32LE(shape.width, 2);
  facts.writeUInt32LE(shape.height, 6);
  facts.writeUInt8(shape.orientation, 10);
  return Buffer.concat([magic, digest([facts, text, bytes]), facts, text, bytes]);
}

function unpack(file: Buffer): KeptThumbnail | undefined {
  const isWhole =
    file.length > headerBytes &&
    file.subarray(0, magic.length).equals(magic) &&
    file.subarray(magic.length, magic.length + digestBytes).equals(digest([file.subarray(magic.length + digestBytes)]));
  if (!isWhole) {
    return undefined;
  }
  const facts = file.subarray(headerBytes - factBytes, headerBytes);
  const end = headerBytes + facts.readUInt16LE();
  return {
    version: file.toString('utf8', headerBytes, end),
    shape: {
      width: imagePx(facts.readUInt32LE(2)),
      height: imagePx(facts.readUInt32LE(6)),
      orientation: facts.readUInt8(10),
    },
    // A copy of Node's own kind of typed array: it does not survive the way to a page.
    bytes: Uint8Array.from(file.subarray(end)),
  };
}

function digest(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part));
  return hash.digest();
}
