import { dirname, join } from 'node:path';
import type { ManifestBytes, ManifestScan } from '../core/manifest/manifestScan.js';
import type { ByteRanges } from '../protocol/byteRanges.js';
import type { ManifestThread } from '../protocol/manifestScan.js';
import { byteRanges, toldBytes } from './byteRanges.js';
import type { ManifestWorkerData } from './servedManifest.js';
import type { StartWorker } from './startWorker.js';
import { bytesOf, mostBytesInThread } from './workerBySize.js';

/**
 * Scans in a thread that runs the bundle `script` with the kernel that is beside it; the thread ends when the scan is
 * disposed of.
 */
export function startManifestThread(script: string, bytes: ManifestBytes, start: StartWorker): ManifestScan {
  const workerData: ManifestWorkerData = {
    script,
    kernel: join(dirname(script), 'matchLines.wasm'),
    bytes: { kind: 'whole', told: toldBytes(bytes) },
  };
  /** As the manifest was first, and as it was later: the thread asks for the last two at most. */
  const versions = [bytes];
  /** Whether that is why it is where it is. */
  let wasSmall = false;
  const client = start<ManifestThread, ByteRanges>({
    script,
    workerData,
    answers: byteRanges(versions),
    isAllEars: true,
    async bytes(signal) {
      const size = await bytesOf([bytes], signal);
      wasSmall = size <= mostBytesInThread;
      return size;
    },
  });
  return {
    async finish(onProgress) {
      const listening = client.on('scan.progress', onProgress);
      try {
        await client.call('scan.finish', undefined);
      } finally {
        listening.dispose();
      }
    },
    async follow(later) {
      if (!isOfSame(bytes, later)) {
        return false;
      }
      if (wasSmall && (await bytesOf([later], new AbortController().signal)) > mostBytesInThread) {
        return false; // By now it is one for a process of its own.
      }
      versions.push(later);
      return client.call('scan.follow', undefined);
    },
    summary: (signal) => client.call('summary.read', undefined, signal),
    problems: (first, count, signal) => client.call('problems.read', { first, count }, signal),
    rows: (query, range, signal) => client.call('rows.read', { query, ...range }, signal),
    search: (query, signal) => client.call('rows.search', { query }, signal),
    lines: (query, first, count, signal) => client.call('lines.read', { query, first, count }, signal),
    placeOf: (query, line, signal) => client.call('place.find', { query, line }, signal),
    breakdown: (request, signal) => client.call('breakdown.read', request, signal),
    failures: (request, signal) => client.call('failures.read', request, signal),
    repeatedSources: (signal) => client.call('repeats.read', undefined, signal),
    sources: (first, count, signal) => client.call('sources.read', { first, count }, signal),
    rawLines: (first, count, signal) => client.call('lines.copy', { first, count }, signal),
    text: (line, signal) => client.call('line.read', { line }, signal),
    estimate: (estimates, signal) => client.call('estimates.take', estimates, signal),
    dispose: () => client.dispose(),
  };
}

function isOfSame(first: ManifestBytes, later: ManifestBytes): boolean {
  return later.kind === first.kind && toldBytes(later) === toldBytes(first);
}
