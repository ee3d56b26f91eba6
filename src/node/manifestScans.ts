import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManifestBytes, ManifestScan } from '../core/manifest/manifestScan.js';
import { startManifestProcess } from './manifestProcess.js';
import { startManifestThread } from './manifestThread.js';

/** What is scanned in the extension host's own process may take a few times its size of memory there. */
const mostBytesInThread = 16 << 20;

/** Scans a small manifest in a thread, which is there sooner, and a large one in a process that has memory of its own. */
export function startManifestScan(folder: string, bytes: ManifestBytes): ManifestScan {
  const script = join(folder, 'manifestWorker.js');
  const closing = new AbortController();
  const starting = sizeOf(bytes, closing.signal).then((size) => {
    closing.signal.throwIfAborted();
    return size <= mostBytesInThread
      ? startManifestThread(script, bytes)
      : startManifestProcess({ program: join(folder, 'manifestProgram.js'), script }, bytes);
  });
  starting.catch(() => undefined); // Whoever asks is told.
  return {
    finish: async (onProgress) => (await starting).finish(onProgress),
    follow: async (later) => (await starting).follow(later),
    summary: async (signal) => (await starting).summary(signal),
    problems: async (first, count, signal) => (await starting).problems(first, count, signal),
    rows: async (query, range, signal) => (await starting).rows(query, range, signal),
    lines: async (query, first, count, signal) => (await starting).lines(query, first, count, signal),
    placeOf: async (query, line, signal) => (await starting).placeOf(query, line, signal),
    breakdown: async (request, signal) => (await starting).breakdown(request, signal),
    failures: async (attribute, signal) => (await starting).failures(attribute, signal),
    repeatedSources: async (signal) => (await starting).repeatedSources(signal),
    sources: async (first, count, signal) => (await starting).sources(first, count, signal),
    rawLines: async (first, count, signal) => (await starting).rawLines(first, count, signal),
    text: async (line, signal) => (await starting).text(line, signal),
    estimate: async (estimates, signal) => (await starting).estimate(estimates, signal),
    dispose() {
      closing.abort();
      void starting.then((scan) => scan.dispose()).catch(() => undefined); // It was not started.
    },
  };
}

async function sizeOf(bytes: ManifestBytes, signal: AbortSignal): Promise<number> {
  return bytes.kind === 'file' ? (await stat(bytes.path)).size : bytes.source.size(signal);
}
