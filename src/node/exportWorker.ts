// The thread that makes something of one manifest. It is started by `exportThread.ts`, and ended where nobody waits.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { ExportPart } from '../core/export/exportPart.js';
import type { ManifestProgress } from '../core/export/manifestExports.js';
import { partsOfOrder } from '../core/export/manifestOrder.js';
import { writeExport } from '../core/export/writeExport.js';
import type { ByteSource } from '../core/manifest/byteSource.js';
import { readTrainingFacts } from '../core/training/trainingFacts.js';
import { type Client, connect, serve } from '../protocol/channel.js';
import type { ExportSources, ExportThread } from '../protocol/exportThread.js';
import { fileByteSource } from './fileByteSource.js';
import { createFolder } from './newFolder.js';
import { readPng } from './readPng.js';
import { threadPort } from './threadPort.js';
import { nowAndThen } from '../core/nowAndThen.js';

export interface ExportWorkerData {
  /** To whoever has the objects, and the manifest where it is no file. */
  readonly sources: MessagePort;
  /** The manifest's path, where it is a file. */
  readonly path: string | undefined;
}

if (parentPort) {
  const { sources, path } = workerData as ExportWorkerData;
  const client = connect<ExportSources>(threadPort(sources));
  serveExport(parentPort, client, path === undefined ? askedSource(client) : fileByteSource(path));
}

function serveExport(port: MessagePort, sources: Client<ExportSources>, source: ByteSource): void {
  const readObject = (uri: string, signal: AbortSignal) => sources.call('object.read', { uri }, signal);
  const readMask = async (uri: string, signal: AbortSignal) => {
    const { width, height, rgba } = readPng(Buffer.from(await readObject(uri, signal)).toString('base64'));
    return { width, height, rgba: rgba() };
  };
  const host = serve<ExportThread>(threadPort(port), {
    'export.run': async ({ order, attribute, folder, partial, withObjects }, signal) =>
      writeExport(
        partsOfOrder(order, { source, attribute }, readMask, signal),
        {
          folder: await createFolder(folder, partial),
          readObject: withObjects ? readObject : undefined,
          onProgress: nowAndThen((progress: ManifestProgress) => host.emit('export.progress', progress)),
        },
        signal,
      ),
    'training.read': async ({ attribute }, signal) => {
      let unusable = 0;
      const tell = nowAndThen((progress: ManifestProgress) => host.emit('export.progress', progress));
      const report = (event: ExportPart) => {
        unusable += event.kind === 'skipped' ? 1 : 0;
        if (event.kind === 'progress') {
          tell({ ...event, copies: 0 });
        }
      };
      const facts = await readTrainingFacts({ source, attribute }, report, signal);
      return { ...facts, unusable };
    },
  });
}

function askedSource(sources: Client<ExportSources>): ByteSource {
  return {
    size: (signal) => sources.call('bytes.size', undefined, signal),
    async read(into, offset, signal) {
      const bytes = await sources.call('bytes.read', { offset, bytes: into.length }, signal);
      into.set(bytes);
      return bytes.length;
    },
  };
}
