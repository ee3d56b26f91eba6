import assert from 'node:assert/strict';
import {
  clampOffset,
  highestOffset,
  offsetOfThumb,
  offsetToReveal,
  thumbOf,
  visibleRows,
} from '../../../webview/manifest/virtualScroll.js';

const area = { rows: 1_000_000, rowHeight: 40, viewportHeight: 500 };
const short = { rows: 3, rowHeight: 40, viewportHeight: 500 };

describe('scrolling over a height that no element can have', () => {
  it('shows the rows at an offset, the first one cut', () => {
    assert.deepEqual(visibleRows(area, 0), { first: 0, count: 13, hiddenPixels: 0 });
    assert.deepEqual(visibleRows(area, 100), { first: 2, count: 13, hiddenPixels: 20 });
  });

  it('ends with the last row at the bottom', () => {
    const { first, count, hiddenPixels } = visibleRows(area, highestOffset(area));
    assert.equal(first + count, area.rows);
    assert.equal(count * area.rowHeight - hiddenPixels, area.viewportHeight);
  });

  it('shows no more rows than there are', () => assert.equal(visibleRows(short, 0).count, 3));

  it('goes neither above the first row nor below the last', () => {
    assert.equal(clampOffset(area, -5), 0);
    assert.equal(clampOffset(area, 1e12), highestOffset(area));
    assert.equal(clampOffset(short, 10), 0);
  });

  it('moves just as far as a row needs to be seen', () => {
    assert.equal(offsetToReveal(area, 100, 1), 40, 'above');
    assert.equal(offsetToReveal(area, 100, 20), 21 * 40 - 500, 'below');
    assert.equal(offsetToReveal(area, 100, 5), 100, 'in sight');
  });

  it('has a thumb that can be grabbed, from the top of its track to the bottom', () => {
    assert.deepEqual(thumbOf(area, 0), { height: 20, top: 0 });
    assert.deepEqual(thumbOf(area, highestOffset(area)), { height: 20, top: 480 });
    assert.equal(thumbOf(short, 0), undefined);
  });

  it('comes back to the offset that the thumb stands for', () => {
    for (const offset of [0, 12_345, highestOffset(area)]) {
      assert.ok(Math.abs(offsetOfThumb(area, thumbOf(area, offset)?.top ?? -1) - offset) < 1e-3);
    }
  });
});
