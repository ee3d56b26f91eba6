import { rm } from 'node:fs/promises';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { ExportOrder, ManifestExports, ManifestSources, TrainingReading } from '../core/export/manifestExports.js';
import type { ExportOutcome } from '../core/export/writeExport.js';
import { type Client, connect, serve } from '../protocol/channel.js';
import type { ExportSources, ExportThread } from '../protocol/exportThread.js';
import type { ExportWorkerData } from './exportWorker.js';
import { partialFolder } from './newFolder.js';
import { threadPort } from './threadPort.js';

/** Makes something of a manifest in a thread of its own, which runs the bundle `script` and ends with it. */
export class ExportThreads implements ManifestExports {
  readonly #script: string;

  constructor(script: string) {
    this.#script = script;
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
    const { port1: own, port2: theirs } = new MessageChannel();
    const path = manifest.kind === 'file' ? manifest.path : undefined;
    const workerData: ExportWorkerData = { sources: theirs, path };
    const worker = new Worker(this.#script, { workerData, execArgv: [], transferList: [theirs] });
    const source = manifest.kind === 'source' ? manifest.source : undefined;
    const sources = serve<ExportSources>(threadPort(own), {
      'bytes.size': async (_params, reading) => source?.size(reading) ?? 0,
      'bytes.read': async ({ offset, bytes }, reading) => {
        const into = new Uint8Array(bytes);
        return into.subarray(0, await source?.read(into, offset, reading));
      },
      'object.read': ({ uri }, reading) => readObject(uri, reading),
    });
    const client = connect<ExportThread>(threadPort(worker));
    // A thread that dies (out of memory, say) would otherwise leave the caller waiting.
    const death = new Promise<never>((_resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', () => client.dispose());
    });
    death.catch(() => undefined);
    client.on('export.progress', onProgress);
    try {
      return await Promise.race([ask(client), death]);
    } finally {
      client.dispose();
      sources.dispose();
      own.close();
      await worker.terminate();
    }
  }
}
