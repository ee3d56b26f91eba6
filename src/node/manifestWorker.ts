// The thread that scans one manifest and answers questions about it. It is started by `manifestThread.ts`.
import { readFileSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { ByteSource } from '../core/manifest/byteSource.js';
import { ManifestDocument } from '../core/manifest/manifestDocument.js';
import { ManifestReader } from '../core/manifest/manifestReader.js';
import { connect, serve } from '../protocol/channel.js';
import type { ByteRanges, ManifestThread } from '../protocol/manifestScan.js';
import { descriptorByteSource, fileByteSource } from './fileByteSource.js';
import { buffersOf, secondThread } from './secondThread.js';
import { threadPort } from './threadPort.js';

/** What is the same for all threads of a scan: they run one bundle, `script`, with the kernel in the file `kernel`. */
export interface ManifestWorkerFiles {
  readonly script: string;
  readonly kernel: string;
}

export interface ManifestWorkerData extends ManifestWorkerFiles {
  readonly bytes:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'ranges'; readonly port: MessagePort }
    /** The rest of a file, for a second thread that posts what it has found and ends. */
    | { readonly kind: 'rest'; readonly descriptor: number; readonly start: number };
}

/** Progress is told so often, not after each part: whoever listens has better things to do. */
const progressIntervalMs = 100;

if (parentPort) {
  const { bytes, ...files } = workerData as ManifestWorkerData;
  const kernel = readFileSync(files.kernel);
  switch (bytes.kind) {
    case 'file': {
      const source = fileByteSource(bytes.path);
      const secondScanner = secondThread(files, source.descriptor);
      serveManifest(parentPort, new ManifestDocument(source, kernel, { secondScanner }));
      break;
    }
    case 'ranges':
      serveManifest(parentPort, new ManifestDocument(rangesSource(bytes.port), kernel));
      break;
    case 'rest':
      void postPart(parentPort, new ManifestDocument(descriptorByteSource(bytes.descriptor, bytes.start), kernel));
  }
}

async function postPart(port: MessagePort, document: ManifestDocument): Promise<void> {
  for await (const _ of document.scan(new AbortController().signal)); // It is ended by ending the thread.
  const part = document.part();
  port.postMessage(part, buffersOf(part));
}

function serveManifest(port: MessagePort, document: ManifestDocument): void {
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
    'lines.read': ({ query, first, count }, signal) => reader.lines(query, first, count, signal),
    'place.find': ({ query, line }, signal) => reader.placeOf(query, line, signal),
    'breakdown.read': (request, signal) => reader.breakdown(request, signal),
    'failures.read': ({ attribute }, signal) => reader.failures(attribute, signal),
    'repeats.read': async () => reader.repeatedSources(),
    'sources.read': async ({ first, count }) => reader.sources(first, count),
    'lines.copy': ({ first, count }, signal) => document.readRaw(first, count, signal),
    'line.read': ({ line }, signal) => reader.text(line, signal),
    'estimates.take': async (estimates) => reader.estimate(estimates),
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
