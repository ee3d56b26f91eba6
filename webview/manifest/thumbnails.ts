import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';

export type Thumbnail =
  { readonly kind: 'picture'; readonly bitmap: ImageBitmap } | { readonly kind: 'missing'; readonly reason: string };

/** Pixels: twice the row's picture, for dense screens. */
export const thumbnailSize = 64;

const mostKept = 600;
const atOnce = 6;

/** A picture is asked for by its line and kept by its address: lines of a new version are mostly of the same pictures. */
export interface PictureOfLine {
  readonly line: number;
  readonly source: string;
}

interface Waiting extends PictureOfLine {
  readonly signal: AbortSignal;
  readonly resolve: (thumbnail: Thumbnail) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Small pictures of lines: asked for a few at a time, those last scrolled to first, decoded small and off the main
 * thread, and kept as long as there is room.
 */
export class Thumbnails {
  readonly #client: Client<ManifestEditor>;
  readonly #method: 'picture.read' | 'compare.picture';
  readonly #kept = new Map<string, Thumbnail>();
  readonly #waiting: Waiting[] = [];
  #running = 0;

  /** By another method, lines are those of the manifest that this one is compared with. */
  constructor(client: Client<ManifestEditor>, method: 'picture.read' | 'compare.picture' = 'picture.read') {
    this.#client = client;
    this.#method = method;
  }

  /** What is there already, to be drawn at once. */
  peek(source: string): Thumbnail | undefined {
    const found = this.#kept.get(source);
    if (found) {
      // The most recently used one is the last to go.
      this.#kept.delete(source);
      this.#kept.set(source, found);
    }
    return found;
  }

  load({ line, source }: PictureOfLine, signal: AbortSignal): Promise<Thumbnail> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, source, signal, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    while (this.#running < atOnce) {
      const wanted = this.#waiting.pop();
      if (!wanted) {
        return;
      }
      if (wanted.signal.aborted) {
        wanted.reject(wanted.signal.reason);
        continue;
      }
      this.#running++;
      this.#read(wanted)
        .then(wanted.resolve, wanted.reject)
        .finally(() => {
          this.#running--;
          this.#next();
        });
    }
  }

  async #read({ line, source, signal }: Waiting): Promise<Thumbnail> {
    const known = this.peek(source);
    if (known) {
      return known;
    }
    const picture = await this.#client.call(this.#method, { line }, signal);
    const thumbnail: Thumbnail =
      picture.kind === 'missing'
        ? picture
        : await decode(new Blob([copy(picture.bytes)], { type: picture.contentType }));
    this.#keep(source, thumbnail);
    return thumbnail;
  }

  #keep(source: string, thumbnail: Thumbnail): void {
    this.#kept.set(source, thumbnail);
    for (const [oldest, dropped] of this.#kept) {
      if (this.#kept.size <= mostKept) {
        return;
      }
      this.#kept.delete(oldest);
      release(dropped);
    }
  }
}

/** A blob's own bytes: what came over the port may be a view of more. */
export function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}

// The picture is cropped to a square in its middle, so that rows are calm whatever the pictures' shapes.
async function decode(blob: Blob): Promise<Thumbnail> {
  try {
    const whole = await createImageBitmap(blob);
    const side = Math.min(whole.width, whole.height);
    const bitmap = await createImageBitmap(
      whole,
      Math.floor((whole.width - side) / 2),
      Math.floor((whole.height - side) / 2),
      side,
      side,
      { resizeWidth: thumbnailSize, resizeHeight: thumbnailSize, resizeQuality: 'medium' },
    );
    whole.close();
    return { kind: 'picture', bitmap };
  } catch {
    return { kind: 'missing', reason: 'The file is damaged: it cannot be shown as a picture.' };
  }
}

function release(thumbnail: Thumbnail): void {
  if (thumbnail.kind === 'picture') {
    thumbnail.bitmap.close();
  }
}
