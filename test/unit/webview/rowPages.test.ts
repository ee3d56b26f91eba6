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
    await answer(2);
    assert.deepEqual(asked, [1_000, 950, 1_050]);
    assert.equal(pages.row(1_012)?.line, 1_012);
  });

  it('end with the last row', async () => {
    const { pages, asked, answer } = reading();
    pages.want(total - 10, 10);
    await answer(1);
    pages.want(total - 10, 10);
    await answer(1);
    assert.deepEqual(asked, [total - 50, total - 100]);
  });

  it('are not asked for where they were scrolled past before their turn', async () => {
    const { pages, asked, answer } = reading();
    for (const first of [0, 10_000, 20_000, 30_000, 40_000]) {
      pages.want(first, 17);
    }
    await answer(3);
    assert.deepEqual(asked, [0, 10_000, 40_000]);
  });
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
