import { createHash } from 'node:crypto';
import type * as vscode from 'vscode';
import type { JsonValue } from '../../core/json.js';
import { Review } from '../../core/review/review.js';

/** Not by VS Code's own file system: what it writes passes the window, which may be closing. */
export interface ReviewFiles {
  /** Rejects where there is none. */
  read(name: string): Promise<string>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Reviews that are not finished, a file for each manifest: they outlive the editor, the window and a crash. */
export class KeptReviews {
  readonly #files: ReviewFiles;

  constructor(files: ReviewFiles) {
    this.#files = files;
  }

  /** An empty one where none was kept. */
  async open(manifest: vscode.Uri): Promise<Review> {
    try {
      return Review.of(JSON.parse(await this.#files.read(fileNameOf(manifest))) as JsonValue);
    } catch {
      return new Review(); // Most manifests have none; and one that cannot be read cannot be gone on with.
    }
  }

  /** Keeps what becomes of a review, whenever `keep` is called. */
  keeper(manifest: vscode.Uri, review: Review): KeptReview {
    return new KeptReview(this.#files, fileNameOf(manifest), review);
  }
}

function fileNameOf(manifest: vscode.Uri): string {
  const name = createHash('sha256').update(manifest.toString()).digest('hex').slice(0, 32);
  return `${name}.json`;
}

class KeptReview {
  readonly #files: ReviewFiles;
  readonly #name: string;
  readonly #review: Review;
  #writing: Promise<void> | undefined;
  /** The one that comes after it, for all that is decided meanwhile: a reviewer makes several decisions in a second. */
  #next: Promise<void> | undefined;

  constructor(files: ReviewFiles, name: string, review: Review) {
    this.#files = files;
    this.#name = name;
    this.#review = review;
  }

  /** Resolves when all that was decided is on disk. */
  keep(): Promise<void> {
    if (!this.#writing) {
      this.#writing = this.#write().finally(() => {
        this.#writing = undefined;
      });
      return this.#writing;
    }
    this.#next ??= this.#writing.then(() => {
      this.#next = undefined;
      return this.keep();
    });
    return this.#next;
  }

  async #write(): Promise<void> {
    try {
      await (this.#review.size === 0
        ? this.#files.remove(this.#name)
        : this.#files.write(this.#name, JSON.stringify(this.#review.kept())));
    } catch {
      // The review goes on in memory, and the next change tries again.
    }
  }
}
