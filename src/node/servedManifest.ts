// A manifest that is scanned here, and the answers to questions about it; or the end of a large one.
import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { ScanProgress } from '../core/manifest/documentScan.js';
import { ManifestDocument } from '../core/manifest/manifestDocument.js';
import { ManifestReader } from '../core/manifest/manifestReader.js';
import type { ByteRanges } from '../protocol/byteRanges.js';
import { connect, type Port, serve } from '../protocol/channel.js';
import type { ManifestThread } from '../protocol/manifestScan.js';
import { blockingFileSource, restOfFileSource } from './blockingFileSource.js';
import { breathe } from './breathe.js';
import { rangesSource, type ToldBytes } from './byteRanges.js';
import type { ClosableSource } from './fileByteSource.js';
import { buffersOf, type RestOfFile, type ScanFiles, secondThread } from './secondThread.js';

export interface ManifestWorkerData extends ScanFiles {
  readonly bytes:
    | { readonly kind: 'whole'; readonly told: ToldBytes }
    /** The end of a file: a second thread is told which, posts what it has found and ends. */
    | { readonly kind: 'rest' };
}

/** Reading a range of an object takes its time, and may cost money; what a file has is mostly in memory already. */
const mostComparedBytes = { file: 64 << 20, ranges: 4 << 20 };

/** Progress is told so often, not after each part: whoever listens has better things to do. */
const progressIntervalMs = 100;

/** So long may others wait for an answer while chunk after chunk is scanned. */
const breathIntervalMs = 10;

export function serveOrder(told: unknown, port: Port): void {
  const { bytes, ...files } = told as ManifestWorkerData;
  if (bytes.kind === 'rest') {
    scanRest(files);
  } else if (bytes.told === undefined) {
    serveRanges(port, files);
  } else {
    serveFile(port, bytes.told, files);
  }
}

function scanRest(files: ScanFiles): void {
  parentPort?.once('message', (rest: RestOfFile) => void postRest(rest, files)); // Whatever fails ends the thread.
}

async function postRest({ descriptor, start, room }: RestOfFile, { kernel }: ScanFiles): Promise<void> {
  const document = new ManifestDocument(restOfFileSource(descriptor, start), readFileSync(kernel));
  const part = await document.scanPart({ room, isFromStart: start === 0 }, new AbortController().signal); // It is ended by ending the thread.
  parentPort?.postMessage(part, buffersOf(part));
}

function serveRanges(port: Port, { kernel }: ScanFiles): void {
  const client = connect<ByteRanges>(port);
  const source = rangesSource(client, 0);
  let version = 0;
  serveManifest(port, {
    document: new ManifestDocument(source, readFileSync(kernel)),
    source,
    later: () => rangesSource(client, ++version),
    mostComparedBytes: mostComparedBytes.ranges,
  });
}

function serveFile(port: Port, path: string, files: ScanFiles): void {
  const source = blockingFileSource(path);
  const secondScanner = secondThread(files, source.descriptor);
  serveManifest(port, {
    document: new ManifestDocument(source, readFileSync(files.kernel), { secondScanner }),
    source,
    later: () => blockingFileSource(path),
    mostComparedBytes: mostComparedBytes.file,
  });
}

/** So long after a scan its rows and its breakdown have been asked for. */
const idleMs = 250;

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
    let lastBreath = lastTold;
    for await (const progress of scan) {
      const now = performance.now();
      if (now - lastTold >= progressIntervalMs) {
        lastTold = now;
        host.emit('scan.progress', progress);
      }
      if (now - lastBreath >= breathIntervalMs) {
        await breathe();
        lastBreath = performance.now();
      }
    }
  };

  /** Not at once: those who waited for the scan ask first. */
  const prepareSoon = () => {
    setTimeout(() => {
      const steps = reader.prepare();
      const goOn = () => {
        if (steps.next().done !== true) {
          setImmediate(goOn);
        }
      };
      goOn();
    }, idleMs);
  };

  const host = serve<ManifestThread>(port, {
    'scan.finish': async (_params, signal) => {
      await go(document.scan(signal));
      prepareSoon();
    },
    'scan.follow': async (_params, signal) => {
      const next = later();
      let unused = next;
      try {
        const scan = await document.follow(next, { mostBytes, random: Math.random, signal });
        if (!scan) {
          return false;
        }
        reader.becomesAnother(); // The scan begins within this turn: nobody begins a search in between.
        unused = current;
        current = next;
        await go(scan);
        prepareSoon();
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
    'rows.search': ({ query }, signal) => reader.search(query, signal),
    'lines.read': ({ query, first, count }, signal) => reader.lines(query, first, count, signal),
    'place.find': ({ query, line }, signal) => reader.placeOf(query, line, signal),
    'breakdown.read': (request, signal) => reader.breakdown(request, signal),
    'failures.read': (request, signal) => reader.failures(request, signal),
    'repeats.read': async () => reader.repeatedSources(),
    'sources.read': async ({ first, count }) => reader.sources(first, count),
    'lines.copy': ({ first, count }, signal) => document.readRaw(first, count, signal),
    'line.read': ({ line }, signal) => reader.text(line, signal),
    'estimates.take': async (estimates) => reader.estimate(estimates),
  });
}
