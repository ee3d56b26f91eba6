import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.js';
import { thumbnailDrawing } from '../../../../src/core/manifest/thumbnailDrawing.js';
import { boxLabel, customLabel, maskLabel, spanLine } from '../../../support/drawnManifests.js';
import { boxes, picture, polygon, single } from '../../../support/labeledLines.js';

const manyBoxes = (count: number) =>
  boxes(
    picture('a.jpg'),
    Array.from({ length: count }, (_, index) => ({ name: 'cat', box: [0, 0, index + 1, index + 1] as const })),
  );

describe('what is drawn on small pictures', () => {
  it('is a path of all shapes of a class', () => {
    const [layer] = thumbnailDrawing(boxLabel())?.layers ?? [];
    assert.deepEqual(layer, {
      attribute: 'boxes',
      size: { width: 640, height: 480 },
      strokes: [
        { className: 'cat', lines: 'M150 60h330v360H150zM20 300h120v150H20z' },
        { className: 'dog', lines: 'M500 20h120v90H500z' },
      ],
    });
  });

  it('is a polygon, a line or points', () => {
    const [layer] = thumbnailDrawing(customLabel())?.layers ?? [];
    assert.deepEqual(layer?.strokes, [
      { className: 'body', lines: 'M320 40L560 420L90 400z' },
      { className: 'tail', lines: 'M20 20L90 90L40 200' },
      { className: 'eye', points: 'M280 200h0M360 200h0' },
    ]);
  });

  it('names the file of a mask and the colours of its classes', () => {
    const [layer] = thumbnailDrawing(maskLabel())?.layers ?? [];
    assert.equal(layer?.mask?.address, 's3://b/out/annotations/consolidated-annotation/output/0.png');
    assert.deepEqual(
      layer.mask.classes.map(({ className }) => className),
      ['fur', 'floor'],
    );
  });

  it('is that of each label attribute, in their order', () => {
    const line = { ...boxLabel({ attribute: 'first' }), ...boxLabel({ attribute: 'second', moved: 5 }) };
    assert.deepEqual(
      thumbnailDrawing(line)?.layers.map(({ attribute }) => attribute),
      ['first', 'second'],
    );
  });

  it('does without vertices that could not be told apart', () => {
    const around = Array.from({ length: 5_000 }, (_, index): readonly [number, number] => [
      100 + 50 * Math.cos((index / 5_000) * 2 * Math.PI),
      50 + 50 * Math.sin((index / 5_000) * 2 * Math.PI),
    ]);
    const [stroke] = thumbnailDrawing(polygon(picture('a.jpg'), 'sun', around))?.layers[0]?.strokes ?? [];
    const vertices = stroke?.lines?.split('L') ?? [];
    assert.ok(vertices.length > 100 && vertices.length < 800, `${vertices.length}`);
    assert.equal(vertices[0], 'M150 50');
  });

  it('is of the largest shapes only, where there are very many', () => {
    const drawing = thumbnailDrawing(manyBoxes(250));
    assert.equal(drawing?.leftOut, 50);
    const lines = drawing?.layers[0]?.strokes[0]?.lines ?? '';
    assert.equal(lines.split('M').length - 1, 200);
    assert.ok(lines.includes('h250v250') && !lines.includes('h50v50h'));
    assert.equal(thumbnailDrawing(manyBoxes(200))?.leftOut, 0);
  });

  const none: readonly { readonly name: string; readonly line: JsonObject }[] = [
    { name: 'a class', line: single(picture('a.jpg'), 'cat') },
    { name: 'spans of a text', line: spanLine() },
    { name: 'no boxes', line: boxes(picture('a.jpg'), []) },
    { name: 'nothing', line: {} },
    { name: 'what is no box', line: boxLabel({ annotations: ['box', { class_id: 0 }] }) },
  ];
  for (const { name, line } of none) {
    it(`is nothing where the label is ${name}`, () => assert.equal(thumbnailDrawing(line), undefined));
  }
});
