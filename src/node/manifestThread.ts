import { dirname, join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { ByteSource } from '../core/manifest/byteSource.js';
import type { ManifestBytes, ManifestScan } from '../core/manifest/manifestScan.js';
import { connect, type Handlers, serve } from '../protocol/channel.js';
import type { ByteRanges, ManifestThread } from '../protocol/manifestScan.js';
import type { ManifestWorkerData } from './manifestWorker.js';
import { threadPort } from './threadPort.js';

/**
 * Scans in a thread of its own, which runs the bundle `script` with the kernel that is beside it; it ends when the scan
 * is disposed of.
 */
export function startManifestThread(script: string, bytes: ManifestBytes): ManifestScan {
  const { port1: own, port2: theirs } = new MessageChannel();
  const worker =
    bytes.kind === 'file'
      ? startWorker(script, { kind: 'file', path: bytes.path })
      : startWorker(script, { kind: 'ranges', port: theirs });
  /** By version; the thread asks for none but the one that it scanned last and a later one. */
  const sources = [bytes.kind === 'source' ? bytes.source : undefined];
  const ranges = serve<ByteRanges>(threadPort(own), rangesOf(sources));
  const client = connect<ManifestThread>(threadPort(worker));
  // A thread that dies (out of memory, say) would otherwise leave everybody waiting.
  const death = new Promise<never>((_resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => client.dispose());
  });
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
    async follow(later) {
      if (later.kind !== bytes.kind || (later.kind === 'file' && bytes.kind === 'file' && later.path !== bytes.path)) {
        return false;
      }
      sources.push(later.kind === 'source' ? later.source : undefined);
      return Promise.race([client.call('scan.follow', undefined), death]);
    },
    summary: (signal) => client.call('summary.read', undefined, signal),
    problems: (first, count, signal) => client.call('problems.read', { first, count }, signal),
    rows: (query, first, count, signal) => client.call('rows.read', { query, first, count }, signal),
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
      ranges.dispose();
      own.close();
      void worker.terminate();
    },
  };
}

function startWorker(script: string, bytes: ManifestWorkerData['bytes']): Worker {
  const workerData: ManifestWorkerData = { script, kernel: join(dirname(script), 'matchLines.wasm'), bytes };
  // A bundle needs nothing of what the process was started with, which may take long to load.
  return new Worker(script, { workerData, execArgv: [], transferList: bytes.kind === 'ranges' ? [bytes.port] : [] });
}

function rangesOf(sources: readonly (ByteSource | undefined)[]): Handlers<ByteRanges> {
  const sourceOf = (version: number) => {
    const source = sources[version];
    if (!source) {
      throw new Error(`There is no version ${version} of the manifest`);
    }
    return source;
  };
  return {
    'bytes.size': async ({ version }, signal) => sourceOf(version).size(signal),
    'bytes.read': async ({ version, offset, bytes }, signal) => {
      const into = new Uint8Array(bytes);
      return into.subarray(0, await sourceOf(version).read(into, offset, signal));
    },
  };
}
