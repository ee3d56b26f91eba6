import { lineDrawings } from '../../src/core/manifest/lineDrawings.js';
import { readLine } from '../../src/core/manifest/lineReading.js';
import { parseObject } from '../../src/core/manifest/parseLine.js';
import type { ThumbnailMask } from '../../src/core/manifest/thumbnailDrawing.js';
import type { ThumbnailSize } from '../../src/core/manifest/thumbnailCache.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { copy } from './copiedBytes.js';
import { KeptByBytes } from './keptByBytes.js';
import type { PictureDecoder } from './pictureDecoder.js';
import type { PictureOfLine } from './thumbnails.js';
import { ThumbnailQueue } from './thumbnailQueue.js';

/** Of pixels, of all masks that are kept. */
const mostBytes = 40_000_000;

export interface WantedMask extends PictureOfLine {
  readonly attribute: string;
  readonly mask: ThumbnailMask;
  readonly isShown: readonly boolean[];
  readonly orientation: number;
  readonly size: ThumbnailSize;
}

/** Masks of what is seen, small and painted; those that cannot be had are none: where they are large it is said why. */
export class ThumbnailMasks {
  readonly #client: Client<ManifestEditor>;
  readonly #decoder: PictureDecoder;
  /** Masks without an address are told apart by the row that they came with. */
  readonly #numbers = new WeakMap<ThumbnailMask, number>();
  #lastNumber = 0;
  #clearings = 0;
  readonly #kept = new KeptByBytes<ImageBitmap>({
    mostBytes,
    bytesOf: ({ width, height }) => width * height * 4,
    release: (bitmap) => this.#release(bitmap),
  });
  /** How many are about to draw each. */
  readonly #held = new Map<ImageBitmap, number>();
  /** Those of them that are kept no more. */
  readonly #leaving = new Set<ImageBitmap>();
  readonly #queue = new ThumbnailQueue<WantedMask, ImageBitmap | undefined>({
    keyOf: (wanted) => this.#keyOf(wanted),
    read: (wanted, signal) => this.#read(wanted, signal),
  });

  constructor(client: Client<ManifestEditor>, decoder: PictureDecoder) {
    this.#client = client;
    this.#decoder = decoder;
  }

  /** Nothing of before is kept. */
  clear(): void {
    this.#clearings += 1;
    this.#kept.dropAll(() => true);
  }

  /** It stays open until `signal` is aborted, which tells also that it is drawn. */
  async load(wanted: WantedMask, signal: AbortSignal): Promise<ImageBitmap | undefined> {
    for (;;) {
      const bitmap =
        this.#kept.get(this.#keyOf(wanted)) ?? (await this.#queue.want(wanted, { isAhead: false }, signal));
      signal.throwIfAborted();
      if (!bitmap) {
        return undefined;
      }
      // Without a width it made room for others on the way from the queue.
      if (bitmap.width > 0) {
        this.#hold(bitmap, signal);
        return bitmap;
      }
    }
  }

  #hold(bitmap: ImageBitmap, signal: AbortSignal): void {
    this.#held.set(bitmap, (this.#held.get(bitmap) ?? 0) + 1);
    signal.addEventListener('abort', () => this.#letGo(bitmap), { once: true });
  }

  #letGo(bitmap: ImageBitmap): void {
    const others = (this.#held.get(bitmap) ?? 1) - 1;
    if (others > 0) {
      this.#held.set(bitmap, others);
      return;
    }
    this.#held.delete(bitmap);
    if (this.#leaving.delete(bitmap)) {
      bitmap.close();
    }
  }

  #release(bitmap: ImageBitmap): void {
    if (this.#held.has(bitmap)) {
      this.#leaving.add(bitmap);
    } else {
      bitmap.close();
    }
  }

  async #read(wanted: WantedMask, signal: AbortSignal): Promise<ImageBitmap | undefined> {
    const clearings = this.#clearings;
    const bytes = await this.#bytes(wanted, signal);
    if (!bytes) {
      return undefined;
    }
    const { mask, isShown, orientation, size } = wanted;
    const { classes, background } = mask;
    try {
      const look = { mask: { classes, background }, isShown, orientation };
      const { bitmap } = await this.#decoder.paintMask({ bytes, contentType: 'image/png' }, size, look);
      if (clearings === this.#clearings) {
        this.#kept.keep(this.#keyOf(wanted), bitmap);
      }
      return bitmap;
    } catch {
      return undefined; // It is damaged, which is said where the object is large.
    }
  }

  async #bytes({ line, source, attribute, mask }: WantedMask, signal: AbortSignal) {
    if (mask.address !== undefined) {
      const { address } = mask;
      const picture = await this.#client.call('mask.read', { line, attribute, address }, signal);
      return picture.kind === 'missing' ? undefined : copy(picture.bytes);
    }
    const object = parseObject(await this.#client.call('line.read', { line }, signal)) ?? {};
    if (readLine(object).source?.value !== source) {
      return undefined; // The line is another object's by now.
    }
    const written = lineDrawings(object).find((drawn) => drawn.attribute === attribute)?.drawing.mask?.source;
    return written?.kind === 'inline'
      ? Uint8Array.from(atob(written.base64), (character) => character.charCodeAt(0))
      : undefined;
  }

  #keyOf({ attribute, mask, isShown, orientation, size }: WantedMask): string {
    const which = mask.address ?? this.#numberOf(mask);
    return JSON.stringify([which, attribute, mask.classes, isShown, orientation, size]);
  }

  #numberOf(mask: ThumbnailMask): number {
    const number = this.#numbers.get(mask) ?? (this.#lastNumber += 1);
    this.#numbers.set(mask, number);
    return number;
  }
}
