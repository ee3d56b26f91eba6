// The thread that makes something of one manifest. It is started by `exportThread.ts`, and ended where nobody waits.
import type { ExportPart } from '../core/export/exportPart.js';
import type { ManifestProgress } from '../core/export/manifestExports.js';
import { partsOfOrder } from '../core/export/manifestOrder.js';
import { writeExport } from '../core/export/writeExport.js';
import type { ByteSource } from '../core/manifest/byteSource.js';
import { nowAndThen } from '../core/nowAndThen.js';
import { readTrainingFacts } from '../core/training/trainingFacts.js';
import { type Client, connect, type Port, serve } from '../protocol/channel.js';
import type { ExportSources, ExportThread } from '../protocol/exportThread.js';
import { openBytes, type ToldBytes } from './byteRanges.js';
import { createFolder } from './newFolder.js';
import { readPng } from './readPng.js';
import { inWorker } from './workerThread.js';

export interface ExportWorkerData {
  readonly manifest: ToldBytes;
}

inWorker((told, port) => {
  const { manifest } = told as ExportWorkerData;
  const client = connect<ExportSources>(port);
  serveExport(port, client, openBytes(manifest, client, 0));
});

function serveExport(port: Port, sources: Client<ExportSources>, source: ByteSource): void {
  const readObject = (uri: string, signal: AbortSignal) => sources.call('object.read', { uri }, signal);
  const readMask = async (uri: string, signal: AbortSignal) => {
    const { width, height, rgba } = readPng(Buffer.from(await readObject(uri, signal)).toString('base64'));
    return { width, height, rgba: rgba() };
  };
  const host = serve<ExportThread>(port, {
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
