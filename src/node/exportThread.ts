import { rm } from 'node:fs/promises';
import type { ExportOrder, ManifestExports, ManifestSources, TrainingReading } from '../core/export/manifestExports.js';
import type { ExportOutcome } from '../core/export/writeExport.js';
import type { Client } from '../protocol/channel.js';
import type { ExportSources, ExportThread } from '../protocol/exportThread.js';
import { byteRanges, toldBytes } from './byteRanges.js';
import type { ExportWorkerData } from './exportWorker.js';
import { partialFolder } from './newFolder.js';
import type { StartWorker } from './startWorker.js';
import { bytesOf } from './workerBySize.js';

/** Makes something of a manifest in a thread of its own, which runs the bundle `script` and ends with it. */
export class ExportThreads implements ManifestExports {
  readonly #script: string;
  readonly #start: StartWorker;

  constructor(script: string, start: StartWorker) {
    this.#script = script;
    this.#start = start;
  }

  /** Nothing stays of a folder that did not become whole, also where the thread dies or is given up. */
  async export(order: ExportOrder, options: ManifestSources, signal: AbortSignal): Promise<ExportOutcome> {
    const partial = partialFolder(order.folder);
    try {
      return await this.#run(options, (client) => client.call('export.run', { ...order, partial }, signal));
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
  }

  readTraining(attribute: string, options: ManifestSources, signal: AbortSignal): Promise<TrainingReading> {
    return this.#run(options, (client) => client.call('training.read', { attribute }, signal));
  }

  async #run<T>(
    { manifest, readObject, onProgress }: ManifestSources,
    ask: (client: Client<ExportThread>) => Promise<T>,
  ): Promise<T> {
    const workerData: ExportWorkerData = { manifest: toldBytes(manifest) };
    const client = this.#start<ExportThread, ExportSources>({
      script: this.#script,
      workerData,
      answers: { ...byteRanges([manifest]), 'object.read': ({ uri }, reading) => readObject(uri, reading) },
      bytes: (signal) => bytesOf([manifest], signal),
    });
    client.on('export.progress', onProgress);
    try {
      return await ask(client);
    } finally {
      client.dispose();
    }
  }
}
