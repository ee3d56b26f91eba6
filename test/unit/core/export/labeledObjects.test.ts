import assert from 'node:assert/strict';
import { labeledObjects } from '../../../../src/core/export/labeledObjects.js';
import type { ObjectLabel } from '../../../../src/core/export/objectLabel.js';
import type { SkipReason } from '../../../../src/core/export/exportPart.js';
import type { JsonObject } from '../../../../src/core/json.js';
import { mostLineBytes } from '../../../../src/core/manifest/rawLines.js';
import { inputOf, never } from '../../../support/exported.js';
import {
  boxes,
  custom,
  failed,
  keypoints,
  mask,
  multi,
  picture,
  polygon,
  single,
  spans,
  text,
  verdict,
} from '../../../support/labeledLines.js';

const none = Number.NaN;
const size = { width: 200, height: 100, depth: 3 };
const cuboid = { 'center-x': 1, 'center-y': 2, 'center-z': 3, 'class-id': 0 };

const labels: readonly { readonly name: string; readonly line: JsonObject; readonly label: ObjectLabel }[] = [
  {
    name: 'one class of a picture',
    line: single(picture('a.jpg'), 'cat'),
    label: { form: 'class', classes: [{ name: 'cat', confidence: 0.95 }] },
  },
  {
    name: 'one class of a text',
    line: single(text('hello'), 'greeting', 0),
    label: { form: 'class', classes: [{ name: 'greeting', confidence: 0 }] },
  },
  {
    name: 'several classes',
    line: multi(picture('a.jpg'), ['cat', 'dog']),
    label: {
      form: 'classes',
      classes: [
        { name: 'cat', confidence: 0.5 },
        { name: 'dog', confidence: 0.5 },
      ],
    },
  },
  { name: 'no class out of several', line: multi(picture('a.jpg'), []), label: { form: 'classes', classes: [] } },
  {
    name: 'boxes',
    line: boxes(picture('a.jpg'), [{ name: 'cat', box: [1, 2, 30, 40] }]),
    label: {
      form: 'marks',
      size,
      marks: [{ shape: 'box', name: 'cat', confidence: 0.09, left: 1, top: 2, width: 30, height: 40 }],
    },
  },
  {
    name: 'what crowd-polygon answers, under its name',
    line: polygon(picture('a.jpg'), 'cat', [
      [0, 0],
      [10, 0],
      [10, 5],
    ]),
    label: {
      form: 'marks',
      size,
      marks: [
        {
          shape: 'polygon',
          name: 'cat',
          confidence: none,
          points: [
            { x: 0, y: 0 },
            { x: 10, y: 0 },
            { x: 10, y: 5 },
          ],
        },
      ],
    },
  },
  {
    name: 'what crowd-keypoint answers',
    line: keypoints(picture('a.jpg'), 'nose', 3, 4),
    label: {
      form: 'marks',
      size,
      marks: [{ shape: 'keypoint', name: 'nose', confidence: none, points: [{ x: 3, y: 4 }] }],
    },
  },
  {
    name: 'a mask, without its background',
    line: mask(picture('a.jpg'), 's3://out/0.png'),
    label: {
      form: 'mask',
      uri: 's3://out/0.png',
      colors: [
        { name: 'road', hexColor: '#2ca02c', confidence: 0.9 },
        { name: 'car', hexColor: '#1f77b4', confidence: 0.9 },
      ],
    },
  },
  {
    name: 'named entities',
    line: spans(text('In May'), [['Date', 3, 6]]),
    label: { form: 'spans', spans: [{ name: 'Date', start: 3, end: 6, confidence: 0 }] },
  },
  {
    name: 'a verdict on an earlier label',
    line: verdict(picture('a.jpg'), 'bad'),
    label: { form: 'class', classes: [{ name: 'bad', confidence: 0.93 }] },
  },
  {
    name: 'a short value of a custom job',
    line: custom(picture('a.jpg'), 'cat'),
    label: { form: 'class', classes: [{ name: 'cat', confidence: none }] },
  },
  {
    name: 'a class without metadata',
    line: { ...picture('a.jpg'), lan: 3 },
    label: { form: 'class', classes: [{ name: '3', confidence: none }] },
  },
  ...[{ any: ['thing'] }, [{ a: 1 }], 's3://out/SeqLabel.json', null, { annotations: [cuboid] }, {}].map((value) => ({
    name: `something else: ${JSON.stringify(value)}`,
    line: custom(picture('a.jpg'), value),
    label: { form: 'other', value } as const,
  })),
];

