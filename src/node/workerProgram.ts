// The process of a worker whose memory is not to be the extension host's. It is started by `workerProcess.ts`; the worker
// itself is a thread here, as it would be there, and this only hands on what passes between that thread and the extension
// host: so the process hears that it is to end, whatever the thread is at.
import process from 'node:process';
import { die, endWithParent, type ProgramOrder } from './ownProcess.js';
import { newThread } from './workerThread.js';

process.once('message', (raw) => {
  const { script, workerData } = raw as ProgramOrder;
  const worker = newThread(script, workerData);
  worker.on('message', (message) => process.send?.(message));
  process.on('message', (message) => worker.postMessage(message));
  // Without the thread there is nothing to stay for.
  let isTelling = false;
  worker.once('error', (error) => {
    isTelling = true;
    die(error);
  });
  worker.once('exit', (code) => {
    if (!isTelling) {
      process.exit(code);
    }
  });
});
endWithParent();
