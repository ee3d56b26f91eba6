import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { imagePx, screenPx } from '../../../src/core/manifest/pixels.js';
import {
  fitted,
  isLargerThanFit,
  movedBy,
  revealing,
  scaledTo,
  toImage,
  toScreen,
} from '../../../webview/manifest/pictureView.js';

const room = (width: number, height: number, stageWidth = 400, stageHeight = 300) => ({
  picture: { width: imagePx(width), height: imagePx(height) },
  stage: { width: screenPx(stageWidth), height: screenPx(stageHeight) },
});
const at = (x: number, y: number) => ({ x: screenPx(x), y: screenPx(y) });

describe('a picture in its stage', () => {
  it('is fitted, in the middle', () =>
    assert.deepEqual(fitted(room(800, 400)), { scale: 0.5, corner: { x: 0, y: 50 } }));

  it('of a few pixels is enlarged only so far', () => assert.equal(fitted(room(10, 10)).scale, 6));

  it('stays under the pointer while it is zoomed', () => {
    const space = room(800, 600);
    const view = scaledTo(fitted(space), 2, at(100, 80), space);
    const before = toImage(at(100, 80), fitted(space));
    assert.deepEqual(toImage(at(100, 80), view), before);
    assert.ok(isLargerThanFit(view, space));
  });

  it('is moved no farther than to its edge', () => {
    const space = room(800, 600);
    const view = scaledTo(fitted(space), 1, at(0, 0), space);
    assert.deepEqual(movedBy(view, at(50, 50), space).corner, at(0, 0));
    assert.deepEqual(movedBy(view, at(-9_999, -10), space).corner, at(-400, -10));
  });

  it('can be made no smaller than all of it, or its own size where that is smaller', () => {
    assert.equal(scaledTo(fitted(room(800, 600)), 0.01, at(0, 0), room(800, 600)).scale, 0.5);
    assert.equal(scaledTo(fitted(room(100, 75)), 0.01, at(0, 0), room(100, 75)).scale, 1);
  });

  it('is moved to what is not in sight, and only as far as it must be', () => {
    const space = room(800, 600);
    const view = scaledTo(fitted(space), 1, at(0, 0), space);
    const place = { x: imagePx(700), y: imagePx(100) };
    const shown = toScreen(place, revealing(view, place, space));
    assert.deepEqual(shown, at(400, 100));
    assert.deepEqual(revealing(view, { x: imagePx(10), y: imagePx(10) }, space), view);
  });

  it('has no gap beside it that could be filled, however it is zoomed and moved', () => {
    const side = fc.integer({ min: 1, max: 5_000 });
    const step = fc.record({ scale: fc.double({ min: 0.01, max: 100, noNaN: true }), x: fc.nat(900), y: fc.nat(900) });
    fc.assert(
      fc.property(side, side, fc.array(step, { maxLength: 8 }), (width, height, steps) => {
        const space = room(width, height);
        let view = fitted(space);
        for (const { scale, x, y } of steps) {
          view = movedBy(scaledTo(view, view.scale * scale, at(x % 400, y % 300), space), at(x - 450, y - 450), space);
          const right = view.corner.x + width * view.scale;
          const isFilled = view.corner.x <= 1e-6 && right >= 400 - 1e-6;
          const isInside = view.corner.x >= -1e-6 && right <= 400 + 1e-6;
          assert.ok(isFilled || isInside);
        }
      }),
    );
  });
});
