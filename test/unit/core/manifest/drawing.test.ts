import assert from 'node:assert/strict';
import { within } from '../../../../src/core/manifest/drawing.js';
import { lineDrawings } from '../../../../src/core/manifest/lineDrawings.js';
import { imagePx } from '../../../../src/core/manifest/pixels.js';
import { box, boxes, custom, onlyDrawing } from './drawnLines.js';

const at = (left: number, top: number) => ({ label: 'a', left, top, width: 10, height: 10 });

describe('what lies outside of the object', () => {
  const picture = { width: imagePx(100), height: imagePx(50) };
  const placed = [
    { name: 'in it', left: 0, top: 0, isKept: true },
    { name: 'over its edge', left: 95, top: -5, isKept: true },
    { name: 'right of it', left: 100, top: 0, isKept: false },
    { name: 'left of it', left: -10, top: 0, isKept: false },
    { name: 'above it', left: 0, top: -10, isKept: false },
    { name: 'below it', left: 0, top: 50, isKept: false },
  ];
  for (const { name, left, top, isKept } of placed) {
    it(`${isKept ? 'keeps' : 'leaves out'} a box that is ${name}`, () => {
      const drawing = onlyDrawing(custom({ boundingBoxes: [at(left, top)] }));
      const { shapes, problems } = within(drawing, { picture });
      assert.equal(shapes.length, isKept ? 1 : 0);
      const problem = { list: 'boundingBoxes', place: 0, reason: 'outsidePicture' };
      assert.deepEqual(problems, isKept ? [] : [problem]);
    });
  }

  it('goes by the size that the label tells, and not by that of the picture', () => {
    const { drawing } = lineDrawings(boxes([box]))[0] ?? {};
    assert.ok(drawing);
    assert.equal(within(drawing, { picture }).shapes.length, 1);
  });

  it('is a span that ends after the text, counted in characters and not in UTF-16', () => {
    const entities = [
      { label: 'a', startOffset: 0, endOffset: 2 },
      { label: 'a', startOffset: 0, endOffset: 3 },
    ];
    const { spans, problems } = within(onlyDrawing(custom({ entities })), { text: '🐕🐈' });
    assert.equal(spans.length, 1);
    assert.deepEqual(problems, [{ list: 'entities', place: 1, reason: 'outsideText' }]);
  });
});
