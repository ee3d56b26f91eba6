import assert from 'node:assert/strict';
import { mostBytesKnown, ScannedBytes } from '../../../../src/core/manifest/scannedBytes.js';

const block = 1 << 20;

describe('the bytes of a source that are to be known again', () => {
  it('are all of them up to some size', () => {
    assert.deepEqual(wanted(mostBytesKnown / block), [...Array(mostBytesKnown / block).keys()]);
  });

  it('are the first, the last two and one of three of a larger source', () => {
    const blocks = mostBytesKnown / block + 30;
    const known = wanted(blocks);
    assert.deepEqual([known[0], ...known.slice(-2)], [0, blocks - 2, blocks - 1]);
    assert.ok(Math.abs(known.length - blocks / 3) < 3, `${known.length} of ${blocks}`);
    const gaps = known.slice(1).map((place, at) => place - (known[at] ?? 0));
    assert.ok(Math.max(...gaps) <= 3, 'no part of it is without');
  });

  it('are those at the end too that came while it was read', () => {
    const bytes = new ScannedBytes();
    const total = mostBytesKnown * 2;
    assert.ok(bytes.wants(total, total + block, total));
  });
});

function wanted(blocks: number): number[] {
  const bytes = new ScannedBytes();
  return Array.from({ length: blocks }, (_, at) => at).filter((at) =>
    bytes.wants(at * block, (at + 1) * block, blocks * block),
  );
}
