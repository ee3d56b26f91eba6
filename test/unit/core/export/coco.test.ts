import assert from 'node:assert/strict';
import { exportCoco } from '../../../../src/core/export/coco.js';
import type { MaskPixels } from '../../../../src/core/export/runLength.js';
import { inputOf, never, written } from '../../../support/exported.js';
import { type CocoFile, readCoco, unpacked } from '../../../support/cocoFile.js';
import { mask, picture, single } from '../../../support/labeledLines.js';
import { markedCopies, markedLines, markedSkips, within } from '../../../support/markedPictures.js';

const options = { path: 'annotations.json' };

describe('exportCoco', () => {
  it('has every picture with its boxes and polygons, and tells what has no place', async () => {
    const { files, copies, skipped } = await written(exportCoco(inputOf(markedLines), options, never));
    const coco = readCoco(files['annotations.json'] ?? '');
    assert.deepEqual(copies, within('images', markedCopies));
    assert.deepEqual(coco.categories, [
      { id: 1, name: 'cat', supercategory: '' },
      { id: 2, name: 'dog & "co"', supercategory: '' },
      { id: 3, name: 'cow', supercategory: '' },
    ]);
    assert.deepEqual(
      coco.images,
      Object.keys(markedCopies).map((name, index) => ({ id: index + 1, file_name: name, width: 200, height: 100 })),
    );
    assert.deepEqual(coco.annotations, [
      box(1, { image: 1, category: 1, bbox: [0, 0, 200, 100] }),
      box(2, { image: 1, category: 2, bbox: [10, 20, 50, 30] }),
      box(3, { image: 3, category: 1, bbox: [150, 50, 100, 100] }),
      {
        ...box(4, { image: 4, category: 3, bbox: [20, 10, 40, 40] }),
        area: 800,
        segmentation: [[20, 10, 60, 10, 60, 50]],
      },
    ]);
    assert.deepEqual(
      skipped.map(({ line, reason }) => [line, reason]),
      markedSkips,
    );
  });

  it('has a region of run lengths for each colour of a mask', async () => {
    const rows = ['..rr', '.rrc', '...c'];
    const lines = [mask(picture('a.jpg'), 's3://out/0.png'), mask(picture('b.jpg'), 's3://out/1.png')];
    const readMask = async (uri: string): Promise<MaskPixels> => {
      if (uri !== 's3://out/0.png') {
        throw new Error('It is not there.');
      }
      return painted(rows);
    };
    const { files, skipped } = await written(exportCoco(inputOf(lines), { ...options, readMask }, never));
    const coco = readCoco(files['annotations.json'] ?? '');
    assert.deepEqual(coco.images, [{ id: 1, file_name: 'a.jpg', width: 4, height: 3 }]);
    assert.deepEqual(
      coco.annotations.map(({ category_id: category, bbox, area, iscrowd }) => ({ category, bbox, area, iscrowd })),
      [
        { category: 1, bbox: [1, 0, 3, 2], area: 4, iscrowd: 1 },
        { category: 2, bbox: [3, 1, 1, 2], area: 2, iscrowd: 1 },
      ],
    );
    assert.deepEqual(
      coco.annotations.map(({ segmentation }) => unpacked(segmentation)),
      ['r', 'c'].map((letter) => rows.map((row) => row.replaceAll(/./gu, (it) => (it === letter ? '#' : '.')))),
    );
    assert.deepEqual(
      skipped.map(({ line, reason }) => [line, reason]),
      [[1, { kind: 'maskUnreadable', uri: 's3://out/1.png', message: 'It is not there.' }]],
    );
  });

  it('leaves out a mask with a colour that is none, and says where', async () => {
    const line = JSON.parse(JSON.stringify(mask(picture('a.jpg'), 's3://out/0.png')).replace('#1f77b4', 'blue'));
    const { skipped } = await written(exportCoco(inputOf([line]), options, never));
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      [{ kind: 'malformedLabel', member: 'internal-color-map.2.hex-color' }],
    );
  });

  it('has no place for masks where nobody can read them', async () => {
    const { skipped } = await written(exportCoco(inputOf([mask(picture('a.jpg'), 's3://out/0.png')]), options, never));
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      [{ kind: 'otherForm', form: 'mask' }],
    );
  });

  it('is a whole file without anything in it, and has the given classes', async () => {
    const { files } = await written(exportCoco(inputOf([single(picture('a.jpg'), 'x')], ['a', 'b']), options, never));
    const coco = readCoco(files['annotations.json'] ?? '');
    assert.deepEqual([coco.images, coco.annotations], [[], []]);
    assert.deepEqual(
      coco.categories.map(({ name }) => name),
      ['a', 'b'],
    );
  });
});

function box(
  id: number,
  { image, category, bbox }: { image: number; category: number; bbox: [number, number, number, number] },
): CocoFile['annotations'][number] {
  const area = bbox[2] * bbox[3];
  return { id, image_id: image, category_id: category, bbox, area, iscrowd: 0, segmentation: [] };
}

const colors: Readonly<Record<string, readonly number[]>> = {
  '.': [255, 255, 255, 255],
  r: [0x2c, 0xa0, 0x2c, 255],
  c: [0x1f, 0x77, 0xb4, 255],
};

function painted(rows: readonly string[]): MaskPixels {
  const pixels = rows.flatMap((row) => Array.from(row, (letter) => colors[letter] ?? []));
  return { width: rows[0]?.length ?? 0, height: rows.length, rgba: new Uint8Array(pixels.flat()) };
}
