import type { LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';
import type { TaskAsset } from '../../src/core/portal/taskAsset.js';
import type { S3Uri } from '../../src/core/s3Uri.js';
import type { Client } from '../../src/protocol/channel.js';
import type { JobSetup } from '../../src/protocol/jobSetup.js';
import type { FrameTask } from '../../src/protocol/taskFrame.js';
import { loadedOnce } from '../shared/loadedOnce.js';
import { messageOf } from './jobForm.js';
import type { Pictures } from './picture.js';

/** What a preview is made of. */
export class PreviewSource {
  readonly #client: Client<JobSetup>;
  readonly #pictures: Pictures;
  /** The script of the elements that the worker's page is made of. */
  readonly bundle: () => Promise<string>;

  constructor(client: Client<JobSetup>, pictures: Pictures) {
    this.#client = client;
    this.#pictures = pictures;
    this.bundle = loadedOnce(() => client.call('frame.bundle', undefined));
  }

  /** The draft's task for this picture; rejects with what is wrong with its template. */
  async task(draft: LabelingJobDraft, picture: S3Uri, signal: AbortSignal): Promise<FrameTask> {
    const { html, assets, errors } = await this.#client.call('preview.render', { draft, picture }, signal);
    const [error] = errors;
    if (error !== undefined) {
      throw new Error(error.message);
    }
    const read = await Promise.all(assets.map((uri) => this.#asset(uri)));
    signal.throwIfAborted();
    return { html, assets: read, autoAdvance: false, isPreview: true };
  }

  async #asset(uri: S3Uri): Promise<TaskAsset> {
    try {
      const { bytes, contentType } = await this.#pictures.get(uri);
      return { ...uri, kind: 'read', bytes, contentType };
    } catch (error) {
      return { ...uri, kind: 'failed', reason: messageOf(error) };
    }
  }
}
