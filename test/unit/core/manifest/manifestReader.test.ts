import assert from 'node:assert/strict';
import type { RowFilter, RowSort } from '../../../../src/core/manifest/arrangement.js';
import { ManifestReader } from '../../../../src/core/manifest/manifestReader.js';
import { never, scanned } from './scanning.js';

interface Entry {
  readonly source: string;
  readonly name?: string;
  readonly confidence?: number;
  readonly by?: 'yes' | 'no';
  readonly createdAt?: string;
}

const entries: readonly Entry[] = [
  { source: 's3://b/cats/10.jpg', name: 'cat', confidence: 0.9, by: 'yes', createdAt: '2026-01-02T00:00:00.000001' },
  { source: 's3://b/cats/2.jpg', name: 'dog', confidence: 0.51, by: 'no', createdAt: '2026-01-01T00:00:00.000000' },
  { source: 's3://b/dogs/Émile.jpg', name: 'dog', confidence: 0, by: 'yes', createdAt: '2026-01-03T00:00:00.000000' },
  { source: 's3://b/dogs/4.jpg' },
  { source: 's3://b/dogs/5.jpg', name: 'bird', confidence: 0, by: 'no' },
];

const sort: RowSort = { by: 'line', isDescending: false };
const all: RowFilter = { classes: [], confidence: undefined, states: [], text: '' };

