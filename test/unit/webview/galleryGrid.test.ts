import assert from 'node:assert/strict';
import {
  clampPictureSize,
  galleryGrid,
  largestPicture,
  smallestPicture,
  thumbnailSizeFor,
} from '../../../webview/manifest/galleryGrid.js';
import { offsetAfter, placeByKey, scrollAreaOf, visiblePlaces } from '../../../webview/manifest/placeGrid.js';
import { highestOffset } from '../../../webview/manifest/virtualScroll.js';

describe('a gallery that scrolls over a height that no element can have', () => {
  const million = { total: 1_000_001, grid: { perRow: 6, rowHeight: 200 }, viewportHeight: 500 };
  // ▪ ▪ ▪ ▪
  // ▪ ▪ ▪ ▪
  // ▪ ▪
  const ten = { total: 10, grid: { perRow: 4, rowHeight: 200 }, viewportHeight: 500 };
  const list = { total: 10, grid: { perRow: 1, rowHeight: 40 }, viewportHeight: 200 };

  it('has whole rows of what can be seen, the first one cut', () => {
    assert.deepEqual(visiblePlaces(million, 0), { first: 0, count: 18, hiddenPixels: 0 });
    assert.deepEqual(visiblePlaces(million, 450), { first: 12, count: 18, hiddenPixels: 50 });
  });

  it('ends with the row of the last object, however few are in it', () => {
    const area = scrollAreaOf(million);
    assert.equal(area.rows, 166_667);
    const { first, count } = visiblePlaces(million, highestOffset(area));
    assert.ok(first <= 1_000_000 && first + count > 1_000_000);
  });

  const keys: readonly (readonly [key: string, from: number, to: number])[] = [
    ['ArrowDown', 1, 5],
    ['ArrowDown', 5, 9],
    ['ArrowDown', 6, 9],
    ['ArrowDown', 8, 8],
    ['ArrowUp', 9, 5],
    ['ArrowUp', 2, 2],
    ['ArrowRight', 3, 4],
    ['ArrowLeft', 4, 3],
    ['PageDown', 1, 5],
    ['PageUp', 9, 5],
    ['Home', 7, 0],
    ['End', 0, 9],
  ];
  for (const [key, from, to] of keys) {
    it(`goes by ${key} from ${from} to ${to}`, () => assert.equal(placeByKey(key, from, ten), to));
  }

  it('leaves all other keys, and in a list those to the sides', () => {
    assert.equal(placeByKey('Tab', 0, ten), undefined);
    assert.equal(placeByKey('ArrowRight', 0, list), undefined);
    assert.equal(placeByKey('ArrowDown', 9, list), 9);
    assert.equal(placeByKey('PageDown', 0, list), 4);
  });

  it('keeps an object where it is seen when there are more of them in a row', () => {
    const before = { perRow: 4, rowHeight: 200 };
    const after = { perRow: 8, rowHeight: 100 };
    // Place 400 is the first of row 100 and 30 pixels below the top; then it is in row 50.
    assert.equal(offsetAfter(400, { before, after, offset: 100 * 200 - 30 }), 50 * 100 - 30);
  });

  it('has pictures at least as large as they are wanted that fill each row', () => {
    for (const width of [300, 520, 760, 980, 1_600, 2_540]) {
      for (const wanted of [smallestPicture, 100, 144, 200, largestPicture]) {
        const { perRow, pictureSize } = galleryGrid(width, wanted);
        const rest = width - 20 - perRow * (pictureSize + 12);
        assert.ok(rest >= 0, `${perRow} of ${pictureSize} in ${width}`);
        assert.ok(pictureSize >= Math.min(wanted, width - 32));
        assert.ok(rest < perRow || pictureSize === Math.floor(wanted * 1.3), 'as large as there is room for');
      }
    }
  });

  it('has one picture in a row where there is hardly any room', () =>
    assert.equal(galleryGrid(0, largestPicture).perRow, 1));

  it('has sizes within limits, and thumbnails that are sharp in them', () => {
    assert.deepEqual([0, 100.4, 1_000].map(clampPictureSize), [64, 100, 320]);
    assert.deepEqual(
      [
        [144, 1],
        [161, 1],
        [144, 2],
        [320, 2],
        [320, 3],
      ].map(([size = 0, ratio = 0]) => thumbnailSizeFor(size, ratio)),
      [160, 320, 320, 640, 640],
    );
  });
});
