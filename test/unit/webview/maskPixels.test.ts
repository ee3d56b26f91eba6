import assert from 'node:assert/strict';
import { paintMask } from '../../../webview/manifest/maskPainting.js';
import { classesOf } from '../../../webview/manifest/maskPixels.js';

const mask = {
  source: { kind: 'file' },
  classes: [
    { className: 'a', color: 0x01_02_03 },
    { className: 'b', color: 0x04_05_06 },
  ],
  background: 0xff_ff_ff,
} as const;

describe("a mask's pixels", () => {
  it('have the class of their colour, and none where they are background or transparent', () => {
    const pixels = [
      [1, 2, 3, 255],
      [255, 255, 255, 255],
      [4, 5, 6, 255],
      [1, 2, 3, 0],
      [9, 9, 9, 255],
      [4, 5, 6, 255],
    ];
    const { classes, counts, unknown } = classesOf(Uint8ClampedArray.from(pixels.flat()), mask);
    assert.deepEqual([...classes], [1, 0, 2, 0, 0, 2]);
    assert.deepEqual(counts, [1, 2]);
    assert.equal(unknown, 1);
  });

  it("have a class also where that has the background's colour", () => {
    const white = { ...mask, classes: [{ className: 'a', color: 0xff_ff_ff }] };
    assert.deepEqual([...classesOf(Uint8ClampedArray.of(255, 255, 255, 255), white).classes], [1]);
  });

  it('are painted with a light rim, then their colour, and fainter inside', () => {
    const side = 11;
    const classes = new Uint16Array(side * side);
    for (let y = 1; y < side - 1; y += 1) {
      classes.fill(1, y * side + 1, y * side + side - 1);
    }
    const painted = paintMask({ width: side, height: side, classes, counts: [], unknown: 0 }, [
      { color: 0x01_02_03, look: 'plain' },
    ]);
    const at = (x: number, y: number) => [...painted.subarray((y * side + x) * 4, (y * side + x) * 4 + 4)];
    assert.deepEqual(at(0, 5), [0, 0, 0, 0]);
    assert.deepEqual(at(1, 5), [255, 255, 255, 230]);
    assert.deepEqual(at(2, 5), [1, 2, 3, 255]);
    assert.deepEqual(at(5, 5), [1, 2, 3, 110]);
  });

  it('are not painted where their class is hidden', () => {
    const one = { width: 1, height: 1, classes: Uint16Array.of(1), counts: [], unknown: 0 };
    assert.deepEqual([...paintMask(one, [{ color: 1, look: 'hidden' }])], [0, 0, 0, 0]);
  });
});
