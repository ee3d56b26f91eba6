// The thread that scans one manifest and answers questions about it. It is started by `manifestThread.ts`.
import { readFileSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { ByteSource } from '../core/manifest/byteSource.js';
import { ManifestDocument } from '../core/manifest/manifestDocument.js';
import { ManifestReader } from '../core/manifest/manifestReader.js';
import { connect, serve } from '../protocol/channel.js';
import type { ByteRanges, ManifestThread } from '../protocol/manifestScan.js';
import { fileByteSource } from './fileByteSource.js';
import { threadPort } from './threadPort.js';

export interface ManifestWorkerData {
  /** The file with the compiled `src/kernel/matchLines.ts`. */
  readonly kernel: string;
  readonly bytes:
    { readonly kind: 'file'; readonly path: string } | { readonly kind: 'ranges'; readonly port: MessagePort };
}

/** Progress is told so often, not after each part: whoever listens has better things to do. */
const progressIntervalMs = 100;

if (parentPort) {
  serveManifest(parentPort, workerData as ManifestWorkerData);
}

function serveManifest(port: MessagePort, { kernel, bytes }: ManifestWorkerData): void {
  const source = bytes.kind === 'file' ? fileByteSource(bytes.path) : rangesSource(bytes.port);
  const document = new ManifestDocument(source, readFileSync(kernel));
  const reader = new ManifestReader(document);

  const host = serve<ManifestThread>(threadPort(port), {
    'scan.finish': async (_params, signal) => {
      let lastTold = 0;
      for await (const progress of document.scan(signal)) {
        if (performance.now() - lastTold >= progressIntervalMs) {
          lastTold = performance.now();
          host.emit('scan.progress', progress);
          await breathe();
        }
      }
    },
    'summary.read': async () => ({
      ...reader.summary(),
      lines: document.lines,
      problems: document.problems.count,
      brokenLines: document.problems.broken,
    }),
    'problems.read': async ({ first, count }) => reader.problems(first, count),
    'rows.read': ({ query, first, count }, signal) => reader.rows(query, first, count, signal),
    'line.read': ({ line }, signal) => reader.text(line, signal),
  });
}

/** Lets messages in: a scan of bytes that are there at once would keep them waiting to its end. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function rangesSource(port: MessagePort): ByteSource {
  const client = connect<ByteRanges>(threadPort(port));
  return {
    size: (signal) => client.call('bytes.size', undefined, signal),
    async read(into, offset, signal) {
      const bytes = await client.call('bytes.read', { offset, bytes: into.length }, signal);
      into.set(bytes);
      return bytes.length;
    },
  };
}
