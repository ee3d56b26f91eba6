import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { exportCsv } from '../../../../src/core/export/csv.js';
import type { JsonObject } from '../../../../src/core/json.js';
import { type Exported, inputOf, never, written } from '../../../support/exported.js';
import {
  boxes,
  custom,
  failed,
  keypoints,
  machine,
  mask,
  multi,
  picture,
  polygon,
  single,
  spans,
  text,
} from '../../../support/labeledLines.js';

type Rows = readonly Readonly<Record<string, string>>[];

const common = {
  line: '1',
  source: 's3://pictures/a.jpg',
  annotated_by: 'human',
  type: '',
  job: 'labeling-job/lan',
  created: '2026-11-23T10:15:09.217Z',
};
const severalClasses = { ...common, type: 'groundtruth/image-classification-multilabel' };
const segmentation = {
  ...common,
  type: 'groundtruth/semantic-segmentation',
  mask: 's3://out/0.png',
  confidence: '0.9',
};
const detection = { ...common, type: 'groundtruth/object-detection', image_width: '200', image_height: '100' };
const customType = { ...common, type: 'groundtruth/custom', job: 'lan', image_width: '200', image_height: '100' };

const cases: readonly { readonly name: string; readonly lines: readonly JsonObject[]; readonly rows: Rows }[] = [
  {
    name: 'a row for each object of one class',
    lines: [single(picture('a.jpg'), 'cat'), machine(single(picture('b.jpg'), 'dog', 0))],
    rows: [
      { ...common, class: 'cat', confidence: '0.95', type: 'groundtruth/image-classification' },
      {
        ...common,
        line: '2',
        source: 's3://pictures/b.jpg',
        class: 'dog',
        confidence: '0',
        annotated_by: 'machine',
        type: 'groundtruth/image-classification',
      },
    ],
  },
  {
    name: 'a row for each class, and one for an object of none',
    lines: [multi(picture('a.jpg'), ['cat', 'dog']), multi(picture('a.jpg'), [])],
    rows: [
      { ...severalClasses, class: 'cat', confidence: '0.5' },
      { ...severalClasses, class: 'dog', confidence: '0.5' },
      { ...severalClasses, line: '2', class: '', confidence: '' },
    ],
  },
  {
    name: 'a row for each box, and one for a picture without any',
    lines: [
      boxes(picture('a.jpg'), [
        { name: 'cat', box: [1, 2.5, 30, 40] },
        { name: 'dog', box: [-5, 0, 1, 1] },
      ]),
      boxes(picture('a.jpg'), []),
    ],
    rows: [
      {
        ...detection,
        class: 'cat',
        confidence: '0.09',
        shape: 'box',
        points: '',
        left: '1',
        top: '2.5',
        width: '30',
        height: '40',
      },
      {
        ...detection,
        class: 'dog',
        confidence: '0.09',
        shape: 'box',
        points: '',
        left: '-5',
        top: '0',
        width: '1',
        height: '1',
      },
      {
        ...detection,
        line: '2',
        class: '',
        confidence: '',
        shape: '',
        points: '',
        left: '',
        top: '',
        width: '',
        height: '',
      },
    ],
  },
  {
    name: 'the points of a polygon and of a keypoint',
    lines: [
      polygon(picture('a.jpg'), 'cat', [
        [0, 0],
        [10, 0],
        [10, 5],
      ]),
      keypoints(picture('a.jpg'), 'nose', 3, 4),
    ],
    rows: [
      {
        ...customType,
        class: 'cat',
        confidence: '',
        shape: 'polygon',
        points: '0 0 10 0 10 5',
        left: '0',
        top: '0',
        width: '10',
        height: '5',
      },
      {
        ...customType,
        line: '2',
        class: 'nose',
        confidence: '',
        shape: 'keypoint',
        points: '3 4',
        left: '3',
        top: '4',
        width: '0',
        height: '0',
      },
    ],
  },
  {
    name: 'a row for each class in a mask',
    lines: [mask(picture('a.jpg'), 's3://out/0.png')],
    rows: [
      { ...segmentation, class: 'road', color: '#2ca02c' },
      { ...segmentation, class: 'car', color: '#1f77b4' },
    ],
  },
  {
    name: 'a row for each named entity, with its characters',
    lines: [spans(text('😀 In May'), [['Date', 5, 8]])],
    rows: [
      {
        ...common,
        source: '😀 In May',
        class: 'Date',
        confidence: '0',
        start: '5',
        end: '8',
        text: 'May',
        type: 'groundtruth/text-span',
      },
    ],
  },
  {
    name: 'the value of any other label, as JSON',
    lines: [custom(picture('a.jpg'), { any: ['thing'] })],
    rows: [{ ...common, value: '{"any":["thing"]}', type: 'groundtruth/custom', job: 'lan' }],
  },
];

describe('exportCsv', () => {
  for (const { name, lines, rows } of cases) {
    it(`has ${name}`, async () => {
      assert.deepEqual(read(await csv(lines)), rows);
    });
  }

  it('has a header and nothing else for a manifest without labels, and says so of each line', async () => {
    const exported = await csv([failed(picture('a.jpg')), picture('b.jpg')]);
    assert.equal(exported.files['out.csv'], 'line,source,annotated_by,type,job,created\r\n');
    assert.deepEqual(
      exported.skipped.map(({ line, reason }) => [line, reason.kind]),
      [
        [0, 'failed'],
        [1, 'unlabeled'],
      ],
    );
  });

  it('tells its progress in both passes', async () => {
    const lines = Array.from({ length: 2_500 }, (_, index) => single(picture(`${index}.jpg`), 'cat'));
    const { progress, files } = await csv(lines);
    assert.deepEqual(
      progress.map(({ pass, lines: done }) => [pass, done]),
      [1, 2].flatMap((pass) => [1_000, 2_000, 2_500].map((done) => [pass, done])),
    );
    assert.equal(read({ files }).length, 2_500);
  });

  it('writes no cell that a spreadsheet takes for a formula', async () => {
    const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', "'=1", "''@x", "it's", '1-1', "'quoted'", ''];
    const rows = read(await csv(texts.map((name) => single(picture('a.jpg'), name))));
    assert.deepEqual(
      rows.map((row) => row['class']),
      ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "'＝1", "''=1", "'''@x", "it's", '1-1', "'quoted'", ''],
    );
  });

  it('is read back to the last character, whatever the texts', async () => {
    const nasty = fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', "'", '=', '@', ' ', 'a', '😀', '\uFEFF') });
    const anyText = fc.oneof(nasty, fc.string({ unit: 'grapheme' }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyText, anyText), { minLength: 1, maxLength: 8 }), async (objects) => {
        const rows = read(await csv(objects.map(([source, name]) => single(text(source), name))));
        assert.deepEqual(
          rows.map((row) => [original(row['source']), original(row['class'])]),
          objects,
        );
      }),
    );
  });
});

async function csv(lines: readonly JsonObject[]): Promise<Exported> {
  return await written(exportCsv(inputOf(lines), { path: 'out.csv' }, never));
}

function read({ files }: Pick<Exported, 'files'>): Rows {
  // Strict: the same number of cells in each row, quotes only around whole cells, CRLF alone ends a row.
  return parse(files['out.csv'] ?? '', { columns: true, record_delimiter: '\r\n' });
}

/** As the documentation of the export says. */
function original(cell: string | undefined): string | undefined {
  return cell?.replace(/^'(?='*[=+\-@\t\r\n＝＋－＠])/u, '');
}
