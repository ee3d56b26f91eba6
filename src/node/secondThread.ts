import { fstatSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { ManifestPart, SecondScanner } from '../core/manifest/documentScan.js';
import type { ColumnsRoom } from '../core/manifest/columnsData.js';
import type { ManifestWorkerData } from './servedManifest.js';
import { newThread } from './workerThread.js';

/** What is the same for all threads of a scan: they run one bundle, `script`, with the kernel in the file `kernel`. */
export interface ScanFiles {
  readonly script: string;
  readonly kernel: string;
}

/** What a second thread is told once it is up: which file to read, from where on, and where to put what is found. */
export interface RestOfFile {
  readonly descriptor: number;
  readonly start: number;
  readonly room: ColumnsRoom | undefined;
}

/** Below this, starting a thread takes longer than it saves. */
const leastBytes = 48 << 20;

/** A little more than half: the first one is up sooner. */
const usualShare = 0.58;

/**
 * Scans the end of a file in a second thread, all but the first `firstShare` of it; `undefined` where there is no second
 * processor to run it, or where the file is too small. The thread is started at once: it is up by the time that the
 * first one is ready to scan.
 */
export function secondThread(
  files: ScanFiles,
  descriptor: () => number,
  firstShare = usualShare,
): SecondScanner | undefined {
  if (availableParallelism() < 2 || sizeOf(descriptor) < leastBytes) {
    return undefined;
  }
  const workerData: ManifestWorkerData = { ...files, bytes: { kind: 'rest' } };
  const worker = newThread(files.script, workerData);
  const part = new Promise<ManifestPart>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The second thread of the scan has ended')));
  });
  part.catch(() => undefined); // Whoever waits for it is told.
  return {
    leastBytes,
    firstShare,
    async scanFrom(start, room, signal) {
      signal.addEventListener('abort', () => void worker.terminate(), { once: true });
      worker.postMessage({ descriptor: descriptor(), start, room } satisfies RestOfFile);
      return part;
    },
    dispose: () => void worker.terminate(),
  };
}

/** 0 where the file cannot be read: whoever reads it is told why. */
function sizeOf(descriptor: () => number): number {
  try {
    return fstatSync(descriptor()).size;
  } catch {
    return 0;
  }
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
