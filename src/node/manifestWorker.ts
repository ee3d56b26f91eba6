// The thread or the process that scans a manifest. It is started by `manifestThread.ts`, and by `secondThread.ts` for the
// end of a large one.
import { serveOrder } from './servedManifest.js';
import { inWorker } from './workerThread.js';

inWorker(serveOrder);
