import { unwatchFile, watchFile } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';

/** Of what is there at first, so much of the end. */
const firstBytes = 256 * 1_024;
const lookEveryMs = 1_000;

/** The labeling events of Local Ground Truth: `<data folder>/labeling-events.jsonl`, and those before in `….jsonl.1`. */
export class LabelingEventFile {
  readonly path: string;
  readonly #onText: (text: string) => void;
  #bytesRead: number | undefined;
  #looking: Promise<void> = Promise.resolve();
  #isFollowing = false;

  /** `onText` gets whole lines, in order. */
  constructor(dataFolder: string, onText: (text: string) => void) {
    this.path = join(dataFolder, 'labeling-events.jsonl');
    this.#onText = onText;
  }

  /** Tells of what is there, and from now on of each new line. Resolves when it has told of what is there. */
  async follow(): Promise<void> {
    if (!this.#isFollowing) {
      this.#isFollowing = true;
      // The file is replaced when it is full, which a watcher of the system may take for its end.
      watchFile(this.path, { persistent: false, interval: lookEveryMs }, this.#onChange);
    }
    await this.look();
  }

  /** Tells of the lines that have come since the last time. */
  async look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#read());
    await this.#looking;
  }

  dispose(): void {
    unwatchFile(this.path, this.#onChange);
  }

  readonly #onChange = (): void => void this.look();

  async #read(): Promise<void> {
    const file = await openIfThere(this.path);
    if (file === undefined) {
      return; // The server makes it with the first event.
    }
    try {
      const { size } = await file.stat();
      if (this.#bytesRead !== undefined && size < this.#bytesRead) {
        await this.#readPutAside(this.#bytesRead);
        this.#bytesRead = 0;
      }
      const start = this.#bytesRead ?? Math.max(size - firstBytes, 0);
      // The end of the line before that, so that a line that is cut in two is left out.
      const skipsLine = this.#bytesRead === undefined && start > 0;
      const text = await wholeLines(file, { start, end: size });
      this.#bytesRead = start + Buffer.byteLength(text);
      this.#tell(skipsLine ? text.slice(text.indexOf('\n') + 1) : text);
    } finally {
      await file.close();
    }
  }

  /** What was written to the file just before it was full and put aside. */
  async #readPutAside(start: number): Promise<void> {
    const file = await openIfThere(`${this.path}.1`);
    if (file !== undefined) {
      const { size } = await file.stat();
      const text = await wholeLines(file, { start, end: size });
      await file.close();
      this.#tell(text);
    }
  }

  #tell(text: string): void {
    if (text !== '') {
      this.#onText(text);
    }
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch {
    return undefined;
  }
}

/** A line may still be in the making: it is read when it is whole. */
async function wholeLines(
  file: FileHandle,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<string> {
  const bytes = Buffer.alloc(Math.max(end - start, 0));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytes.subarray(0, bytes.subarray(0, bytesRead).lastIndexOf('\n') + 1).toString();
}
