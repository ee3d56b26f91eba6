// A worker that tests start, as a thread and as a process: it does what it is asked.
import process from 'node:process';
import { connect, serve } from '../../src/protocol/channel.js';
import { inWorker } from '../../src/node/workerThread.js';

export type Asked = {
  requests: {
    'told.read': { params: undefined; result: { told: unknown; pid: number } };
    'sum.of': { params: { name: string; numbers: Uint32Array }; result: number };
    'host.ask': { params: { question: string }; result: string };
    'host.wait': { params: undefined; result: void };
    fail: { params: undefined; result: void };
    throw: { params: { message: string }; result: void };
    exit: { params: { code: number }; result: void };
    spin: { params: undefined; result: void };
  };
  events: { summing: { name: string; numbers: number } };
};

export type Asks = {
  requests: {
    'question.answer': { params: { question: string }; result: string };
    'signal.wait': { params: undefined; result: void };
  };
  events: Record<string, never>;
};

inWorker((told, port) => {
  const asker = connect<Asks>(port);
  const host = serve<Asked>(port, {
    'told.read': async () => ({ told, pid: process.pid }),
    async 'sum.of'({ name, numbers }) {
      host.emit('summing', { name, numbers: numbers.length });
      return numbers.reduce((sum, number) => sum + number, 0);
    },
    'host.ask': (question, signal) => asker.call('question.answer', question, signal),
    'host.wait': (_params, signal) => asker.call('signal.wait', undefined, signal),
    fail: () => Promise.reject(new Error('It cannot be done')),
    throw: ({ message }) =>
      new Promise(() => {
        setImmediate(() => {
          throw new RangeError(message);
        });
      }),
    exit: async ({ code }) => process.exit(code),
    async spin() {
      for (;;);
    },
  });
});
