import { dirname, join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { ComparedBytes, ManifestComparison, Side } from '../core/compare/manifestComparison.js';
import { connect, serve } from '../protocol/channel.js';
import type { ComparedRanges, CompareThread } from '../protocol/compareThread.js';
import type { CompareWorkerData } from './compareWorker.js';
import { threadPort } from './threadPort.js';

/**
 * Compares in a thread of its own, which runs the bundle `script`; beside it are the bundle that scans, and the kernel.
 * It ends when the comparison is disposed of.
 */
export function startCompareThread(script: string, bytes: ComparedBytes): ManifestComparison {
  const { port1: own, port2: theirs } = new MessageChannel();
  const folder = dirname(script);
  const pathOf = (side: Side) => (bytes[side]?.kind === 'file' ? bytes[side].path : undefined);
  const workerData: CompareWorkerData = {
    scanner: join(folder, 'manifestWorker.js'),
    kernel: join(folder, 'matchLines.wasm'),
    ranges: theirs,
    here: { path: pathOf('here') },
    there: bytes.there && { path: pathOf('there') },
  };
  const worker = new Worker(script, { workerData, execArgv: [], transferList: [theirs] });
  const sourceOf = (side: Side) => (bytes[side]?.kind === 'source' ? bytes[side].source : undefined);
  const ranges = serve<ComparedRanges>(threadPort(own), {
    'bytes.size': async ({ side }, signal) => sourceOf(side)?.size(signal) ?? 0,
    'bytes.read': async ({ side, offset, bytes: length }, signal) => {
      const into = new Uint8Array(length);
      return into.subarray(0, await sourceOf(side)?.read(into, offset, signal));
    },
  });
  const client = connect<CompareThread>(threadPort(worker));
  // A thread that dies (out of memory, say) would otherwise leave everybody waiting.
  const death = new Promise<never>((_resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => client.dispose());
  });
  death.catch(() => undefined);

  return {
    async run(attributes, onProgress, signal) {
      const listening = client.on('comparison.progress', onProgress);
      try {
        return await Promise.race([client.call('comparison.run', attributes, signal), death]);
      } finally {
        listening.dispose();
      }
    },
    rows: (filter, first, count, signal) => client.call('rows.read', { filter, first, count }, signal),
    placeOf: (filter, line, signal) => client.call('place.find', { filter, line }, signal),
    lineThere: (line, signal) => client.call('line.read', { line }, signal),
    dispose() {
      client.dispose();
      ranges.dispose();
      own.close();
      void worker.terminate();
    },
  };
}
