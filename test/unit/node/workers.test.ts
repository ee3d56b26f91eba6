import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { Failure } from '../../../src/core/failure.js';
import type { StartWorker, WorkerOrder } from '../../../src/node/startWorker.js';
import { startBySize } from '../../../src/node/workerBySize.js';
import { startProcess } from '../../../src/node/workerProcess.js';
import { startThread } from '../../../src/node/workerThread.js';
import type { Client } from '../../../src/protocol/channel.js';
import type { Asked, Asks } from '../../support/askedWorker.js';

const little = 1_000;
const much = 100_000_000;

describe('a worker', function () {
  this.timeout(60_000); // Compiling takes its time.

  let folder = '';
  const clients: Client<Asked>[] = [];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'worker-'));
    await build({
      entryPoints: ['test/support/askedWorker.ts', 'test/support/workerParent.ts', 'src/node/workerProgram.ts'],
      entryNames: '[name]',
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outdir: folder,
    });
  });
  afterEach(() => clients.splice(0).forEach((client) => client.dispose()));
  after(() => rm(folder, { recursive: true }));

  const started = (start: StartWorker, change: Partial<WorkerOrder<Asks>> = {}): Client<Asked> => {
    const client = start<Asked, Asks>({
      script: path.join(folder, 'askedWorker.js'),
      workerData: { name: 'ü', numbers: Uint32Array.of(1, 2) },
      answers: {
        'question.answer': async ({ question }) => `${question}!`,
        'signal.wait': () => new Promise(() => undefined),
      },
      bytes: async () => little,
      ...change,
    });
    clients.push(client);
    return client;
  };

  const places = [
    { name: 'in a thread', start: startThread, isHere: true },
    { name: 'in a process', start: startProcess, isHere: false },
    {
      name: 'alone in a process',
      start: ((order) => startProcess({ ...order, isAllEars: true })) satisfies StartWorker,
      isHere: false,
    },
    { name: 'chosen by size, with little to do', start: startBySize, isHere: true },
    {
      name: 'chosen by size, with much to do',
      start: ((order) => startBySize({ ...order, bytes: async () => much })) satisfies StartWorker,
      isHere: false,
    },
  ];
  for (const { name, start, isHere } of places) {
    describe(name, () => {
      it('is told what it is to know, and is where it is to be', async () => {
        const { told, pid } = await started(start).call('told.read', undefined);
        assert.deepEqual(told, { name: 'ü', numbers: Uint32Array.of(1, 2) });
        assert.equal(pid === process.pid, isHere);
      });

      it('answers, after it has told how far it is', async () => {
        const client = started(start);
        const heard: string[] = [];
        client.on('summing', (event) => heard.push(event.name));
        client.on('summing', () => heard.push('nobody is to hear this')).dispose();
        assert.equal(await client.call('sum.of', { name: 'ab', numbers: Uint32Array.of(1, 2, 3) }), 6);
        assert.deepEqual(heard, ['ab']);
      });

      it('asks whoever has started it', async () => {
        assert.equal(await started(start).call('host.ask', { question: 'Where is it' }), 'Where is it!');
      });

      it('says what it could not do, and goes on', async () => {
        const client = started(start);
        await assert.rejects(client.call('fail', undefined), /It cannot be done/u);
        assert.equal(await client.call('sum.of', { name: '', numbers: Uint32Array.of(4) }), 4);
      });

      it('gives up what nobody waits for, and what it has asked for that', async () => {
        const giveUp = new AbortController();
        const stopped = Promise.withResolvers<void>();
        const client = started(start, {
          answers: {
            'question.answer': async ({ question }) => question,
            'signal.wait': (_params, signal) => {
              signal.addEventListener('abort', () => stopped.resolve());
              giveUp.abort(new Error('Cancelled'));
              return new Promise(() => undefined);
            },
          },
        });
        await assert.rejects(client.call('host.wait', undefined, giveUp.signal), /Cancelled/u);
        await stopped.promise;
      });

      const deaths = [
        { of: 'an error', die: (client: Client<Asked>) => client.call('throw', { message: 'Oh' }), reason: /Oh$/u },
        { of: 'its own will', die: (client: Client<Asked>) => client.call('exit', { code: 3 }), reason: /code 3$/u },
      ];
      for (const { of, die, reason } of deaths) {
        it(`that dies of ${of} says so to all who wait, and who ask later`, async () => {
          const client = started(start);
          const waiting = assert.rejects(client.call('host.wait', undefined), isDeath(reason));
          await assert.rejects(die(client), isDeath(reason));
          await waiting;
          await assert.rejects(client.call('told.read', undefined), isDeath(reason));
        });
      }

      it('that cannot be started says why', async () => {
        const client = started(start, { script: path.join(folder, 'gone.js') });
        await assert.rejects(client.call('told.read', undefined), isDeath(/Cannot find module/u));
      });

      it('ends in the middle of its work when it is disposed of', async () => {
        const client = started(start);
        const { pid } = await client.call('told.read', undefined);
        const spinning = assert.rejects(client.call('spin', undefined), /is closed|waits for it/u);
        client.dispose();
        await spinning;
        await assert.rejects(client.call('told.read', undefined), /is closed|waits for it/u);
        await (isHere || ended(pid));
      });
    });
  }

  it('in a process that is killed says so', async () => {
    const client = started(startProcess);
    const { pid } = await client.call('told.read', undefined);
    const waiting = assert.rejects(client.call('spin', undefined), isDeath(/^SIGKILL$/u));
    process.kill(pid, 'SIGKILL');
    await waiting;
  });

  it('in a process ends with the process that has started it, in the middle of its work', async () => {
    const parent = fork(path.join(folder, 'workerParent.js'), [path.join(folder, 'askedWorker.js')]);
    const [pid] = await once(parent, 'message');
    assert.ok(isRunning(Number(pid)));
    parent.kill('SIGKILL');
    await ended(Number(pid));
  });

  it('chosen by size that nobody waits for is never started', async () => {
    const client = started(startBySize, { bytes: () => new Promise(() => undefined) });
    const asked = assert.rejects(client.call('told.read', undefined), /waits for it/u);
    client.dispose();
    await asked;
  });

  it('chosen by size is given up by who asks while the size is not known', async () => {
    const client = started(startBySize, { bytes: () => new Promise(() => undefined) });
    const giveUp = new AbortController();
    const asked = assert.rejects(client.call('told.read', undefined, giveUp.signal), /Cancelled/u);
    giveUp.abort(new Error('Cancelled'));
    await asked;
  });

  it('chosen by size says why the size is not known', async () => {
    const client = started(startBySize, { bytes: () => Promise.reject(new Error('The object is gone')) });
    await assert.rejects(client.call('told.read', undefined), /The object is gone/u);
  });
});

function isDeath(reason: RegExp): (error: unknown) => boolean {
  return (error) => Failure.is(error, 'worker.died') && reason.test(error.details.reason);
}

/** The test's own time limit ends the wait. */
async function ended(pid: number): Promise<void> {
  while (isRunning(pid)) {
    await delay(5);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
