// The program of the thread that works on masks. It is started, and ended, by `maskThread.ts`.
import { parentPort } from 'node:worker_threads';
import type { FromMasks, ToMasks } from './maskMessages.js';
import { maskProblem, mergeMasks } from './masks.js';

parentPort?.on('message', (message: ToMasks) => parentPort?.postMessage(answerTo(message)));

function answerTo(message: ToMasks): FromMasks {
  const { id } = message;
  try {
    switch (message.kind) {
      case 'check':
        return { kind: 'done', id, value: maskProblem(message.answer) };
      case 'merge':
        return { kind: 'done', id, value: mergeMasks(message.object) };
    }
  } catch (error) {
    return { kind: 'failed', id, error };
  }
}
