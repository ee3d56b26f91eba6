import assert from 'node:assert/strict';
import type { ComparisonResult, ManifestComparison } from '../../../src/core/compare/manifestComparison.js';
import { Failure } from '../../../src/core/failure.js';
import type { EditorComparison } from '../../../src/host/editors/editorComparison.js';
import { fakeVscode } from '../../support/fakeVscode.js';

const never = new AbortController().signal;
const neither = { here: undefined, there: undefined };
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

describe('what an editor of a manifest compares it with', () => {
  const started: { isDisposed: boolean; die: () => void }[] = [];
  let editor: EditorComparison;

  const start = (): ManifestComparison => {
    let isDead = false;
    const asked = async <T>(answer: T): Promise<T> => {
      if (isDead) {
        throw new Failure('worker.died', { reason: 'SIGKILL' });
      }
      return answer;
    };
    const state = { isDisposed: false, die: () => (isDead = true) };
    started.push(state);
    return {
      run: (_attributes, _onProgress, signal) => {
        signal.throwIfAborted();
        return asked(result);
      },
      rows: () => asked({ total: started.length, ofHere: 1, rows: [changed] }),
      placeOf: () => asked(undefined),
      lineThere: () => asked('{}'),
      dispose: () => (state.isDisposed = true),
    };
  };

  before(fakeVscode);
  beforeEach(async () => {
    const { Uri } = await import('vscode');
    const { EditorComparison: Comparison } = await import('../../../src/host/editors/editorComparison.js');
    started.length = 0;
    const here = Uri.parse('file:///a.manifest');
    editor = new Comparison({
      here,
      start,
      store: () => Promise.reject(new Error('Files need no store')),
      channel: () => ({ emit: () => undefined, dispose: () => undefined }),
      isVisible: () => true,
    });
    editor.choose({ there: here, attributes: neither });
  });

  const readRows = () => editor.handlers()['compare.rows']({ filter, first: 0, count: 1 }, never);

  it('is compared once for all that is asked of it', async () => {
    await editor.handlers()['compare.run'](neither, never);
    await editor.handlers()['compare.run']({ here: 'a', there: 'b' }, never);
    assert.deepEqual([(await readRows()).total, started.length], [1, 1]);
  });

  it('reads the lines of the list that its page shows, and of no other', async () => {
    const scan = { text: async (line: number) => `{"line":${line}}` };
    await editor.handlers()['compare.run'](neither, never);
    assert.equal(editor.linesOf(scan), undefined);
    await editor.handlers()['compare.show']({ filter }, never);
    const read = editor.linesOf(scan);
    assert.deepEqual(await read?.(0, 10, never), { total: 1, lines: [{ line: 7, text: '{"line":7}' }] });
    editor.outdate();
    await assert.rejects(async () => read?.(0, 10, never), /has changed since/u);
    await editor.handlers()['compare.show']({ filter: undefined }, never);
    assert.equal(editor.linesOf(scan), undefined);
  });

  it('ends with the editor', async () => {
    await editor.handlers()['compare.run'](neither, never);
    editor.dispose();
    assert.deepEqual(
      started.map(({ isDisposed }) => isDisposed),
      [true],
    );
  });

  it('is not begun where the editor was closed before the bytes were there', async () => {
    const running = editor.handlers()['compare.run'](neither, never);
    editor.dispose();
    await assert.rejects(running, /chosen anew/u);
    assert.equal(started.length, 0);
  });

  it('ends where it is cancelled', async () => {
    const giveUp = new AbortController();
    await editor.handlers()['compare.run'](neither, never);
    giveUp.abort(new Error('Cancelled'));
    await assert.rejects(editor.handlers()['compare.run'](neither, giveUp.signal), /Cancelled/u);
    assert.ok(started[0]?.isDisposed);
  });

  it('is told of where it has died, and is compared anew, once, for all who ask again', async () => {
    await editor.handlers()['compare.run'](neither, never);
    started[0]?.die();
    await assert.rejects(readRows(), (error) => Failure.is(error, 'worker.died'));
    const pages = await Promise.all([readRows(), readRows()]);
    assert.deepEqual(
      pages.map(({ total }) => total),
      [2, 2],
    );
    assert.equal(started.length, 2);
  });
});
