import { dirname, join } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { ManifestBytes, ManifestScan } from '../core/manifest/manifestScan.js';
import { type Client, connect, type Handlers, serve } from '../protocol/channel.js';
import type { ByteRanges, ManifestThread } from '../protocol/manifestScan.js';
import type { ManifestWorkerData } from './manifestWorker.js';
import { threadPort } from './threadPort.js';

/**
 * Scans in a thread of its own, which runs the bundle `script` with the kernel that is beside it; it ends when the scan
 * is disposed of.
 */
export function startManifestThread(script: string, bytes: ManifestBytes): ManifestScan {
  const { worker, bytes: end } = startManifestWorker(script, bytes.kind === 'file' ? bytes.path : undefined);
  const versions = versionsOf(bytes);
  const ranges = end && serve<ByteRanges>(threadPort(end), versions.ranges);
  const client = connect<ManifestThread>(threadPort(worker));
  // A thread that dies (out of memory, say) would otherwise leave everybody waiting.
  const death = new Promise<never>((_resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => client.dispose());
  });
  return scanOver(client, {
    versions,
    death,
    end: () => {
      ranges?.dispose();
      end?.close();
      void worker.terminate();
    },
  });
}

interface OtherEnd {
  readonly versions: ManifestVersions;
  /** Rejects where it is no more. */
  readonly death: Promise<never>;
  readonly end: () => void;
}

/** The scan at the other end of the channel. */
export function scanOver(client: Client<ManifestThread>, { versions, death, end }: OtherEnd): ManifestScan {
  death.catch(() => undefined);
  return {
    async finish(onProgress) {
      const listening = client.on('scan.progress', onProgress);
      try {
        await Promise.race([client.call('scan.finish', undefined), death]);
      } finally {
        listening.dispose();
      }
    },
    follow: async (later) => versions.add(later) && Promise.race([client.call('scan.follow', undefined), death]),
    summary: (signal) => client.call('summary.read', undefined, signal),
    problems: (first, count, signal) => client.call('problems.read', { first, count }, signal),
    rows: (query, range, signal) => client.call('rows.read', { query, ...range }, signal),
    lines: (query, first, count, signal) => client.call('lines.read', { query, first, count }, signal),
    placeOf: (query, line, signal) => client.call('place.find', { query, line }, signal),
    breakdown: (request, signal) => client.call('breakdown.read', request, signal),
    failures: (attribute, signal) => client.call('failures.read', { attribute }, signal),
    repeatedSources: (signal) => client.call('repeats.read', undefined, signal),
    sources: (first, count, signal) => client.call('sources.read', { first, count }, signal),
    rawLines: (first, count, signal) => client.call('lines.copy', { first, count }, signal),
    text: (line, signal) => client.call('line.read', { line }, signal),
    estimate: (estimates, signal) => client.call('estimates.take', estimates, signal),
    dispose() {
      client.dispose();
      end();
    },
  };
}

/** The thread; where it is not to read a file itself, with the end of a channel at which it asks for bytes. */
export function startManifestWorker(
  script: string,
  path: string | undefined,
): { readonly worker: Worker; readonly bytes: MessagePort | undefined } {
  const kernel = join(dirname(script), 'matchLines.wasm');
  if (path !== undefined) {
    const workerData: ManifestWorkerData = { script, kernel, bytes: { kind: 'file', path } };
    return { worker: startWorker(script, workerData, []), bytes: undefined };
  }
  const { port1: own, port2: port } = new MessageChannel();
  const workerData: ManifestWorkerData = { script, kernel, bytes: { kind: 'ranges', port } };
  return { worker: startWorker(script, workerData, [port]), bytes: own };
}

// A bundle needs nothing of what the process was started with, which may take long to load.
function startWorker(script: string, workerData: ManifestWorkerData, transferList: MessagePort[]): Worker {
  return new Worker(script, { workerData, execArgv: [], transferList });
}

/** One manifest as it was first, and as it was later. */
interface ManifestVersions {
  /** What the thread reads; it asks for none but the version that it scanned last and a later one. */
  readonly ranges: Handlers<ByteRanges>;
  /** Whether it is a version of the same manifest. */
  add(later: ManifestBytes): boolean;
}

export function versionsOf(first: ManifestBytes): ManifestVersions {
  const sources = [first.kind === 'source' ? first.source : undefined];
  const sourceOf = (version: number) => {
    const source = sources[version];
    if (!source) {
      throw new Error(`There is no version ${version} of the manifest`);
    }
    return source;
  };
  return {
    ranges: {
      'bytes.size': async ({ version }, signal) => sourceOf(version).size(signal),
      'bytes.read': async ({ version, offset, bytes }, signal) => {
        const into = new Uint8Array(bytes);
        return into.subarray(0, await sourceOf(version).read(into, offset, signal));
      },
    },
    add(later) {
      if (later.kind !== first.kind || (later.kind === 'file' && first.kind === 'file' && later.path !== first.path)) {
        return false;
      }
      sources.push(later.kind === 'source' ? later.source : undefined);
      return true;
    },
  };
}
