import { availableParallelism } from 'node:os';
import type { ManifestPart, SecondScanner } from '../core/manifest/documentScan.js';
import type { ManifestWorkerData, ManifestWorkerFiles } from './manifestWorker.js';
import { newThread } from './workerThread.js';

/** Below this, starting a thread takes longer than it saves. */
const leastBytes = 48 << 20;

/** Less than half, as was measured: whoever scans it then adds up what both have found. */
const firstShare = 0.43;

/** Scans the end of a file in a second thread; `undefined` where there is no second processor to run it. */
export function secondThread(files: ManifestWorkerFiles, descriptor: () => Promise<number>): SecondScanner | undefined {
  if (availableParallelism() < 2) {
    return undefined;
  }
  return {
    leastBytes,
    firstShare,
    async scanFrom(start, signal) {
      const bytes: ManifestWorkerData['bytes'] = { kind: 'rest', descriptor: await descriptor(), start };
      signal.throwIfAborted();
      const workerData: ManifestWorkerData = { ...files, bytes };
      const worker = newThread(files.script, workerData);
      signal.addEventListener('abort', () => void worker.terminate(), { once: true });
      return new Promise<ManifestPart>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', () => reject(new Error('The second thread of the scan has ended')));
      });
    },
  };
}

/** What of a part need not be copied to get to another thread. */
export function buffersOf({ columns, index }: ManifestPart): ArrayBuffer[] {
  const arrays = [
    columns.kinds,
    columns.folderIds,
    columns.nameEnds,
    columns.names,
    index.checkpoints,
    ...columns.attributes.flatMap((attribute) => [
      attribute.states,
      attribute.types,
      attribute.classes,
      attribute.confidences,
      attribute.creationTimes,
      attribute.lists,
      attribute.listConfidences,
    ]),
  ];
  return arrays.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}
