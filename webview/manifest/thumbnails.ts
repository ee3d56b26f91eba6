import { type ThumbnailSize, thumbnailSizes } from '../../src/core/manifest/thumbnailCache.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { DecoderLost, type PictureDecoder } from './pictureDecoder.js';
import { ThumbnailQueue } from './thumbnailQueue.js';

export type Thumbnail =
  { readonly kind: 'picture'; readonly bitmap: ImageBitmap } | { readonly kind: 'missing'; readonly reason: string };

/** Of pixels, of all pictures that are kept: a screen full of large ones has a quarter. */
const mostBytes = 160_000_000;
/** What a picture that is missing counts. */
const leastBytes = 1_000;

/** A picture is asked for by its line and kept by its address: lines of a new version are mostly of the same pictures. */
export interface PictureOfLine {
  readonly line: number;
  readonly source: string;
}

export interface WantedThumbnail extends PictureOfLine {
  readonly size: ThumbnailSize;
}

/**
 * Small pictures of lines: from the host's disk or made of the whole picture, a few at a time and in a thread of their
 * own, those on screen before those about to come, and kept as long as there is room.
 */
export class Thumbnails {
  readonly #client: Client<ManifestEditor>;
  readonly #method: 'thumbnail.read' | 'compare.picture';
  readonly #decoder: PictureDecoder;
  readonly #kept = new Map<string, Thumbnail>();
  readonly #queue = new ThumbnailQueue<WantedThumbnail, Thumbnail>({
    keyOf: ({ source, size }) => `${size} ${source}`,
    read: (wanted, signal) => this.#read(wanted, signal),
  });
  #bytes = 0;
  #ahead: AbortController | undefined;

  constructor(
    client: Client<ManifestEditor>,
    decoder: PictureDecoder,
    method: 'thumbnail.read' | 'compare.picture' = 'thumbnail.read',
  ) {
    this.#client = client;
    this.#decoder = decoder;
    this.#method = method;
  }

  /** Those of the manifest that this one is compared with: lines are its own, and nothing of them is kept on disk. */
  ofOther(): Thumbnails {
    return new Thumbnails(this.#client, this.#decoder, 'compare.picture');
  }

  /** What is there already, of this size or a larger one, to be drawn at once. */
  peek(source: string, size: ThumbnailSize): Thumbnail | undefined {
    return this.#first(
      source,
      thumbnailSizes.filter((one) => one >= size),
    );
  }

  /** Whatever is there, to be drawn until the right one is. */
  peekAny(source: string): Thumbnail | undefined {
    return this.#first(source, thumbnailSizes.toReversed());
  }

  async load(wanted: WantedThumbnail, signal: AbortSignal): Promise<Thumbnail> {
    return this.peek(wanted.source, wanted.size) ?? this.#queue.want(wanted, { isAhead: false }, signal);
  }

  /** What is about to come on screen, read when there is nothing else to do; it takes the place of what was so before. */
  expect(pictures: readonly WantedThumbnail[]): void {
    const ahead = new AbortController();
    for (const wanted of pictures) {
      if (!this.peek(wanted.source, wanted.size)) {
        this.#queue.want(wanted, { isAhead: true }, ahead.signal).catch(() => undefined); // Asked again when it is seen.
      }
    }
    this.#ahead?.abort();
    this.#ahead = ahead;
  }

  async #read({ line, source, size }: WantedThumbnail, signal: AbortSignal): Promise<Thumbnail> {
    const picture = await (this.#method === 'thumbnail.read'
      ? this.#client.call(this.#method, { line, size }, signal)
      : this.#client.call(this.#method, { line }, signal));
    if (picture.kind === 'missing') {
      return this.#keep(keyOf(source, 'missing'), picture);
    }
    try {
      const { bytes, contentType } = picture;
      const encoded = { bytes: copy(bytes), contentType };
      if (picture.kind === 'thumbnail') {
        return this.#keep(keyOf(source, size), drawn(await this.#decoder.decode(encoded)));
      }
      const small = await this.#decoder.shrink(encoded, size);
      if ('ticket' in picture) {
        this.#handBack(picture.ticket, small.encoded);
      }
      return this.#keep(keyOf(source, size), drawn(small));
    } catch (error) {
      return error instanceof DecoderLost
        ? this.#read({ line, source, size }, signal)
        : this.#keep(keyOf(source, 'missing'), damaged);
    }
  }

  #handBack(ticket: number, bytes: Uint8Array | undefined): void {
    if (bytes) {
      // The host logs why it could not keep it; here the picture is there.
      this.#client.call('thumbnail.keep', { ticket, bytes }).catch(() => undefined);
    }
  }

  #first(source: string, sizes: readonly ThumbnailSize[]): Thumbnail | undefined {
    const key = [...sizes, 'missing' as const].map((size) => keyOf(source, size)).find((one) => this.#kept.has(one));
    const found = key === undefined ? undefined : this.#kept.get(key);
    if (key !== undefined && found) {
      // The most recently used one is the last to go.
      this.#kept.delete(key);
      this.#kept.set(key, found);
    }
    return found;
  }

  #keep(key: string, thumbnail: Thumbnail): Thumbnail {
    this.#drop(key);
    this.#kept.set(key, thumbnail);
    this.#bytes += bytesOf(thumbnail);
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= mostBytes || oldest === key) {
        break;
      }
      this.#drop(oldest);
    }
    return thumbnail;
  }

  #drop(key: string): void {
    const dropped = this.#kept.get(key);
    if (dropped) {
      this.#kept.delete(key);
      this.#bytes -= bytesOf(dropped);
      if (dropped.kind === 'picture') {
        dropped.bitmap.close();
      }
    }
  }
}

const damaged: Thumbnail = { kind: 'missing', reason: 'The file is damaged: it cannot be shown as a picture.' };

/** A blob's own bytes: what came over the port may be a view of more. */
export function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}

function keyOf(source: string, size: ThumbnailSize | 'missing'): string {
  return `${size} ${source}`;
}

function drawn({ bitmap }: { readonly bitmap: ImageBitmap }): Thumbnail {
  return { kind: 'picture', bitmap };
}

function bytesOf(thumbnail: Thumbnail): number {
  if (thumbnail.kind === 'missing') {
    return leastBytes;
  }
  // After closing a bitmap says that it has no size: nobody asks then.
  return thumbnail.bitmap.width * thumbnail.bitmap.height * 4;
}
