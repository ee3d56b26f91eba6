import type { PictureShape } from '../../src/core/manifest/pictureShape.js';
import { type ThumbnailSize, thumbnailSizes } from '../../src/core/manifest/thumbnailCache.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor, MissingCause } from '../../src/protocol/manifestEditor.js';
import { copy } from './copiedBytes.js';
import { messageOf } from './failure.js';
import { KeptByBytes } from './keptByBytes.js';
import { DecoderLost, type PictureDecoder } from './pictureDecoder.js';
import { ThumbnailMasks } from './thumbnailMasks.js';
import { ThumbnailQueue } from './thumbnailQueue.js';

export type Thumbnail =
  | {
      readonly kind: 'picture';
      readonly bitmap: ImageBitmap;
      /** Of the whole picture. */ readonly shape: PictureShape;
    }
  | { readonly kind: 'missing'; readonly cause: MissingCause; readonly reason: string };

/** What whoever shows thumbnails is told: `all` are to be read anew, or those that are `missing`. */
export type Outdated = 'all' | 'missing';

/** Of pixels, of all pictures that are kept: a screen full of large ones has a quarter. */
const mostBytes = 160_000_000;
/** From turn to turn of a wheel, and from key to key, it takes somebody less. */
const scrollPauseMs = 120;
/** What a picture that is missing counts. */
const leastBytes = 1_000;

/** After what may pass by itself, a picture is asked for again; later each time that it has not passed. */
const firstRetryMs = 15_000;
const lastRetryMs = 300_000;

/**
 * A picture is asked for by its line and kept by its address: lines of a new version are mostly of the same pictures.
 * The host gives none where the line is another one's by then.
 */
export interface PictureOfLine {
  readonly line: number;
  readonly source: string;
}

export interface WantedThumbnail extends PictureOfLine {
  readonly size: ThumbnailSize;
}

interface ThumbnailsDeps {
  readonly client: Client<ManifestEditor>;
  readonly decoder: PictureDecoder;
  /** `compare.picture`: those of the manifest that this one is compared with. Nothing of them is kept on disk. */
  readonly method?: 'thumbnail.read' | 'compare.picture';
  /** Calls back when so much time has passed. */
  readonly after?: (delayMs: number, run: () => void) => void;
}

/**
 * Small pictures of lines: from the host's disk or made of the whole picture, a few at a time and in a thread of their
 * own, those on screen before those about to come, and kept as long as there is room. What is missing is asked for
 * again when the manifest or the connection has changed, and what may pass by itself after a while.
 */
export class Thumbnails {
  readonly masks: ThumbnailMasks;
  readonly #deps: ThumbnailsDeps;
  readonly #after: (delayMs: number, run: () => void) => void;
  readonly #listeners = new Set<(outdated: Outdated) => void>();
  readonly #listening: readonly { dispose(): void }[];
  #reading: Reading;
  #ahead: AbortController | undefined;
  #retryMs = firstRetryMs;
  #isRetrying = false;

  constructor(deps: ThumbnailsDeps) {
    const { client, after } = deps;
    this.#deps = deps;
    this.masks = new ThumbnailMasks(client, deps.decoder);
    this.#after = after ?? ((delayMs, run) => void setTimeout(run, delayMs));
    this.#reading = this.#begin();
    this.#listening = [
      client.on('pictures.outdated', () => this.#readAnew()),
      client.on('manifest.changed', ({ progress }) => {
        if (progress.kind === 'complete') {
          this.retry();
        }
      }),
    ];
  }

  dispose(): void {
    this.#listening.forEach((listening) => listening.dispose());
    this.#ahead?.abort();
    this.#reading.kept.dropAll(() => true);
    this.#reading = this.#begin(); // What comes only now is kept by nobody.
  }

  /** Those of the manifest that this one is compared with: lines are its own. */
  ofOther(): Thumbnails {
    return new Thumbnails({ ...this.#deps, method: 'compare.picture' });
  }

  onOutdated(listener: (outdated: Outdated) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** Asks again for what was missing, as far as it is still to be seen. */
  retry(): void {
    this.#reading.kept.dropAll(({ kind }) => kind === 'missing');
    this.#tell('missing');
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
    return this.peek(wanted.source, wanted.size) ?? this.#reading.queue.want(wanted, { isAhead: false }, signal);
  }

  /** Asks for nothing until scrolling has ended: rows come first, and most of the pictures would be gone again. */
  holdWhileScrolling(): void {
    this.#reading.queue.hold(scrollPauseMs);
  }

  /** What is about to come on screen, read when there is nothing else to do; it takes the place of what was so before. */
  expect(pictures: readonly WantedThumbnail[]): void {
    const ahead = new AbortController();
    for (const wanted of pictures) {
      if (!this.peek(wanted.source, wanted.size)) {
        // Asked again when it is seen.
        this.#reading.queue.want(wanted, { isAhead: true }, ahead.signal).catch(() => undefined);
      }
    }
    this.#ahead?.abort();
    this.#ahead = ahead;
  }

  #begin(): Reading {
    const kept = new KeptByBytes<Thumbnail>({ mostBytes, bytesOf, release });
    const queue = new ThumbnailQueue<WantedThumbnail, Thumbnail>({
      keyOf: ({ line, source, size }) => `${line} ${size} ${source}`,
      read: (wanted, signal) => this.#read(wanted, kept, signal),
    });
    return { kept, queue };
  }

  /** Nothing that was asked for before is shown or kept any more, even where it comes only now. */
  #readAnew(): void {
    const before = this.#reading;
    this.#reading = this.#begin();
    this.#ahead?.abort();
    this.masks.clear();
    this.#tell('all');
    before.kept.dropAll(() => true);
  }

  #tell(outdated: Outdated): void {
    for (const listener of this.#listeners) {
      listener(outdated);
    }
  }