const box = boxes(picture('a.jpg'), [{ name: 'cat', box: [1, 2, 30, 40] }]);
const skips: readonly { readonly name: string; readonly line: JsonObject | string; readonly reason: SkipReason }[] = [
  { name: 'a blank line', line: ' ', reason: { kind: 'blank' } },
  { name: 'a list', line: '[]', reason: { kind: 'notAnObject' } },
  { name: 'an object without a source', line: { a: 1 }, reason: { kind: 'noSource' } },
  { name: 'an object without the label', line: picture('a.jpg'), reason: { kind: 'unlabeled' } },
  {
    name: 'a failed object',
    line: failed(picture('a.jpg')),
    reason: { kind: 'failed', failureReason: 'ClientError: expired.' },
  },
  {
    name: 'a box without a number',
    line: { ...box, lan: { annotations: [{ class_id: 0, left: '1', top: 2, width: 3, height: 4 }] } },
    reason: { kind: 'malformedLabel', member: 'annotations[0].left' },
  },
  {
    name: 'a box without a class',
    line: { ...box, lan: { annotations: [{ left: 1, top: 2, width: 3, height: 4 }] } },
    reason: { kind: 'malformedLabel', member: 'annotations[0].class_id' },
  },
  {
    name: 'a polygon without points',
    line: polygon(picture('a.jpg'), 'cat', []),
    reason: { kind: 'malformedLabel', member: 'polygons[0].vertices' },
  },
  {
    name: 'a span that ends before it starts',
    line: spans(text('In May'), [['Date', 6, 3]]),
    reason: { kind: 'malformedLabel', member: 'annotations.entities[0].endOffset' },
  },
];

describe('labeledObjects', () => {
  for (const { name, line, label } of labels) {
    it(`reads ${name}`, async () => {
      const [object] = await all([line]);
      assert.ok(object?.kind === 'labeled', JSON.stringify(object));
      assert.deepEqual(object.label, label);
    });
  }

  for (const { name, line, reason } of skips) {
    it(`reports ${name}`, async () => {
      const [object] = await all([line]);
      assert.deepEqual(object, { kind: 'skipped', line: 0, reason });
    });
  }

  it('says what is no JSON and what is no UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('{"a"\n{"source":"'), Buffer.from('ñ', 'latin1'), Buffer.from('"}\n')]);
    const kinds: unknown[] = [];
    const source = {
      size: async () => bytes.length,
      read: async (into: Uint8Array, offset: number) => bytes.copy(into, 0, offset),
    };
    for await (const object of labeledObjects({ source, attribute: 'lan' }, { pass: 1, passes: 1 }, never)) {
      kinds.push(object.kind === 'skipped' ? [object.line, object.reason.kind] : object.kind);
    }
    assert.deepEqual(kinds, [[0, 'notJson'], [1, 'notUtf8'], 'progress']);
  });

  it('measures a line that is too long, and goes on after it', async () => {
    const objects = await all(['x'.repeat(mostLineBytes), single(picture('b.jpg'), 'dog')]);
    assert.deepEqual(objects[0], {
      kind: 'skipped',
      line: 0,
      reason: { kind: 'tooLongToRead', mostBytes: mostLineBytes },
    });
    assert.deepEqual([objects[1]?.kind, objects[1]?.line], ['labeled', 1]);
  });

  it('takes an object that is spread over lines for one, with a comma after it, and a line within it for none', async () => {
    const pretty = `${JSON.stringify(single(picture('a.jpg'), 'cat'), undefined, 2)},`;
    const objects = await all([pretty, single(picture('b.jpg'), 'dog')]);
    const lines = pretty.split('\n').length;
    assert.deepEqual(
      objects.map(({ kind, line }) => [kind, line]),
      [
        ['labeled', 0],
        ['labeled', lines],
      ],
    );
  });

  it('gives up an object that is cut short at the next line that stands for itself', async () => {
    const objects = await all(['{"source-ref":', single(picture('b.jpg'), 'dog'), '{']);
    assert.deepEqual(
      objects.map(({ kind, line }) => [kind, line]),
      [
        ['skipped', 0],
        ['labeled', 1],
        ['skipped', 2],
      ],
    );
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const objects = labeledObjects(inputOf([single(picture('a.jpg'), 'cat')]), { pass: 1, passes: 1 }, stop.signal);
    stop.abort();
    await assert.rejects(objects.next(), { name: 'AbortError' });
  });
});

async function all(lines: readonly (JsonObject | string)[]) {
  const found = [];
  for await (const object of labeledObjects(inputOf(lines), { pass: 1, passes: 1 }, never)) {
    if (object.kind !== 'progress') {
      found.push(object);
    }
  }
  return found;
}
