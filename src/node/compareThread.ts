import { dirname, join } from 'node:path';
import type { ComparedBytes, ManifestComparison } from '../core/compare/manifestComparison.js';
import type { ByteRanges } from '../protocol/byteRanges.js';
import type { CompareThread } from '../protocol/compareThread.js';
import { byteRanges, toldBytes } from './byteRanges.js';
import type { CompareWorkerData } from './compareWorker.js';
import type { StartWorker } from './startWorker.js';
import { bytesOf } from './workerBySize.js';

/**
 * Compares in a thread that runs the bundle `script`; beside it are the bundle that scans, and the kernel. The thread
 * ends when the comparison is disposed of.
 */
export function startCompareThread(
  script: string,
  { here, there }: ComparedBytes,
  start: StartWorker,
): ManifestComparison {
  const folder = dirname(script);
  const manifests = there ? [here, there] : [here];
  const workerData: CompareWorkerData = {
    scanner: join(folder, 'manifestWorker.js'),
    kernel: join(folder, 'matchLines.wasm'),
    manifests: manifests.map(toldBytes),
  };
  const client = start<CompareThread, ByteRanges>({
    script,
    workerData,
    answers: byteRanges(manifests),
    bytes: (signal) => bytesOf(manifests, signal),
  });
  return {
    async run(attributes, onProgress, signal) {
      const listening = client.on('comparison.progress', onProgress);
      try {
        return await client.call('comparison.run', attributes, signal);
      } finally {
        listening.dispose();
      }
    },
    rows: (filter, first, count, signal) => client.call('rows.read', { filter, first, count }, signal),
    placeOf: (filter, line, signal) => client.call('place.find', { filter, line }, signal),
    lineThere: (line, signal) => client.call('line.read', { line }, signal),
    dispose: () => client.dispose(),
  };
}
