import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../../src/core/json.js';
import { boundsOf, type DrawingProblemReason } from '../../../../src/core/manifest/drawing.js';
import { lineDrawings } from '../../../../src/core/manifest/lineDrawings.js';
import { box, boxes, custom, onlyDrawing } from './drawnLines.js';

describe("what a line's labels draw", () => {
  it('is boxes with their classes and confidences, in pixels of the size that the label tells', () => {
    assert.deepEqual(lineDrawings(boxes([box])), [
      {
        attribute: 'boxes',
        isMachine: false,
        drawing: {
          size: { width: 2550, height: 4200 },
          shapes: [
            {
              list: 'annotations',
              place: 0,
              className: 'Provider Name',
              confidence: 0.5,
              outline: { kind: 'box', left: 236, top: 55, width: 542, height: 81 },
            },
          ],
          spans: [],
          problems: [],
        },
      },
    ]);
  });

  it('is all label attributes of a chained or adjusted job, in the order of the line', () => {
    const adjusted = { ...boxes([box]), 'boxes-adjusted': boxes([box, box])['boxes'] };
    const line = { ...adjusted, 'boxes-adjusted-metadata': { 'human-annotated': 'no', 'class-map': {} } };
    const read = lineDrawings(line).map(({ attribute, isMachine, drawing }) => ({
      attribute,
      isMachine,
      shapes: drawing.shapes.length,
    }));
    assert.deepEqual(read, [
      { attribute: 'boxes', isMachine: false, shapes: 1 },
      { attribute: 'boxes-adjusted', isMachine: true, shapes: 2 },
    ]);
  });

  it('is a mask with the colours of its classes, without the background', () => {
    const { mask, problems } = onlyDrawing({
      'source-ref': 's3://b/city.png',
      'streets-ref': 's3://out/0.png',
      'streets-ref-metadata': {
        'internal-color-map': {
          0: { 'class-name': 'BACKGROUND', 'hex-color': '#ffffff', confidence: 0.9 },
          1: { 'class-name': 'buildings', 'hex-color': '#2acf59', confidence: 0.9 },
        },
      },
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(mask, {
      source: { kind: 'file' },
      classes: [{ className: 'buildings', color: 0x2a_cf_59, confidence: 0.9 }],
      background: 0xff_ff_ff,
    });
  });

  it('is spans of a text', () => {
    const { spans } = onlyDrawing({
      source: 'Amazon SageMaker is …',
      ner: { annotations: { labels: [], entities: [{ label: 'Date', startOffset: 75, endOffset: 88 }] } },
      'ner-metadata': { type: 'groundtruth/text-span', entities: [{ confidence: 0 }] },
    });
    assert.deepEqual(spans, [{ list: 'entities', place: 0, className: 'Date', start: 75, end: 88, confidence: 0 }]);
  });

  const triangle = [
    { x: 1, y: 2 },
    { x: 9, y: 2 },
    { x: 5, y: 8 },
  ];
  const elements = [
    { name: 'boxes', answer: { boundingBoxes: [{ label: 'a', left: 1, top: 1, width: 2, height: 2 }] }, kind: 'box' },
    { name: 'polygons', answer: { polygons: [{ label: 'a', vertices: triangle }] }, kind: 'polygon' },
    { name: 'polylines', answer: { polylines: [{ label: 'a', vertices: triangle }] }, kind: 'polyline' },
    { name: 'keypoints', answer: { keypoints: [{ label: 'a', x: 3, y: 4 }] }, kind: 'keypoint' },
  ];
  for (const { name, answer, kind } of elements) {
    const element: JsonObject = { inputImageProperties: { width: 10, height: 10 }, ...answer };
    for (const label of [element, { 'crowd-form': element }]) {
      it(`is ${name} of a custom job whose label is ${label === element ? 'an answer' : 'a form of answers'}`, () => {
        const { size, shapes, problems } = onlyDrawing(custom(label));
        assert.deepEqual(size, { width: 10, height: 10 });
        assert.deepEqual(problems, []);
        const read = shapes.map(({ className, outline }) => ({ className, kind: outline.kind }));
        assert.deepEqual(read, [{ className: 'a', kind }]);
      });
    }
  }

  it('is a mask that stands in the answer of a custom job, of classes or of instances', () => {
    const labeledImage = { pngImageData: 'iVBORw0KGgo=' };
    const expected = [{ className: 'Bird', color: 0x2c_a0_2c }];
    for (const colors of [
      { labelMappings: { Bird: { color: '#2CA02C' } } },
      { instances: [{ label: 'Bird', color: '#2ca02c' }] },
    ]) {
      const { mask } = onlyDrawing(custom({ 'crowd-form': { ...colors, labeledImage } }));
      assert.deepEqual(mask?.source, { kind: 'inline', base64: 'iVBORw0KGgo=' });
      assert.deepEqual(mask?.classes, expected);
    }
  });

  const broken: readonly { readonly name: string; readonly box: JsonValue; readonly reason: DrawingProblemReason }[] = [
    { name: 'a text', box: 'cat', reason: 'notAnObject' },
    { name: 'null', box: null, reason: 'notAnObject' },
    { name: 'a box without a side', box: { ...box, left: undefined }, reason: 'noCoordinates' },
    { name: 'a box whose sides are texts', box: { ...box, left: '236' }, reason: 'noCoordinates' },
    { name: 'a box at no finite place', box: { ...box, left: Infinity }, reason: 'noCoordinates' },
    { name: 'a box of a negative width', box: { ...box, width: -5 }, reason: 'noArea' },
    { name: 'a box without a height', box: { ...box, height: 0 }, reason: 'noArea' },
    { name: 'a cuboid', box: { 'center-x': 1, 'center-y': 2, 'center-z': 3 }, reason: 'noCoordinates' },
    { name: 'a polygon of two points', box: { vertices: triangle.slice(1) }, reason: 'tooFewVertices' },
    { name: 'a polygon with a broken point', box: { vertices: [...triangle, { x: 1 }] }, reason: 'noCoordinates' },
    { name: 'vertices that are no list', box: { vertices: {} }, reason: 'noCoordinates' },
  ];
  for (const { name, box: item, reason } of broken) {
    it(`leaves out ${name}, and says why`, () => {
      const { shapes, problems } = onlyDrawing(boxes([box, item]));
      assert.equal(shapes.length, 1);
      assert.deepEqual(problems, [{ list: 'annotations', place: 1, reason }]);
    });
  }

  it('has the confidence of its own place also after one that is left out', () => {
    const objects = [{ confidence: 0.1 }, { confidence: 0.2 }];
    assert.equal(onlyDrawing(boxes(['cat', box], { objects })).shapes[0]?.confidence, 0.2);
  });

  for (const { name, classMap } of [
    { name: 'has no entry', classMap: { 1: 'x' } },
    { name: 'has something else', classMap: { 16: { name: 'x' } } },
    { name: 'is none', classMap: 'x' },
    { name: 'only inherits it', classMap: {} },
  ]) {
    it(`is drawn under its class id where the class map ${name}, which it says`, () => {
      const item = name === 'only inherits it' ? { ...box, class_id: 'constructor' } : box;
      const { shapes, problems } = onlyDrawing(boxes([item], { 'class-map': classMap }));
      assert.equal(shapes[0]?.className, String(item.class_id));
      assert.deepEqual(problems, [{ list: 'annotations', place: 0, reason: 'unnamedClass' }]);
    });
  }

  it('leaves out classes of a mask whose colour is none, or another class has', () => {
    const { mask, problems } = onlyDrawing({
      m: 's3://b/m.png',
      'm-metadata': {
        'internal-color-map': {
          0: { 'class-name': 'a', 'hex-color': '#010203' },
          1: { 'class-name': 'b', 'hex-color': 'red' },
          2: { 'class-name': 'c', 'hex-color': '#010203' },
          3: 'd',
        },
      },
    });
    assert.deepEqual(mask?.classes, [{ className: 'a', color: 0x01_02_03 }]);
    const list = 'internal-color-map';
    assert.deepEqual(problems, [
      { list, place: 1, reason: 'noColor' },
      { list, place: 2, reason: 'sameColor' },
      { list, place: 3, reason: 'noColor' },
    ]);
  });

  it('is nothing where labels are plain classes, failed or absent', () => {
    assert.deepEqual(
      lineDrawings({
        'source-ref': 's3://b/x.jpg',
        'cat-or-dog': 0,
        'cat-or-dog-metadata': { 'class-name': 'cat' },
        tags: [1, 0],
        'tags-metadata': { 'class-map': { 0: 'a', 1: 'b' } },
        'failed-metadata': { 'failure-reason': 'ClientError: Annotation tasks expired.' },
        'video-ref': 's3://b/SeqLabel.json',
        'video-ref-metadata': { 'class-map': { 0: 'a' } },
        '-metadata': {},
      }),
      [],
    );
  });
});

/** JSON that looks like labels often enough to get far. */
const keys = (
  'annotations entities boundingBoxes polygons polylines keypoints vertices image_size class_id label left top width ' +
  'height x y startOffset endOffset labeledImage pngImageData labelMappings instances color objects confidence ' +
  'class-map __proto__ internal-color-map class-name hex-color inputImageProperties human-annotated a a-metadata'
).split(' ');
const { value: labelLike } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.oneof(fc.double(), fc.integer({ min: -3, max: 9 }), fc.constantFrom('', 'cat', '#102030', null, true)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 6 }),
  ),
}));

describe('reading whatever is there', () => {
  it('never throws, and all that is drawn has a place', () => {
    fc.assert(
      fc.property(labelLike, labelLike, (label, metadata) => {
        for (const { drawing } of lineDrawings({ a: label, 'a-metadata': metadata })) {
          for (const { outline } of drawing.shapes) {
            const { left, top, right, bottom } = boundsOf(outline);
            assert.ok([left, top, right, bottom].every(Number.isFinite) && left <= right && top <= bottom);
          }
          for (const { start, end } of drawing.spans) {
            assert.ok(start >= 0 && end > start);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('draws or reports each annotation, and each once', () => {
    fc.assert(
      fc.property(fc.array(labelLike, { maxLength: 8 }), (annotations) => {
        const [read] = lineDrawings({ a: { annotations }, 'a-metadata': {} });
        const { shapes = [], problems = [] } = read?.drawing ?? {};
        const leftOut = problems.filter(({ reason }) => reason !== 'unnamedClass');
        const places = [...shapes, ...leftOut].map(({ place }) => place).toSorted((a, b) => a - b);
        assert.deepEqual(places, [...annotations.keys()]);
      }),
    );
  });
});
