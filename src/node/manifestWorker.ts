// The thread that scans one manifest and answers questions about it. It is started by `manifestThread.ts`.
import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { ScanProgress } from '../core/manifest/documentScan.js';
import { ManifestDocument } from '../core/manifest/manifestDocument.js';
import { ManifestReader } from '../core/manifest/manifestReader.js';
import type { ByteRanges } from '../protocol/byteRanges.js';
import { connect, type Port, serve } from '../protocol/channel.js';
import type { ManifestThread } from '../protocol/manifestScan.js';
import { breathe } from './breathe.js';
import { rangesSource, type ToldBytes } from './byteRanges.js';
import { type ClosableSource, descriptorByteSource, fileByteSource } from './fileByteSource.js';
import { buffersOf, secondThread } from './secondThread.js';
import { inWorker } from './workerThread.js';

/** What is the same for all threads of a scan: they run one bundle, `script`, with the kernel in the file `kernel`. */
export interface ManifestWorkerFiles {
  readonly script: string;
  readonly kernel: string;
}

export interface ManifestWorkerData extends ManifestWorkerFiles {
  readonly bytes:
    | { readonly kind: 'whole'; readonly told: ToldBytes }
    /** The rest of a file, for a second thread that posts what it has found and ends. */
    | { readonly kind: 'rest'; readonly descriptor: number; readonly start: number };
}

/** Reading a range of an object takes its time, and may cost money; what a file has is mostly in memory already. */
const mostComparedBytes = { file: 64 << 20, ranges: 4 << 20 };

/** Progress is told so often, not after each part: whoever listens has better things to do. */
const progressIntervalMs = 100;

inWorker((told, port) => {
  const { bytes, ...files } = told as ManifestWorkerData;
  const kernel = readFileSync(files.kernel);
  if (bytes.kind === 'rest') {
    void postPart(new ManifestDocument(descriptorByteSource(bytes.descriptor, bytes.start), kernel));
  } else if (bytes.told === undefined) {
    const client = connect<ByteRanges>(port);
    const source = rangesSource(client, 0);
    let version = 0;
    serveManifest(port, {
      document: new ManifestDocument(source, kernel),
      source,
      later: () => rangesSource(client, ++version),
      mostComparedBytes: mostComparedBytes.ranges,
    });
  } else {
    const path = bytes.told;
    const source = fileByteSource(path);
    serveManifest(port, {
      document: new ManifestDocument(source, kernel, { secondScanner: secondThread(files, source.descriptor) }),
      source,
      later: () => fileByteSource(path),
      mostComparedBytes: mostComparedBytes.file,
    });
  }
});

async function postPart(document: ManifestDocument): Promise<void> {
  const part = await document.scanPart(new AbortController().signal); // It is ended by ending the thread.
  parentPort?.postMessage(part, buffersOf(part));
}

/** A manifest, and where its bytes are now and later. */
interface Served {
  readonly document: ManifestDocument;
  readonly source: ClosableSource;
  readonly later: () => ClosableSource;
  /** Of a later version, to see whether it continues the one before. */
  readonly mostComparedBytes: number;
}

function serveManifest(port: Port, { document, source, later, mostComparedBytes: mostBytes }: Served): void {
  const reader = new ManifestReader(document);
  let current = source;

  const go = async (scan: AsyncGenerator<ScanProgress>) => {
    let lastTold = Number.NEGATIVE_INFINITY; // The first rows are told of at once.
    for await (const progress of scan) {
      if (performance.now() - lastTold >= progressIntervalMs) {
        lastTold = performance.now();
        host.emit('scan.progress', progress);
        await breathe();
      }
    }
  };

  const host = serve<ManifestThread>(port, {
    'scan.finish': (_params, signal) => go(document.scan(signal)),
    'scan.follow': async (_params, signal) => {
      const next = later();
      let unused = next;
      try {
        const scan = await document.follow(next, { mostBytes, random: Math.random, signal });
        if (!scan) {
          return false;
        }
        reader.forgetEstimates();
        unused = current;
        current = next;
        await go(scan);
        return true;
      } finally {
        unused.close();
      }
    },
    'summary.read': async () => ({
      ...reader.summary(),
      lines: document.lines,
      problems: document.problems.count,
      brokenLines: document.problems.broken,
    }),
    'problems.read': async ({ first, count }) => reader.problems(first, count),
    'rows.read': ({ query, ...range }, signal) => reader.rows(query, range, signal),
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
