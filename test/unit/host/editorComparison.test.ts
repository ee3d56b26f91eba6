import assert from 'node:assert/strict';
import type {
  ComparedAttributes,
  ComparedPage,
  ComparisonResult,
  ManifestComparison,
} from '../../../src/core/compare/manifestComparison.js';
import { Failure } from '../../../src/core/failure.js';
import type { EditorComparison } from '../../../src/host/editors/editorComparison.js';
import { untilAborted } from '../../../src/host/support/abort.js';
import { fakeVscode } from '../../support/fakeVscode.js';

const never = new AbortController().signal;
const neither = { here: undefined, there: undefined };
const others = { here: 'a', there: 'b' };
const filter = { status: 'changed' } as const;
const changed = { status: 'changed', here: { line: 7 }, there: { line: 0 } } as const;
const side = { objects: 1, attribute: 'a', attributes: ['a'], duplicates: 0, withoutSource: 0, brokenLines: 0 };
const result: ComparisonResult = {
  here: side,
  there: side,
  same: 1,
  changed: 0,
  onlyHere: 0,
  onlyThere: 0,
  rules: [],
  categories: [],
  cells: [],
};

/** A thread that compares: it reads in its first run, lists what it has compared, and has no ear once it is ended. */
class FakeComparison implements ManifestComparison {
  readonly ran: ComparedAttributes[] = [];
  isDisposed = false;
  isDead = false;
  #isRunning = false;
  #isCompared = false;
  readonly #number: number;
  readonly #read: () => Promise<void>;

  constructor(number: number, read: () => Promise<void>) {
    this.#number = number;
    this.#read = read;
  }

