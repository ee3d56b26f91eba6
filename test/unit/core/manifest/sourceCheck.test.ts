import assert from 'node:assert/strict';
import {
  checkSources,
  type SourceCheckProgress,
  type SourceFinder,
} from '../../../../src/core/manifest/sourceCheck.js';
import type { ReadSource } from '../../../../src/core/manifest/sourceLists.js';

const never = new AbortController().signal;

interface Place {
  readonly names?: readonly string[];
  readonly cannotList?: boolean;
  readonly cannotAsk?: boolean;
}

/** Folders in memory that count what they are asked. */
function folders(places: Readonly<Record<string, Place>>, pageSize = 1_000) {
  const asked = { lists: 0, pages: 0, heads: 0, atOnce: 0, mostAtOnce: 0 };
  const finder: SourceFinder = {
    placeOf: (source) => {
      const end = source.lastIndexOf('/') + 1;
      return source.startsWith('web:')
        ? { reason: 'elsewhere' }
        : { folder: source.slice(0, end), name: source.slice(end) };
    },
    async *namesIn(folder) {
      asked.lists++;
      const { names = [], cannotList = false } = places[folder] ?? {};
      if (cannotList) {
        throw new Error('may not list');
      }
      for (let at = 0; at < names.length; at += pageSize) {
        asked.pages++;
        yield names.slice(at, at + pageSize);
      }
    },
    async has({ folder, name }) {
      asked.heads++;
      asked.mostAtOnce = Math.max(asked.mostAtOnce, ++asked.atOnce);
      await Promise.resolve();
      asked.atOnce--;
      if (places[folder]?.cannotAsk === true) {
        throw new Error('may not ask');
      }
      return places[folder]?.names?.includes(name) ?? false;
    },
    reasonOf: (error) => (error instanceof Error ? error.message : String(error)),
  };
  return { finder, asked };
}

async function* pagesOf(sources: readonly string[]): AsyncGenerator<readonly ReadSource[]> {
  const all = sources.map((source, line) => ({ source, line }));
  yield all.slice(0, 3);
  yield all.slice(3);
}

const numbered = (folder: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${folder}${index}.jpg`);
const check = (
  sources: readonly string[],
  finder: SourceFinder,
  onProgress: (told: SourceCheckProgress) => void = () => undefined,
) => checkSources(pagesOf(sources), finder, onProgress, never);

describe('looking for missing sources', () => {
  it('counts a source once that is not looked for, however many lines name it', async () => {
    const { finder } = folders({});
    const sources = ['web:a.jpg', 'web:a.jpg', 'web:b.jpg', 'web:a.jpg'];
    const found = await checkSources(pagesOf(sources), finder, () => undefined, never);
    assert.deepEqual(
      [found.sources, found.unknown.count, found.unknown.reasons],
      [2, 2, [{ reason: 'elsewhere', count: 2 }]],
    );
    assert.deepEqual(
      found.unknown.shown.map(({ line }) => line),
      [0, 2],
    );
  });

  it('asks for few one by one, and lists the folder of many', async () => {
    const names = numbered('', 40);
    const { finder, asked } = folders({ 'few/': { names }, 'many/': { names: names.slice(0, 38) } });
    const found = await check([...numbered('few/', 3), 'few/x.jpg', ...numbered('many/', 40)], finder);
    assert.deepEqual(found.missing, {
      count: 3,
      shown: [
        { line: 3, source: 'few/x.jpg' },
        { line: 42, source: 'many/38.jpg' },
        { line: 43, source: 'many/39.jpg' },
      ],
    });
    assert.deepEqual([found.sources, asked.heads, asked.lists, found.unknown.count], [44, 4, 1, 0]);
  });

  it('looks for a source once, however often it comes', async () => {
    const { finder, asked } = folders({ 'a/': { names: [] } });
    const found = await check(['a/1', 'a/1', 'a/1', 'a/1'], finder);
    assert.deepEqual([found.sources, found.missing.shown, asked.heads], [1, [{ line: 0, source: 'a/1' }], 1]);
  });

  it('does not list far more than the manifest names', async () => {
    const { finder, asked } = folders({ 'vast/': { names: numbered('', 100_000).toReversed() } }, 10);
    const found = await check(numbered('vast/', 20), finder);
    assert.equal(found.missing.count, 0);
    assert.ok(asked.pages < 20, `${asked.pages} pages`);
    assert.equal(asked.heads, 20);
    assert.ok(asked.mostAtOnce <= 16);
  });

  it('asks one by one where a folder may not be listed', async () => {
    const { finder } = folders({ 'a/': { names: numbered('', 18), cannotList: true } });
    const found = await check(numbered('a/', 20), finder);
    assert.deepEqual([found.missing.count, found.unknown.count], [2, 0]);
  });

  it('does not take for missing what it may not see, and says why', async () => {
    const { finder, asked } = folders({ 'shut/': { cannotList: true, cannotAsk: true }, 'odd/': { cannotAsk: true } });
    const found = await check([...numbered('shut/', 200), 'odd/1', 'web:x'], finder);
    assert.equal(found.missing.count, 0);
    assert.deepEqual(found.unknown.reasons, [
      { reason: 'may not list', count: 200 },
      { reason: 'elsewhere', count: 1 },
      { reason: 'may not ask', count: 1 },
    ]);
    assert.equal(asked.heads, 2);
  });

  it('tells how far it is', async () => {
    const told: SourceCheckProgress[] = [];
    const { finder } = folders({ 'a/': { names: numbered('', 30) } });
    await check([...numbered('a/', 30), 'b/1', 'web:x'], finder, (progress) => told.push(progress));
    assert.deepEqual(told.at(-1), { checked: 32, sources: 32 });
    assert.deepEqual(
      told.map(({ checked }) => checked),
      told.map(({ checked }) => checked).toSorted((a, b) => a - b),
    );
  });

  it('stops when it is told to', async () => {
    const giveUp = new AbortController();
    const { finder, asked } = folders({});
    const run = checkSources(
      pagesOf(Array.from({ length: 100 }, (_, index) => `folder${index}/1`)),
      {
        ...finder,
        has: async (place, signal) => finder.has(place, signal).finally(() => giveUp.abort(new Error('enough'))),
      },
      () => undefined,
      giveUp.signal,
    );
    await assert.rejects(run, { message: 'enough' });
    assert.ok(asked.heads <= 16, `${asked.heads}`);
  });
});
