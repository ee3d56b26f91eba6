import { formatS3Uri, type S3Uri } from '../../src/core/s3Uri.js';
import type { TaskAsset } from '../../src/core/portal/taskAsset.js';

const mostBytes = 64 * 1_024 * 1_024;

/** Objects that tasks show, each read once: all tasks of a job have the same example pictures. */
export class AssetCache {
  readonly #read: (taskId: string, index: number) => Promise<TaskAsset>;
  readonly #assets = new Map<string, Promise<TaskAsset>>();
  readonly #bytes = new Map<string, number>();

  constructor(read: (taskId: string, index: number) => Promise<TaskAsset>) {
    this.#read = read;
  }

  async all(taskId: string, uris: readonly S3Uri[]): Promise<readonly TaskAsset[]> {
    return Promise.all(uris.map((uri, index) => this.#get(taskId, index, uri)));
  }

  async #get(taskId: string, index: number, uri: S3Uri): Promise<TaskAsset> {
    const name = formatS3Uri(uri);
    const reading = this.#assets.get(name) ?? this.#read(taskId, index);
    this.#assets.delete(name);
    this.#assets.set(name, reading); // The last used comes last.
    try {
      const asset = await reading;
      if (asset.kind === 'failed') {
        this.#assets.delete(name); // It may be there the next time.
      } else {
        this.#bytes.set(name, asset.bytes.length);
        this.#trim();
      }
      return asset;
    } catch (error) {
      this.#assets.delete(name);
      throw error;
    }
  }

  #trim(): void {
    let bytes = [...this.#bytes.values()].reduce((sum, size) => sum + size, 0);
    for (const name of this.#assets.keys()) {
      if (bytes <= mostBytes) {
        return;
      }
      bytes -= this.#bytes.get(name) ?? 0;
      this.#assets.delete(name);
      this.#bytes.delete(name);
    }
  }
}