  async run(attributes: ComparedAttributes, _onProgress: unknown, signal: AbortSignal): Promise<ComparisonResult> {
    assert.ok(!this.#isRunning, 'One run at a time');
    this.#isRunning = true;
    this.ran.push(attributes);
    try {
      await this.#answer(untilAborted(this.#read(), signal), signal);
      this.#isCompared = true;
      return result;
    } finally {
      this.#isRunning = false;
    }
  }

  async rows(_filter: unknown, _first: number, _count: number, signal: AbortSignal): Promise<ComparedPage> {
    await this.#answer(Promise.resolve(), signal);
    return { total: this.#isCompared ? this.#number : 0, ofHere: 1, rows: [changed] };
  }

  async placeOf(): Promise<undefined> {}

  async lineThere(): Promise<string> {
    return '{}';
  }

  dispose(): void {
    this.isDisposed = true;
  }

  async #answer(working: Promise<void>, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await working;
    if (this.isDead) {
      throw new Failure('worker.died', { reason: 'SIGKILL' });
    }
    if (this.isDisposed) {
      throw new Error('Nobody waits for it any more');
    }
  }
}

describe('what an editor of a manifest compares it with', () => {
  const started: FakeComparison[] = [];
  /** How long a thread reads. */
  let read: () => Promise<void>;
  let editor: EditorComparison;

  before(fakeVscode);
  beforeEach(async () => {
    const { Uri } = await import('vscode');
    const { EditorComparison: Comparison } = await import('../../../src/host/editors/editorComparison.js');
    started.length = 0;
    read = async () => undefined;
    const here = Uri.parse('file:///a.manifest');
    editor = new Comparison({
      here,
      start: () => {
        const comparison = new FakeComparison(started.length + 1, () => read());
        started.push(comparison);
        return comparison;
      },
      store: () => Promise.reject(new Error('Files need no store')),
      channel: () => ({ emit: () => undefined, dispose: () => undefined }),
      isVisible: () => true,
    });
    editor.choose({ there: here, attributes: neither });
  });

  const run = (attributes: ComparedAttributes = neither, signal = never) =>
    editor.handlers()['compare.run'](attributes, signal);
  const readRows = () => editor.handlers()['compare.rows']({ filter, first: 0, count: 1 }, never);
  const ended = () => started.map(({ isDisposed }) => isDisposed);

  it('is compared once for all that is asked of it', async () => {
    await run();
    await run(others);
    assert.deepEqual([(await readRows()).total, started.length], [1, 1]);
  });

  it('reads the lines of the list that its page shows, and of no other', async () => {
    const scan = { text: async (line: number) => `{"line":${line}}` };
    await run();
    assert.equal(editor.linesOf(scan), undefined);
    await editor.handlers()['compare.show']({ filter }, never);
    const lines = editor.linesOf(scan);
    assert.deepEqual(await lines?.(0, 10, never), { total: 1, lines: [{ line: 7, text: '{"line":7}' }] });
    editor.outdate();
    await assert.rejects(async () => lines?.(0, 10, never), /has changed since/u);
    await editor.handlers()['compare.show']({ filter: undefined }, never);
    assert.equal(editor.linesOf(scan), undefined);
  });

  it('ends with the editor', async () => {
    await run();
    editor.dispose();
    assert.deepEqual(ended(), [true]);
  });

  it('ends with the editor where it is being read', async () => {
    read = () => Promise.withResolvers<void>().promise;
    const running = run();
    await settled();
    editor.dispose();
    await assert.rejects(running, /This comparison has ended/u);
    assert.deepEqual(ended(), [true]);
  });

  it('is not begun where the editor was closed before the bytes were there', async () => {
    const running = run();
    editor.dispose();
    await assert.rejects(running, /This comparison has ended/u);
    assert.equal(started.length, 0);
  });

  it('ends where it is cancelled', async () => {
    await run();
    const giveUp = new AbortController();
    read = () => Promise.withResolvers<void>().promise;
    const running = run(others, giveUp.signal);
    await settled();
    giveUp.abort(new Error('Cancelled'));
    await assert.rejects(running, /Cancelled/u);
    assert.deepEqual(ended(), [true]);
  });

  it('is read anew after a change, also where the first to ask for that gave up', async () => {
    await run();
    editor.outdate();
    const giveUp = new AbortController();
    const running = run(neither, giveUp.signal);
    giveUp.abort(new Error('Cancelled'));
    const next = run(others);
    await assert.rejects(running, /Cancelled/u);
    await next;
    assert.deepEqual(ended(), [true, false]);
    assert.deepEqual(started[1]?.ran, [others]);
    assert.equal((await readRows()).total, 2);
  });

  it('is read anew after a change while the bytes were asked for', async () => {
    const running = run();
    editor.outdate();
    await running;
    await run();
    assert.deepEqual(ended(), [true, false]);
  });

  it('goes on for the next one to ask in the moment in which another gives up', async () => {
    const giveUp = new AbortController();
    read = () => Promise.withResolvers<void>().promise;
    const running = run(neither, giveUp.signal);
    await settled();
    read = async () => undefined;
    giveUp.abort(new Error('Cancelled'));
    const next = run(others);
    await assert.rejects(running, /Cancelled/u);
    assert.deepEqual(await next, result);
    assert.equal((await readRows()).total, 2);
  });

  it('has rows for who asks for them before the bytes are there, or while it is being read', async () => {
    const reading = Promise.withResolvers<void>();
    read = () => reading.promise;
    const running = run(others);
    const soon = readRows();
    await settled();
    const late = readRows();
    reading.resolve();
    assert.deepEqual(await running, result);
    assert.deepEqual([(await soon).total, (await late).total], [1, 1]);
    assert.deepEqual(
      started.map(({ ran }) => ran),
      [[others]],
    );
  });

  it('is compared for whoever waits for rows where who began it gives up', async () => {
    const giveUp = new AbortController();
    const running = run(others, giveUp.signal);
    const rows = readRows();
    giveUp.abort(new Error('Cancelled'));
    await assert.rejects(running, /Cancelled/u);
    assert.equal((await rows).total, 1);
  });

  it('is compared by what was asked for while it was compared for rows', async () => {
    const rows = readRows();
    const running = run(others);
    assert.deepEqual([(await rows).total, await running], [1, result]);
    assert.deepEqual(
      started.map(({ ran }) => ran),
      [[neither, others]],
    );
  });

  it('tells all who wait why it cannot be read, and is read again for the next one', async () => {
    read = () => Promise.reject(new Error('It is gone'));
    const waiting = [run(), readRows(), readRows()];
    for (const answer of await Promise.allSettled(waiting)) {
      assert.match(String(answer.status === 'rejected' && answer.reason), /It is gone/u);
    }
    assert.deepEqual(ended(), [true]);
    read = async () => undefined;
    assert.equal((await readRows()).total, 2);
  });

  it('is told of where it has died, and is compared anew, once, for all who ask again', async () => {
    await run();
    const [first] = started;
    assert.ok(first);
    first.isDead = true;
    await assert.rejects(readRows(), (error) => Failure.is(error, 'worker.died'));
    const pages = await Promise.all([readRows(), readRows()]);
    assert.deepEqual(
      pages.map(({ total }) => total),
      [2, 2],
    );
    assert.equal(started.length, 2);
  });
});

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
