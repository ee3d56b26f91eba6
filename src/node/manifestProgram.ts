// The process in which a large manifest is scanned, so that its memory is not the extension host's, and is given back
// whole when the manifest is closed. It is started by `manifestProcess.ts`; the scan itself runs in the same thread as
// that of any manifest, and this only hands on what passes between that thread and the extension host.
import process from 'node:process';
import { startManifestWorker } from './manifestThread.js';

/** The first message: what is to be scanned. */
export interface ManifestOrder {
  /** The bundle of the thread. */
  readonly script: string;
  /** The file; `undefined` where the extension host reads the bytes. */
  readonly path: string | undefined;
}

/**
 * All other messages, both ways: one of the scan's contract, or one of the bytes'; and, as the last one, what the thread
 * died of.
 */
export interface Bridged {
  readonly to: 'scan' | 'bytes' | 'death';
  readonly message: unknown;
}

process.once('message', (raw) => {
  const { script, path } = raw as ManifestOrder;
  const { worker, bytes } = startManifestWorker(script, path);
  worker.on('message', (message) => handOn({ to: 'scan', message }));
  bytes?.on('message', (message) => handOn({ to: 'bytes', message }));
  process.on('message', (next) => {
    const { to, message } = next as Bridged;
    (to === 'scan' ? worker : bytes)?.postMessage(message);
  });
  // Without the thread there is nothing to stay for. What it dies of is told first: what a process writes while it ends
  // may come too late.
  let isTelling = false;
  worker.once('error', (error) => {
    isTelling = true;
    process.send?.({ to: 'death', message: String(error) } satisfies Bridged, () => process.exit(1));
  });
  worker.once('exit', (code) => {
    if (!isTelling) {
      process.exit(code);
    }
  });
});
process.once('disconnect', () => process.exit()); // Whoever asked is gone.

function handOn(bridged: Bridged): void {
  process.send?.(bridged);
}
