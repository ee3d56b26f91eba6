import { readImageHeader } from '../manifest/imageHeader.js';
import type { NewFolder } from '../newFolder.js';
import type { ExportPart, ExportProgress, LabeledSize, SkippedLine } from './exportPart.js';

export interface ExportOutcome {
  readonly files: number;
  readonly copies: number;
  /** How many lines or marks are left out; the first of them. */
  readonly leftOut: number;
  /** Of these, the objects that are left out as a whole: neither single marks nor lines that are no objects. */
  readonly leftOutObjects: number;
  readonly skipped: readonly SkippedLine[];
  /** How many objects could not be copied; the first of them. */
  readonly notCopied: number;
  readonly missing: readonly MissingObject[];
  /** How many pictures were copied whose labels count in another size than they have; the first of them. */
  readonly otherSizes: number;
  readonly resized: readonly ResizedPicture[];
}

interface ResizedPicture {
  readonly labeled: LabeledSize;
  /** What the picture's file says, in pixels as they are stored. */
  readonly width: number;
  readonly height: number;
}

interface MissingObject {
  readonly from: string;
  readonly message: string;
}

interface WriteOptions {
  readonly folder: NewFolder;
  /** Reads an object that is to be copied; absent where only labels are wanted. */
  readonly readObject: ((uri: string, signal: AbortSignal) => Promise<Uint8Array>) | undefined;
  readonly onProgress: (progress: ExportProgress & { readonly copies: number }) => void;
}

type Copy = Extract<ExportPart, { kind: 'copy' }>;

const noObjects: ReadonlySet<SkippedLine['reason']['kind']> = new Set([
  'notJson',
  'notAnObject',
  'tooLongToRead',
  'blank',
  'notUtf8',
  'markOutside',
]);

/** Of each kind so many are told in full, and the others counted. */
const mostTold = 1_000;
/** So many objects are copied at once: most of the time goes into waiting. */
const copiesAtOnce = 8;

/**
 * Writes the pieces into the folder, and copies the objects that they name. All of it is there in the end, or nothing;
 * where there was nothing to write there is no folder either.
 */
export async function writeExport(
  parts: AsyncIterable<ExportPart>,
  options: WriteOptions,
  signal: AbortSignal,
): Promise<ExportOutcome> {
  const { folder } = options;
  const writer = new ExportWriter(options, signal);
  try {
    for await (const part of parts) {
      signal.throwIfAborted();
      writer.throwIfFailed();
      await writer.take(part);
    }
    await writer.settle();
    writer.throwIfFailed();
    await (writer.isEmpty ? folder.discard() : folder.finish());
  } catch (error) {
    await writer.settle();
    await folder.discard();
    throw error;
  }
  return writer.outcome;
}

class ExportWriter {
  readonly #options: WriteOptions;
  readonly #signal: AbortSignal;
  readonly #files = new Set<string>();
  readonly #copying = new Set<Promise<void>>();
  readonly #skipped: SkippedLine[] = [];
  readonly #missing: MissingObject[] = [];
  readonly #resized: ResizedPicture[] = [];
  #otherSizes = 0;
  #leftOut = 0;
  #leftOutObjects = 0;
  #notCopied = 0;
  #copies = 0;
  /** Why a copy could not be written. */
  #failure: { readonly error: unknown } | undefined;

  constructor(options: WriteOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  get isEmpty(): boolean {
    return this.#files.size === 0 && this.#copies === 0;
  }

  get outcome(): ExportOutcome {
    return {
      files: this.#files.size,
      copies: this.#copies,
      leftOut: this.#leftOut,
      leftOutObjects: this.#leftOutObjects,
      skipped: this.#skipped,
      notCopied: this.#notCopied,
      missing: this.#missing,
      otherSizes: this.#otherSizes,
      resized: this.#resized,
    };
  }

  async take(part: ExportPart): Promise<void> {
    switch (part.kind) {
      case 'file':
      case 'text':
        return this.#append(part.path, new TextEncoder().encode(part.text));
      case 'bytes':
        return this.#append(part.path, part.bytes);
      case 'copy':
        return this.#copy(part);
      case 'skipped':
        this.#leftOut += 1;
        this.#leftOutObjects += noObjects.has(part.reason.kind) ? 0 : 1;
        if (this.#skipped.length < mostTold) {
          this.#skipped.push(part);
        }
        return;
      case 'progress':
        this.#options.onProgress({ ...part, copies: this.#copies });
        return;
    }
  }

  /** Resolves when nothing is being copied any more. */
  async settle(): Promise<void> {
    await Promise.all(this.#copying);
  }

  throwIfFailed(): void {
    if (this.#failure) {
      throw this.#failure.error;
    }
  }

  #append(path: string, bytes: Uint8Array): Promise<void> {
    this.#files.add(path);
    return this.#options.folder.append(path, bytes);
  }

  async #copy(copy: Copy): Promise<void> {
    const { readObject } = this.#options;
    if (!readObject) {
      return;
    }
    while (this.#copying.size >= copiesAtOnce) {
      await Promise.race(this.#copying);
    }
    const copying = this.#copyOne(readObject, copy).finally(() => this.#copying.delete(copying));
    this.#copying.add(copying);
  }

  /** One that is missing is told in the end; it must not hold all others up. */
  async #copyOne(readObject: NonNullable<WriteOptions['readObject']>, { from, path, labeled }: Copy): Promise<void> {
    let bytes: Uint8Array;
    try {
      bytes = await readObject(from, this.#signal);
    } catch (error) {
      this.#notCopied += 1;
      if (this.#missing.length < mostTold) {
        this.#missing.push({ from, message: error instanceof Error ? error.message : String(error) });
      }
      return;
    }
    try {
      await this.#options.folder.append(path, bytes);
      this.#copies += 1;
      this.#compareSizes(labeled, bytes);
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  /** Who trains with boxes beside a picture of another size learns nonsense, and no format can tell the two apart. */
  #compareSizes(labeled: LabeledSize | undefined, bytes: Uint8Array): void {
    const header = labeled && readImageHeader(bytes);
    if (header?.kind !== 'size' || (header.width === labeled?.width && header.height === labeled.height)) {
      return;
    }
    this.#otherSizes += 1;
    if (labeled && this.#resized.length < mostTold) {
      this.#resized.push({ labeled, width: header.width, height: header.height });
    }
  }
}