  async #read(wanted: WantedThumbnail, kept: KeptByBytes<Thumbnail>, signal: AbortSignal): Promise<Thumbnail> {
    const thumbnail = await this.#make(wanted, signal).catch((error: unknown): Thumbnail => {
      signal.throwIfAborted();
      return { kind: 'missing', cause: 'other', reason: messageOf(error) };
    });
    if (kept !== this.#reading.kept) {
      release(thumbnail);
      throw new Error('The picture is read anew');
    }
    this.#retryLater(thumbnail);
    if (thumbnail.kind === 'missing') {
      if (thumbnail.cause !== 'moved') {
        kept.keep(keyOf(wanted.source, 'missing'), thumbnail);
      }
      return thumbnail;
    }
    const key = keyOf(wanted.source, wanted.size);
    const ofOtherLine = kept.get(key);
    if (ofOtherLine) {
      release(thumbnail); // The one that is kept is being shown.
      return ofOtherLine;
    }
    kept.drop(keyOf(wanted.source, 'missing'));
    kept.keep(key, thumbnail);
    return thumbnail;
  }

  async #make({ line, source, size }: WantedThumbnail, signal: AbortSignal): Promise<Thumbnail> {
    const { client, decoder, method = 'thumbnail.read' } = this.#deps;
    const picture = await (method === 'thumbnail.read'
      ? client.call(method, { line, source, size }, signal)
      : client.call(method, { line, source }, signal));
    if (picture.kind === 'missing') {
      return picture;
    }
    try {
      const { bytes, contentType } = picture;
      const encoded = { bytes: copy(bytes), contentType };
      if (picture.kind === 'thumbnail') {
        const { bitmap } = await decoder.decode(encoded);
        return { kind: 'picture', bitmap, shape: picture.shape };
      }
      const { bitmap, encoded: bytesToKeep, shape } = await decoder.shrink(encoded, size);
      if (!shape) {
        return damaged;
      }
      if ('ticket' in picture && bytesToKeep) {
        // The host logs why it could not keep it; here the picture is there.
        client.call('thumbnail.keep', { ticket: picture.ticket, bytes: bytesToKeep, shape }).catch(() => undefined);
      }
      return { kind: 'picture', bitmap, shape };
    } catch (error) {
      return error instanceof DecoderLost ? this.#make({ line, source, size }, signal) : damaged;
    }
  }

  /** Once for all that failed meanwhile. */
  #retryLater(thumbnail: Thumbnail): void {
    if (thumbnail.kind === 'picture') {
      this.#retryMs = firstRetryMs;
    } else if (mayPass(thumbnail) && !this.#isRetrying) {
      this.#isRetrying = true;
      this.#after(this.#retryMs, () => {
        this.#isRetrying = false;
        this.#reading.kept.dropAll(mayPass);
        this.#tell('missing');
      });
      this.#retryMs = Math.min(lastRetryMs, this.#retryMs * 2);
    }
  }

  #first(source: string, sizes: readonly ThumbnailSize[]): Thumbnail | undefined {
    for (const size of [...sizes, 'missing' as const]) {
      const found = this.#reading.kept.get(keyOf(source, size));
      if (found) {
        return found;
      }
    }
    return undefined;
  }
}

/** What was read, and is being read, since all was to be read anew. */
interface Reading {
  readonly kept: KeptByBytes<Thumbnail>;
  readonly queue: ThumbnailQueue<WantedThumbnail, Thumbnail>;
}

const damaged: Thumbnail = {
  kind: 'missing',
  cause: 'notAPicture',
  reason: 'The file is damaged: it cannot be shown as a picture.',
};

/** Where nobody has to do anything about it. */
function mayPass(thumbnail: Thumbnail): boolean {
  return thumbnail.kind === 'missing' && (thumbnail.cause === 'unreachable' || thumbnail.cause === 'other');
}

function keyOf(source: string, size: ThumbnailSize | 'missing'): string {
  return `${size} ${source}`;
}

function bytesOf(thumbnail: Thumbnail): number {
  return thumbnail.kind === 'missing' ? leastBytes : thumbnail.bitmap.width * thumbnail.bitmap.height * 4;
}

function release(thumbnail: Thumbnail): void {
  if (thumbnail.kind === 'picture') {
    thumbnail.bitmap.close();
  }
}
