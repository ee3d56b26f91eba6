import assert from 'node:assert/strict';
import {
  isPictureShape,
  type PictureShape,
  toUpright,
  uprightSize,
} from '../../../../src/core/manifest/pictureShape.js';
import { imagePx } from '../../../../src/core/manifest/pixels.js';

const stored = (orientation: number): PictureShape => ({ width: imagePx(40), height: imagePx(30), orientation });

/** Where the left upper corner of the stored picture, 40 × 30, is in the upright one: https://exiftool.org/TagNames/EXIF.html. */
const corners = [
  { orientation: 1, name: 'upright', at: [0, 0], size: [40, 30] },
  { orientation: 2, name: 'mirrored', at: [40, 0], size: [40, 30] },
  { orientation: 3, name: 'upside down', at: [40, 30], size: [40, 30] },
  { orientation: 4, name: 'mirrored upside down', at: [0, 30], size: [40, 30] },
  { orientation: 5, name: 'mirrored, and turned by 270 degrees', at: [0, 0], size: [30, 40] },
  { orientation: 6, name: 'turned by 90 degrees', at: [30, 0], size: [30, 40] },
  { orientation: 7, name: 'mirrored, and turned by 90 degrees', at: [30, 40], size: [30, 40] },
  { orientation: 8, name: 'turned by 270 degrees', at: [0, 40], size: [30, 40] },
] as const;

describe("a picture's shape", () => {
  for (const { orientation, name, at, size } of corners) {
    it(`leads from what is stored to what is shown ${name}`, () => {
      const shape = stored(orientation);
      const { width, height } = uprightSize(shape);
      assert.deepEqual([width, height], size);
      assert.deepEqual(shown(shape, 0, 0), at);
      const [x, y] = at;
      assert.deepEqual(shown(shape, 40, 30), [width - x, height - y], 'the opposite corner');
    });
  }

  it('turns what is right in what is stored downwards where the camera was turned by 90 degrees', () =>
    assert.deepEqual(shown(stored(6), 40, 0), [30, 40]));

  const others: readonly unknown[] = [
    undefined,
    null,
    'upright',
    { ...stored(1), width: 0 },
    { ...stored(1), height: Number.NaN },
    { ...stored(1), height: 2 ** 32 },
    stored(0),
    stored(9),
    stored(1.5),
  ];
  for (const other of others) {
    it(`is not ${JSON.stringify(other)}`, () => assert.equal(isPictureShape(other), false));
  }

  it('has a size and an orientation', () => assert.ok(isPictureShape(stored(8))));
});

function shown(shape: PictureShape, x: number, y: number): readonly number[] {
  const [a, b, c, d, e, f] = toUpright(shape);
  return [a * x + c * y + e, b * x + d * y + f];
}
