import assert from 'node:assert/strict';
import { ThumbnailQueue } from '../../../webview/manifest/thumbnailQueue.js';

const atOnce = 8;

describe('what is read for the screen', () => {
  let running: Map<string, { readonly done: (text: string) => void; readonly signal: AbortSignal }>;
  let begun: string[];
  let queue: ThumbnailQueue<string, string>;
  beforeEach(() => {
    running = new Map();
    begun = [];
    queue = new ThumbnailQueue({
      keyOf: (wanted) => wanted,
      read: (wanted, signal) =>
        new Promise((done, reject) => {
          begun.push(wanted);
          running.set(wanted, { done, signal });
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    });
  });

  const forScreen = (wanted: string, signal = never) => queue.want(wanted, { isAhead: false }, signal);
  const ahead = (wanted: string, signal = never) =>
    queue.want(wanted, { isAhead: true }, signal).catch(() => undefined);
  const finish = async (wanted: string) => {
    running.get(wanted)?.done(wanted);
    await settled();
  };

  it('is read a few at a time, in the order of the screen', async () => {
    names('a', atOnce + 2).forEach((name) => void forScreen(name));
    assert.deepEqual(begun, names('a', atOnce));
    await finish('a3');
    assert.equal(begun.at(-1), `a${atOnce}`);
  });

  it('comes before what is only about to come, asked for earlier or not', async () => {
    names('busy', atOnce).forEach((name) => void forScreen(name));
    void ahead('ahead');
    void ahead('also seen');
    void forScreen('seen');
    void forScreen('also seen');
    await finish('busy0');
    await finish('busy1');
    await finish('busy2');
    assert.deepEqual(begun.slice(atOnce), ['also seen', 'seen', 'ahead']);
  });

  it('is not begun while it is held, and then only what somebody still wants', async () => {
    queue.hold(1);
    queue.hold(20); // It is held anew: scrolling goes on.
    const scrolledOut = new AbortController();
    const passed = forScreen('passed', scrolledOut.signal);
    const stays = forScreen('stays');
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(begun, []);
    scrolledOut.abort();
    await assert.rejects(passed, { name: 'AbortError' });
    while (begun.length === 0) {
      await settled();
    }
    assert.deepEqual(begun, ['stays']);
    await finish('stays');
    assert.equal(await stays, 'stays');
  });

  it('is read once for all who want it', async () => {
    const both = Promise.all([forScreen('a'), forScreen('a')]);
    await finish('a');
    assert.deepEqual(await both, ['a', 'a']);
    assert.deepEqual(begun, ['a']);
  });

  it('is not begun when nobody waits any more, and given up where it was', async () => {
    const scrolledOut = new AbortController();
    const left = names('a', atOnce + 1).map((name) => forScreen(name, scrolledOut.signal));
    void forScreen('b');
    scrolledOut.abort();
    await Promise.allSettled(left);
    await settled();
    assert.equal(running.get('a0')?.signal.aborted, true);
    assert.deepEqual(begun, [...names('a', atOnce), 'b']);
  });

  it('goes on for others when one of them leaves', async () => {
    const scrolledOut = new AbortController();
    const left = forScreen('a', scrolledOut.signal);
    const stays = forScreen('a');
    scrolledOut.abort(new Error('Scrolled out'));
    await assert.rejects(left, /Scrolled out/u);
    await finish('a');
    assert.equal(await stays, 'a');
  });

  it('can be wanted again after it was given up', async () => {
    const scrolledOut = new AbortController();
    const left = forScreen('a', scrolledOut.signal).catch(() => 'left');
    scrolledOut.abort();
    const again = forScreen('a');
    await finish('a');
    assert.deepEqual(await Promise.all([left, again]), ['left', 'a']);
  });
});

const never = new AbortController().signal;

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}