describe('ManifestReader', () => {
  const filters: readonly { readonly name: string; readonly filter: Partial<RowFilter>; readonly lines: number[] }[] = [
    { name: 'nothing', filter: {}, lines: [0, 1, 2, 3, 4] },
    { name: 'a class', filter: { classes: ['dog'] }, lines: [1, 2] },
    { name: 'any of several classes', filter: { classes: ['cat', 'bird'] }, lines: [0, 4] },
    { name: 'a class that there is not', filter: { classes: ['cow'] }, lines: [] },
    { name: 'a range with both its ends', filter: { confidence: { from: 0.51, to: 0.9 } }, lines: [0, 1] },
    // The 0 of line 2 stands for "one worker", that of line 4 is a machine's.
    { name: 'a range from 0', filter: { confidence: { from: 0, to: 0.6 } }, lines: [1, 4] },
    { name: 'who labeled', filter: { states: ['machine'] }, lines: [1, 4] },
    { name: 'what is not labeled', filter: { states: ['unlabeled'] }, lines: [3] },
    { name: 'part of a file name', filter: { text: '5.JP' }, lines: [4] },
    { name: 'no part of a folder, since the list shows names', filter: { text: 'Cats' }, lines: [] },
    { name: 'part of a path, where a slash says so', filter: { text: 'Cats/' }, lines: [0, 1] },
    { name: 'what spans folder and name', filter: { text: 'cats/1' }, lines: [0] },
    { name: 'a text that is a class somewhere', filter: { text: 'bird' }, lines: [4] },
    { name: 'a text with accents, whatever its case', filter: { text: 'émile' }, lines: [2] },
    { name: 'several things at once', filter: { classes: ['dog'], text: 'cats/' }, lines: [1] },
  ];
  for (const { name, filter, lines } of filters) {
    it(`filters by ${name}`, async () => assert.deepEqual(await linesOf({ filter }), lines));
  }

  it('sorts by an estimate once there is one, says it of each row, and puts what has none last', async () => {
    const reader = await readerOf(entries);
    const query = { attribute: 'j', filter: all, sort: { by: 'estimate', isDescending: false } } as const;
    const rows = async (attribute = 'j') =>
      (await reader.rows({ ...query, attribute }, { first: 0, count: 10 }, never)).rows;
    assert.deepEqual(
      (await rows()).map(({ line }) => line),
      [0, 1, 2, 3, 4],
    );
    reader.estimate({
      attribute: 'j',
      classNames: ['cat', 'dog'],
      labels: Int32Array.of(1, 1, 1, -1, 0),
      confidences: Float64Array.of(0.6, 0.99, 0.51, 0, 0.7),
    });
    assert.deepEqual(
      (await rows()).map(({ line, estimate }) => [line, estimate?.className, estimate?.differs]),
      [
        [2, 'dog', false],
        [0, 'dog', true],
        [4, 'cat', true],
        [1, 'dog', false],
        [3, undefined, undefined],
      ],
    );
    assert.ok(
      (await rows('other')).every(({ estimate }) => estimate === undefined),
      'of another attribute',
    );
  });

  const sorts: readonly { readonly by: RowSort['by']; readonly up: number[]; readonly down: number[] }[] = [
    { by: 'line', up: [0, 1, 2, 3, 4], down: [4, 3, 2, 1, 0] },
    { by: 'source', up: [1, 0, 3, 4, 2], down: [2, 4, 3, 0, 1] },
    { by: 'class', up: [4, 0, 1, 2, 3], down: [1, 2, 0, 4, 3] },
    { by: 'confidence', up: [4, 1, 0, 2, 3], down: [0, 1, 4, 2, 3] },
    { by: 'created', up: [1, 0, 2, 3, 4], down: [2, 0, 1, 3, 4] },
  ];
  for (const { by, up, down } of sorts) {
    it(`sorts by ${by}, and puts what has none last`, async () => {
      assert.deepEqual(await linesOf({ sort: { by, isDescending: false } }), up);
      assert.deepEqual(await linesOf({ sort: { by, isDescending: true } }), down);
    });
  }

  it('gives a page of rows with what each line says', async () => {
    const reader = await readerOf(entries);
    const { total, rows } = await reader.rows({ attribute: 'j', filter: all, sort }, { first: 1, count: 2 }, never);
    assert.equal(total, 5);
    assert.deepEqual(rows, [
      {
        line: 1,
        source: { kind: 'object', value: 's3://b/cats/2.jpg' },
        label: {
          state: 'machine',
          classes: [{ name: 'dog', count: 1 }],
          confidence: 0.51,
          isNotComputed: false,
          createdAt: Date.UTC(2026, 0, 1),
        },
      },
      {
        line: 2,
        source: { kind: 'object', value: 's3://b/dogs/Émile.jpg' },
        label: {
          state: 'human',
          classes: [{ name: 'dog', count: 1 }],
          isNotComputed: true,
          createdAt: Date.UTC(2026, 0, 3),
        },
      },
    ]);
  });

  it('gives rows that are far apart in the file', async () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      source: `s3://b/${index}.jpg`,
      name: index % 100 === 7 ? 'rare' : 'usual',
    }));
    const reader = await readerOf(many);
    const query = {
      attribute: 'j',
      filter: { ...all, classes: ['rare'] },
      sort: { by: 'line', isDescending: true },
    } as const;
    const { rows } = await reader.rows(query, { first: 0, count: 10 }, never);
    assert.deepEqual(
      rows.map(({ line, source }) => [line, source?.value]),
      [407, 307, 207, 107, 7].map((line) => [line, `s3://b/${line}.jpg`]),
    );
  });

  it('counts classes, states and confidences', async () => {
    const reader = await readerOf(entries);
    const { objects, attributes } = reader.summary();
    const [summary] = attributes;
    assert.equal(objects, 5);
    assert.deepEqual(
      summary?.classes.map(({ name, labels }) => [name, labels]),
      [
        ['dog', 2],
        ['cat', 1],
        ['bird', 1],
      ],
    );
    const { human, machine, failed, unlabeled } = summary;
    assert.deepEqual({ human, machine, failed, unlabeled }, { human: 2, machine: 2, failed: 0, unlabeled: 1 });
    assert.deepEqual(
      { computed: summary.confidence.computed, notComputed: summary.confidence.notComputed },
      { computed: 3, notComputed: 1 },
    );
    assert.equal(summary.classes.find(({ name }) => name === 'dog')?.bins[10], 1, '0.51 is from 0.50 to 0.55');
    assert.deepEqual(summary.createdAt, { first: Date.UTC(2026, 0, 1), last: Date.UTC(2026, 0, 3) });
  });

  it('says that no confidence was computed where one worker labeled each object', async () => {
    const reader = await readerOf([
      { source: 'a', name: 'cat', confidence: 0, by: 'yes' },
      { source: 'b', name: 'cat', confidence: 0, by: 'yes' },
    ]);
    const { confidence } = reader.summary().attributes[0] ?? {};
    assert.equal(confidence?.computed, 0);
    assert.equal(confidence.notComputed, 2);
  });
});

async function linesOf(query: { filter?: Partial<RowFilter>; sort?: RowSort }): Promise<number[]> {
  const reader = await readerOf(entries);
  const whole = { attribute: 'j', filter: { ...all, ...query.filter }, sort: query.sort ?? sort };
  const { rows } = await reader.rows(whole, { first: 0, count: 100 }, never);
  return rows.map(({ line }) => line);
}

async function readerOf(lines: readonly Entry[]): Promise<ManifestReader> {
  const texts = lines.map(({ source, name, confidence, by, createdAt }) =>
    JSON.stringify({
      'source-ref': source,
      ...(name !== undefined && {
        j: 0,
        'j-metadata': { confidence, 'class-name': name, 'human-annotated': by, 'creation-date': createdAt },
      }),
    }),
  );
  return new ManifestReader(await scanned(`${texts.join('\n')}\n`));
}
