import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { JsonValue } from '../../core/json.js';
import { Review } from '../../core/review/review.js';

/** Each decision is kept soon, and not each by itself: a reviewer makes several in a second. */
const settleMs = 200;

/** Reviews that are not finished, a file for each manifest: they outlive the editor, the window and a crash. */
export class KeptReviews {
  readonly #folder: vscode.Uri;

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  /** An empty one where none was kept. */
  async open(manifest: vscode.Uri): Promise<Review> {
    try {
      const bytes = await vscode.workspace.fs.readFile(this.#fileOf(manifest));
      return Review.of(JSON.parse(new TextDecoder().decode(bytes)) as JsonValue);
    } catch {
      return new Review(); // Most manifests have none; and one that cannot be read cannot be gone on with.
    }
  }

  /** Keeps what becomes of a review, whenever `changed` is called. */
  keeper(manifest: vscode.Uri, review: Review): KeptReview {
    return new KeptReview(this.#folder, this.#fileOf(manifest), review);
  }

  #fileOf(manifest: vscode.Uri): vscode.Uri {
    const name = createHash('sha256').update(manifest.toString()).digest('hex').slice(0, 32);
    return vscode.Uri.joinPath(this.#folder, `${name}.json`);
  }
}

class KeptReview {
  readonly #folder: vscode.Uri;
  readonly #file: vscode.Uri;
  readonly #review: Review;
  #settling: NodeJS.Timeout | undefined;
  /** One write after the other: the last one counts. */
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: vscode.Uri, file: vscode.Uri, review: Review) {
    this.#folder = folder;
    this.#file = file;
    this.#review = review;
  }

  changed(): void {
    this.#settling ??= setTimeout(() => void this.flush(), settleMs);
  }

  /** Resolves when all decisions are on disk. */
  flush(): Promise<void> {
    clearTimeout(this.#settling);
    this.#settling = undefined;
    this.#writing = this.#writing.then(() => this.#write()).catch(() => undefined); // The next change tries again.
    return this.#writing;
  }

  async #write(): Promise<void> {
    if (this.#review.size === 0) {
      await vscode.workspace.fs.delete(this.#file);
      return;
    }
    await vscode.workspace.fs.createDirectory(this.#folder);
    const whole = this.#file.with({ path: `${this.#file.path}.new` });
    await vscode.workspace.fs.writeFile(whole, new TextEncoder().encode(JSON.stringify(this.#review.kept())));
    await vscode.workspace.fs.rename(whole, this.#file, { overwrite: true });
  }
}
