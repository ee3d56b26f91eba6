// A process that starts a worker in one of its own, says which that is, and goes on until it is killed.
import process from 'node:process';
import { startProcess } from '../../src/node/workerProcess.js';
import type { Asked, Asks } from './askedWorker.js';

const waitForEver = () => new Promise<never>(() => undefined);

const client = startProcess<Asked, Asks>({
  script: process.argv[2] ?? '',
  workerData: undefined,
  answers: { 'question.answer': waitForEver, 'signal.wait': waitForEver },
  bytes: async () => 0,
});
void client.call('told.read', undefined).then(({ pid }) => {
  process.send?.(pid);
  return client.call('spin', undefined);
});
