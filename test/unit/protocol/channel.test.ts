import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Failure } from '../../../src/core/failure.js';
import { connect, serve, type Handlers } from '../../../src/protocol/channel.js';
import { portPair } from '../../support/portPair.js';

type Clockwork = {
  requests: {
    add: { params: { a: number; b: number }; result: number };
    refuse: { params: { bucket: string }; result: void };
    break: { params: void; result: void };
    wait: { params: void; result: void };
  };
  events: { tick: { count: number } };
};

function clockwork(changes: Partial<Handlers<Clockwork>> = {}) {
  const [hostPort, pagePort] = portPair();
  const host = serve<Clockwork>(hostPort, {
    add: async ({ a, b }) => a + b,
    refuse: async ({ bucket }) => {
      throw new Failure('bucket.notFound', { bucket });
    },
    break: async () => {
      throw new TypeError('a cog is broken');
    },
    wait: () => new Promise(() => undefined),
    ...changes,
  });
  return { host, page: connect<Clockwork>(pagePort), pagePort };
}

describe('the channel between a page and its host', () => {
  it('answers a request with its result', async () => {
    assert.equal(await clockwork().page.call('add', { a: 2, b: 3 }), 5);
  });

  it('answers many requests, each with its own result', async () => {
    const { page } = clockwork();
    const sums = await Promise.all([1, 2, 3].map((a) => page.call('add', { a, b: a })));
    assert.deepEqual(sums, [2, 4, 6]);
  });

  it('rejects with the same failure, its code and its details', async () => {
    await assert.rejects(clockwork().page.call('refuse', { bucket: 'b' }), (error) => {
      assert.ok(Failure.is(error, 'bucket.notFound'));
      assert.deepEqual(error.details, { bucket: 'b' });
      return true;
    });
  });

  it('rejects with the message of any other error', async () => {
    await assert.rejects(clockwork().page.call('break', undefined), { message: 'a cog is broken' });
  });

  it('answers a request that the host does not know', async () => {
    const { pagePort } = clockwork();
    const replies: unknown[] = [];
    const answered = new Promise<void>((resolve) => {
      pagePort.onMessage((message) => resolve(void replies.push(message)));
    });
    pagePort.post({ kind: 'request', id: 7, method: 'toString', params: {} });
    await answered;
    assert.match(JSON.stringify(replies), /"kind":"failure","id":7/u);
  });

  it('stops the handler when the caller gives up', async () => {
    let stopped: Promise<unknown> | undefined;
    const { page } = clockwork({
      wait: (_, signal) => {
        stopped = once(signal, 'abort');
        return new Promise(() => undefined);
      },
    });
    const giveUp = new AbortController();
    const call = page.call('wait', undefined, giveUp.signal);
    await page.call('add', { a: 1, b: 1 }); // By now the host has the first request.
    giveUp.abort();
    await assert.rejects(call, { name: 'AbortError' });
    assert.ok(stopped);
    await stopped;
  });

  it('rejects what is waiting when it is closed', async () => {
    const { page } = clockwork();
    const call = page.call('wait', undefined);
    page.dispose();
    await assert.rejects(call, { message: 'The channel is closed' });
  });

  it('rejects what is asked after it is closed', async () => {
    const { page } = clockwork();
    page.dispose();
    await assert.rejects(page.call('add', { a: 1, b: 1 }), { message: 'The channel is closed' });
  });

  it('rejects with the reason for which it was closed first', async () => {
    const { page } = clockwork();
    const call = page.call('wait', undefined);
    page.dispose(new Failure('worker.died', { reason: 'Killed' }));
    page.dispose();
    for (const rejected of [call, page.call('add', { a: 1, b: 1 })]) {
      await assert.rejects(rejected, (error) => Failure.is(error, 'worker.died') && error.details.reason === 'Killed');
    }
  });

  it('brings events to who listens, and to nobody else', async () => {
    const { host, page } = clockwork();
    const counts: number[] = [];
    const listening = page.on('tick', ({ count }) => counts.push(count));
    host.emit('tick', { count: 1 });
    await page.call('add', { a: 0, b: 0 });
    listening.dispose();
    host.emit('tick', { count: 2 });
    await page.call('add', { a: 0, b: 0 });
    assert.deepEqual(counts, [1]);
  });
});
