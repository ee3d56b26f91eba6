import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { consolidateMasks } from '../../../../src/core/consolidation/segmentationMasks.js';
import { answersOf, reordered } from './teams.js';

const size = { width: 12, height: 8 };
/** Any classes anywhere, as nobody would paint them. */
const noise = fc.array(fc.nat(3), { minLength: 96, maxLength: 96 }).map((classes) => Uint8Array.from(classes));
/** The same rectangle, with its right edge somewhere else for each worker. */
const rectangle = fc.integer({ min: 5, max: 9 }).map((right) => painted({ left: 2, right, top: 1, bottom: 7 }));

describe('consolidateMasks', () => {
  it('does not mind the order of the workers', () => {
    fc.assert(
      fc.property(fc.array(noise, { minLength: 2, maxLength: 9 }), fc.nat(), (masks, seed) => {
        const answers = masksOf(masks);
        assert.deepEqual(consolidateMasks(reordered(answers, seed), size), consolidateMasks(answers, size));
      }),
    );
  });

  it('gives back what all painted alike, down to the pixel, with the greatest confidence', () => {
    fc.assert(
      fc.property(noise, fc.integer({ min: 2, max: 9 }), (classes, team) => {
        const masks = masksOf(Array.from({ length: team }, () => classes));
        assert.deepEqual(consolidateMasks(masks, size), { classes, confidence: 0.95 });
      }),
    );
  });

  it('never has a greater confidence than that', () => {
    fc.assert(
      fc.property(fc.array(noise, { minLength: 2, maxLength: 9 }), (masks) => {
        const { confidence } = consolidateMasks(masksOf(masks), size);
        assert.ok(confidence >= 0.05 && confidence <= 0.95);
      }),
    );
  });

  // What comes of a tie may be smoothed into what nobody painted: one more worker then changes it.
  it('is surer with one more worker who paints what came out, where somebody had painted it', () => {
    fc.assert(
      fc.property(fc.array(rectangle, { minLength: 2, maxLength: 8 }), (masks) => {
        const answers = masksOf(masks);
        const { classes, confidence } = consolidateMasks(answers, size);
        fc.pre(masks.some((mask) => Buffer.from(mask).equals(classes)));
        const after = consolidateMasks([...answers, { worker: 'one more', classes }], size);
        assert.ok(after.confidence >= confidence);
      }),
    );
  });

  it('is surer when one of two in three comes twice', () => {
    const [narrow, wide] = [5, 8].map((right) => painted({ left: 2, right, top: 1, bottom: 7 }));
    assert.ok(narrow && wide);
    const before = consolidateMasks(masksOf([narrow, narrow, wide]), size);
    const after = consolidateMasks(masksOf([narrow, narrow, wide, narrow]), size);
    assert.ok(after.confidence > before.confidence);
    assert.deepEqual(after.classes, narrow);
  });

  it('leaves a pixel that one of two painted by mistake to the pixels around it', () => {
    const rectangleMask = painted({ left: 2, right: 8, top: 1, bottom: 7 });
    const spot = 4 * size.width + 10;
    const spotted = rectangleMask.with(spot, 1);
    assert.deepEqual(consolidateMasks(masksOf([rectangleMask, spotted]), size).classes, rectangleMask);
  });

  it('gives less weight to a worker who agrees with nobody', () => {
    const mask = painted({ left: 2, right: 8, top: 1, bottom: 7 });
    const others = [2, 3].map((value) => mask.map(() => value));
    const { classes } = consolidateMasks(masksOf([mask, mask, ...others]), size);
    assert.deepEqual(classes, mask);
  });

  it('keeps a single worker’s mask as it is, and estimates nothing', () => {
    const classes = painted({ left: 2, right: 8, top: 1, bottom: 7 });
    assert.deepEqual(consolidateMasks(masksOf([classes]), size), { classes, confidence: 0 });
  });

  it('refuses a mask of another size', () => {
    assert.throws(() => consolidateMasks(masksOf([new Uint8Array(96), new Uint8Array(95)]), size), RangeError);
  });
});

function masksOf(masks: readonly Uint8Array[]) {
  return answersOf(masks, (classes) => ({ classes }));
}

function painted(area: Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>>): Uint8Array {
  const classes = new Uint8Array(size.width * size.height);
  for (let row = area.top; row < area.bottom; row += 1) {
    classes.fill(1, row * size.width + area.left, row * size.width + area.right);
  }
  return classes;
}
