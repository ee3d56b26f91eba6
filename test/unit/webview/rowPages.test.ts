import assert from 'node:assert/strict';
import type { RowQuery } from '../../../src/core/manifest/arrangement.js';
import { connect, type Handlers, serve } from '../../../src/protocol/channel.js';
import type { ManifestEditor } from '../../../src/protocol/manifestEditor.js';
import { RowPages } from '../../../webview/manifest/rowPages.js';
import { portPair } from '../../support/portPair.js';

const query: RowQuery = {
  attribute: undefined,
  filter: { classes: [], confidence: undefined, states: [], text: '' },
  sort: { by: 'line', isDescending: false },
};
const total = 100_000;

describe('pages of rows', () => {
  it('are those that are seen, and then those around them', async () => {
    const { pages, asked, answer } = reading();
    pages.want(1_010, 17);
    await answer(1);
    assert.deepEqual(asked, [1_000]);
    pages.want(1_010, 17); // As each drawing does.
    await answer(6);
    assert.deepEqual(asked, [1_000, 950, 1_050, 900, 1_100, 850, 1_150], 'the nearest first');
    assert.equal(pages.row(1_012)?.line, 1_012);
  });

  it('end with the last row', async () => {
    const { pages, asked, answer } = reading();
    pages.want(total - 10, 10);
    await answer(1);
    pages.want(total - 10, 10);
    await answer(3);
    assert.deepEqual(asked, [total - 50, total - 100, total - 150, total - 200]);
  });

  it('are not asked for where they were scrolled past before their turn', async () => {
    const { pages, asked, answer } = reading();
    for (const first of [0, 10_000, 20_000, 30_000, 40_000]) {
      pages.want(first, 17);
    }
    await answer(3);
    assert.deepEqual(asked, [0, 10_000, 40_000]);
  });

  for (const [order, by, isDescending, readAgain] of [
    ['in the order of the file', 'line', false, [100]],
    ['the other way round', 'line', true, [0, 50, 100]],
    ['by name', 'source', false, [0, 50, 100]],
  ] as const) {
    it(`are read again where a search has found more of them, ${order}`, async () => {
      const asked: number[] = [];
      const stages = [120, 130].map((found) => ({ total: found, searchedBytes: found, totalBytes: 130 }));
      let found = 110;
      const handlers = {
        'rows.read': async ({ first, count }: { first: number; count: number }) => {
          asked.push(first);
          const rows = Array.from({ length: Math.max(0, Math.min(count, found - first)) }, (_, index) => ({
            line: first + index,
          }));
          return { total: found, rows, ...(found < 130 && { isSearching: true }) };
        },
        'rows.search': async () => {
          await delivered();
          const [stage] = stages;
          if (stages.length > 1 && stage && asked.includes(100)) {
            stages.shift();
          }
          found = stage?.total ?? found;
          return { ...stage, isComplete: found === 130 };
        },
      };
      const [host, page] = portPair();
      serve<ManifestEditor>(host, handlers as unknown as Handlers<ManifestEditor>);
      const pages = new RowPages(
        connect<ManifestEditor>(page),
        { query: { ...query, sort: { by, isDescending } }, showsShapes: false },
        () => undefined,
      );
      pages.want(60, 60);
      while (pages.searched !== undefined || pages.row(129) === undefined) {
        await delivered();
        pages.want(60, 60);
      }
      assert.equal(pages.total, 130);
      const again = [0, 50, 100].filter((first) => asked.filter((one) => one === first).length > 1);
      assert.deepEqual(again, readAgain);
    });
  }
});

/** What is on its way between both ends has arrived. */
function delivered(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** A host that answers when it is told to. */
function reading() {
  const [host, page] = portPair();
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  const handlers = {
    'rows.read': async ({ first, count }: { first: number; count: number }) => {
      asked.push(first);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return { total, rows: Array.from({ length: count }, (_, index) => ({ line: first + index })) };
    },
  };
  serve<ManifestEditor>(host, handlers as unknown as Handlers<ManifestEditor>);
  const pages = new RowPages(connect<ManifestEditor>(page), { query, showsShapes: false }, () => undefined);
  return {
    pages,
    asked,
    /** Answers the next so many requests, one after the other. */
    answer: async (requests: number): Promise<void> => {
      for (let request = 0; request < requests; request += 1) {
        await delivered();
        waiting.shift()?.();
        await delivered();
      }
    },
  };
}
