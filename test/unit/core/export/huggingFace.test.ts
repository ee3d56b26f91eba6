import assert from 'node:assert/strict';
import { exportHuggingFace } from '../../../../src/core/export/huggingFace.js';
import type { JsonObject } from '../../../../src/core/json.js';
import { inputOf, never, written } from '../../../support/exported.js';
import { boxes, custom, mask, multi, picture, polygon, single, text } from '../../../support/labeledLines.js';

const cases: readonly {
  readonly name: string;
  readonly lines: readonly JsonObject[];
  readonly metadata: JsonObject[];
}[] = [
  {
    name: 'the class of each picture',
    lines: [single(picture('a.jpg'), 'cat'), single(picture('b/a.jpg'), 'dog')],
    metadata: [
      { file_name: 'images/a.jpg', label: 'cat' },
      { file_name: 'images/a-2.jpg', label: 'dog' },
    ],
  },
  {
    name: 'all classes of each picture',
    lines: [multi(picture('a.jpg'), ['cat', 'dog']), multi(picture('b.jpg'), [])],
    metadata: [
      { file_name: 'images/a.jpg', labels: ['cat', 'dog'] },
      { file_name: 'images/b.jpg', labels: [] },
    ],
  },
  {
    name: 'the marks on each picture',
    lines: [
      boxes(picture('a.jpg'), [
        { name: 'cat', box: [1, 2.5, 30, 40] },
        { name: 'dog', box: [5, 6, 7, 8] },
      ]),
      boxes(picture('b.jpg'), []),
      polygon(picture('c.jpg'), 'dog', [
        [0, 0],
        [10, 0],
        [10, 5],
      ]),
    ],
    metadata: [
      {
        file_name: 'images/a.jpg',
        objects: {
          bbox: [
            [1, 2.5, 30, 40],
            [5, 6, 7, 8],
          ],
          categories: [0, 1],
          names: ['cat', 'dog'],
        },
      },
      { file_name: 'images/b.jpg', objects: { bbox: [], categories: [], names: [] } },
      { file_name: 'images/c.jpg', objects: { bbox: [[0, 0, 10, 5]], categories: [1], names: ['dog'] } },
    ],
  },
  {
    name: 'the mask of each picture',
    lines: [mask(picture('a.jpg'), 's3://out/job/0.png')],
    metadata: [
      {
        file_name: 'images/a.jpg',
        mask_file_name: 'masks/0.png',
        mask_colors: [
          { name: 'road', color: '#2ca02c', category: 0 },
          { name: 'car', color: '#1f77b4', category: 1 },
        ],
      },
    ],
  },
  {
    name: 'a mask that several pictures share',
    lines: ['a.jpg', 'b.jpg'].map((name) => mask(picture(name), 's3://out/job/0.png')),
    metadata: ['a.jpg', 'b.jpg'].map((name) => ({
      file_name: `images/${name}`,
      mask_file_name: 'masks/0.png',
      mask_colors: [
        { name: 'road', color: '#2ca02c', category: 0 },
        { name: 'car', color: '#1f77b4', category: 1 },
      ],
    })),
  },
];

describe('exportHuggingFace', () => {
  for (const { name, lines, metadata } of cases) {
    it(`has ${name}`, async () => {
      const { files, copies, skipped } = await written(exportHuggingFace(inputOf(lines), {}, never));
      const read = jsonLines(files['metadata.jsonl']);
      assert.deepEqual(read, metadata);
      assert.deepEqual(skipped, []);
      const named = read.flatMap(({ file_name: file, mask_file_name: maskFile }) => [file, maskFile ?? []].flat());
      assert.deepEqual(new Set(named), new Set(Object.keys(copies)));
    });
  }

  it('has a folder for each part of a split, and the classes of all of them', async () => {
    const lines = [single(picture('a.jpg'), 'cat'), single(picture('b.jpg'), 'dog')];
    const { files, copies } = await written(
      exportHuggingFace(inputOf(lines), { partOf: (line) => ['train', 'test'][line] }, never),
    );
    assert.deepEqual(Object.keys(copies), ['train/images/a.jpg', 'test/images/b.jpg']);
    assert.deepEqual(jsonLines(files['train/metadata.jsonl']), [{ file_name: 'images/a.jpg', label: 'cat' }]);
    assert.deepEqual(jsonLines(files['test/metadata.jsonl']), [{ file_name: 'images/b.jpg', label: 'dog' }]);
    assert.deepEqual(JSON.parse(files['classes.json'] ?? ''), ['cat', 'dog']);
  });

  it('says of every other object why it has no place', async () => {
    const lines = [
      single(text('hello'), 'greeting'),
      custom(picture('a.jpg'), { any: 'thing' }),
      single(picture('a.jpg'), 'cat'),
      single(picture('a.jpg'), 'dog'),
    ];
    const { skipped } = await written(exportHuggingFace(inputOf(lines), {}, never));
    assert.deepEqual(
      skipped.map(({ line, reason }) => [line, reason.kind]),
      [
        [0, 'sourceIsText'],
        [1, 'otherForm'],
        [3, 'duplicateSource'],
      ],
    );
  });
});

function jsonLines(lines = ''): JsonObject[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);
}
