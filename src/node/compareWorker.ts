// The thread that compares two manifests and answers questions about what differs. It is started by `compareThread.ts`.
import { readFileSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { ComparedManifests } from '../core/compare/comparedManifests.js';
import type { Side } from '../core/compare/manifestComparison.js';
import { Failure } from '../core/failure.js';
import type { ByteSource } from '../core/manifest/byteSource.js';
import { ManifestDocument } from '../core/manifest/manifestDocument.js';
import { type Client, connect, serve } from '../protocol/channel.js';
import type { ComparedRanges, CompareThread } from '../protocol/compareThread.js';
import { fileByteSource } from './fileByteSource.js';
import { secondThread } from './secondThread.js';
import { threadPort } from './threadPort.js';
import { nowAndThen } from '../core/nowAndThen.js';
import { breathe } from './breathe.js';
import { portByteSource } from './portByteSource.js';

export interface CompareWorkerData {
  /** The bundle of the manifest scan, for a second thread that scans with this one. */
  readonly scanner: string;
  readonly kernel: string;
  /** To whoever has the bytes of what is no file. */
  readonly ranges: MessagePort;
  readonly here: ComparedPath;
  /** `undefined`: the same manifest as here. */
  readonly there: ComparedPath | undefined;
}

interface ComparedPath {
  /** The manifest's path, where it is a file. */
  readonly path: string | undefined;
}

if (parentPort) {
  const data = workerData as CompareWorkerData;
  serveComparison(parentPort, data, connect<ComparedRanges>(threadPort(data.ranges)));
}

function serveComparison(port: MessagePort, data: CompareWorkerData, ranges: Client<ComparedRanges>): void {
  const sides = {
    here: open('here', data.here, data, ranges),
    there: data.there && open('there', data.there, data, ranges),
  };
  const compared = new ComparedManifests(sides.here, sides.there ?? sides.here);
  let isRead = false;
  const host = serve<CompareThread>(threadPort(port), {
    'comparison.run': async (attributes, signal) => {
      const tell = nowAndThen((step: 'reading' | 'comparing', part: number) =>
        host.emit('comparison.progress', { step, part }),
      );
      if (!isRead) {
        const isOne = sides.there === undefined;
        await read(sides.here, data.here, (part) => tell('reading', isOne ? part : part / 2), signal);
        if (sides.there && data.there) {
          await read(sides.there, data.there, (part) => tell('reading', 0.5 + part / 2), signal);
        }
        isRead = true;
      }
      return compared.compare(attributes, (part) => tell('comparing', part), signal);
    },
    'rows.read': ({ filter, first, count }, signal) => compared.rows(filter, first, count, signal),
    'place.find': async ({ filter, line }) => compared.placeOf(filter, line),
    'line.read': ({ line }, signal) => (sides.there ?? sides.here).readText(line, signal),
  });
}

function open(side: Side, { path }: ComparedPath, data: CompareWorkerData, ranges: Client<ComparedRanges>) {
  const kernel = readFileSync(data.kernel);
  if (path === undefined) {
    return new ManifestDocument(rangesSource(side, ranges), kernel);
  }
  const source = fileByteSource(path);
  const secondScanner = secondThread({ script: data.scanner, kernel: data.kernel }, source.descriptor);
  return new ManifestDocument(source, kernel, { secondScanner });
}

async function read(
  document: ManifestDocument,
  { path }: ComparedPath,
  onPart: (part: number) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const { scannedBytes, totalBytes } of document.scan(signal)) {
      onPart(totalBytes === 0 ? 1 : scannedBytes / totalBytes);
      await breathe();
    }
  } catch (error) {
    signal.throwIfAborted();
    throw path === undefined || Failure.is(error) ? error : new Failure('manifest.unreadable', unreadable(path, error));
  }
}

function unreadable(path: string, error: unknown) {
  const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return { path, isGone, reason: error instanceof Error ? error.message : String(error) };
}

function rangesSource(side: Side, ranges: Client<ComparedRanges>): ByteSource {
  return portByteSource({
    size: (signal) => ranges.call('bytes.size', { side }, signal),
    read: (offset, bytes, signal) => ranges.call('bytes.read', { side, offset, bytes }, signal),
  });
}
