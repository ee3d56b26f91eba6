// The thread that compares two manifests and answers questions about what differs. It is started by `compareThread.ts`.
import { readFileSync } from 'node:fs';
import { ComparedManifests } from '../core/compare/comparedManifests.js';
import { Failure } from '../core/failure.js';
import { ManifestDocument } from '../core/manifest/manifestDocument.js';
import { nowAndThen } from '../core/nowAndThen.js';
import type { ByteRanges } from '../protocol/byteRanges.js';
import { type Client, connect, type Port, serve } from '../protocol/channel.js';
import type { CompareThread } from '../protocol/compareThread.js';
import { breathe } from './breathe.js';
import { rangesSource, type ToldBytes } from './byteRanges.js';
import { blockingFileSource } from './blockingFileSource.js';
import { secondThread } from './secondThread.js';
import { inWorker } from './workerThread.js';

export interface CompareWorkerData {
  /** The bundle of the manifest scan, for a second thread that scans with this one. */
  readonly scanner: string;
  readonly kernel: string;
  /** Here and there; one, where it is compared with itself. */
  readonly manifests: readonly ToldBytes[];
}

interface Opened {
  readonly path: ToldBytes;
  readonly document: ManifestDocument;
}

inWorker((told, port) => {
  const data = told as CompareWorkerData;
  const client = connect<ByteRanges>(port);
  const opened = data.manifests.map((path, place) => open(path, place, data, client));
  const [here, there = here] = opened;
  if (here && there) {
    serveComparison(port, opened, new ComparedManifests(here.document, there.document));
  }
});

function serveComparison(port: Port, opened: readonly Opened[], compared: ComparedManifests): void {
  let isRead = false;
  const host = serve<CompareThread>(port, {
    'comparison.run': async (attributes, signal) => {
      const tell = nowAndThen((step: 'reading' | 'comparing', part: number) =>
        host.emit('comparison.progress', { step, part }),
      );
      if (!isRead) {
        await readAll(opened, (part) => tell('reading', part), signal);
        isRead = true;
      }
      return compared.compare(attributes, (part) => tell('comparing', part), signal);
    },
    'rows.read': ({ filter, first, count }, signal) => compared.rows(filter, first, count, signal),
    'place.find': async ({ filter, line }) => compared.placeOf(filter, line),
    'line.read': ({ line }, signal) => compared.textThere(line, signal),
  });
}

/** One is scanned in this thread and the other one in another, side by side; one alone, half of it in each. */
function open(path: ToldBytes, place: number, data: CompareWorkerData, client: Client<ByteRanges>): Opened {
  const kernel = readFileSync(data.kernel);
  if (path === undefined) {
    return { path, document: new ManifestDocument(rangesSource(client, place), kernel) };
  }
  const source = blockingFileSource(path);
  const files = { script: data.scanner, kernel: data.kernel };
  const isAlone = data.manifests.length === 1;
  const secondScanner =
    isAlone || place > 0 ? secondThread(files, source.descriptor, isAlone ? undefined : 0) : undefined;
  return { path, document: new ManifestDocument(source, kernel, { secondScanner }) };
}

/** Of what is scanned in another thread nothing is told before its end: until then the other one's part stands for both. */
async function readAll(opened: readonly Opened[], onPart: (part: number) => void, signal: AbortSignal): Promise<void> {
  const parts = new Map<Opened, number>();
  const readOne = (manifest: Opened) =>
    read(
      manifest,
      (part) => {
        parts.set(manifest, part);
        onPart([...parts.values()].reduce((sum, each) => sum + each, 0) / parts.size);
      },
      signal,
    );
  await Promise.all(opened.map(readOne));
}

async function read({ path, document }: Opened, onPart: (part: number) => void, signal: AbortSignal): Promise<void> {
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
