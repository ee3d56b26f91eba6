import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { exportYolo } from '../../../../src/core/export/yolo.js';
import { inputOf, never, written } from '../../../support/exported.js';
import { boxes, picture } from '../../../support/labeledLines.js';
import { markedCopies, markedLines, markedSkips, within } from '../../../support/markedPictures.js';

describe('exportYolo', () => {
  it('has a file of marks for each picture, and tells what has no place', async () => {
    const { files, copies, skipped } = await written(exportYolo(inputOf(markedLines), {}, never));
    assert.deepEqual(copies, within('images', markedCopies));
    const { 'data.yaml': data, ...labels } = files;
    assert.deepEqual(labels, {
      'labels/a.txt': '0 0.5 0.5 1 1\n1 0.175 0.35 0.25 0.3\n',
      'labels/a-2.txt': '',
      'labels/c.txt': '0 0.875 0.75 0.25 0.5\n',
      'labels/d.txt': '2 0.1 0.1 0.3 0.1 0.3 0.5\n',
    });
    assert.deepEqual(parse(data ?? ''), {
      train: 'images',
      val: 'images',
      nc: 3,
      names: { 0: 'cat', 1: 'dog & "co"', 2: 'cow' },
    });
    assert.deepEqual(
      skipped.map(({ line, reason }) => [line, reason]),
      markedSkips,
    );
  });

  it('numbers the classes as they are given, and keeps the parts of a split in folders', async () => {
    const input = inputOf(markedLines.slice(0, 3), ['dog & "co"', 'unseen', 'cat']);
    const { files, copies } = await written(exportYolo(input, { partOf: partOfLine }, never));
    assert.deepEqual(Object.keys(copies), ['images/train/a.jpg', 'images/validation/a.png', 'images/test/c.jpg']);
    assert.equal(files['labels/train/a.txt'], '2 0.5 0.5 1 1\n0 0.175 0.35 0.25 0.3\n');
    assert.deepEqual(parse(files['data.yaml'] ?? ''), {
      train: 'images/train',
      val: 'images/validation',
      test: 'images/test',
      nc: 3,
      names: { 0: 'dog & "co"', 1: 'unseen', 2: 'cat' },
    });
  });

  it('names any class so that YAML gives it back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.string({ unit: 'binary' }), { maxLength: 5 }), async (names) => {
        const { files } = await written(exportYolo(inputOf([], names), {}, never));
        assert.deepEqual(parse(files['data.yaml'] ?? ''), {
          train: 'images',
          val: 'images',
          nc: names.length,
          names: Object.fromEntries(names.map((name, id) => [id, name])),
        });
      }),
    );
  });

  it('keeps every box within the picture, as near to where it was as six digits are', async () => {
    const length = fc.integer({ min: 1, max: 4_000 });
    await fc.assert(
      fc.asyncProperty(length, length, fc.tuple(length, length, length, length), async (width, height, box) => {
        const [left, top] = [box[0] % width, box[1] % height];
        const drawn = [left, top, box[2], box[3]] as const;
        const line = boxes(picture('a.jpg'), [{ name: 'cat', box: drawn }], [width, height]);
        const { files } = await written(exportYolo(inputOf([line]), {}, never));
        const [, cx = 0, cy = 0, w = 0, h = 0] = (files['labels/a.txt'] ?? '').trim().split(' ').map(Number);
        const read = [(cx - w / 2) * width, (cy - h / 2) * height, w * width, h * height];
        const kept = [left, top, Math.min(box[2], width - left), Math.min(box[3], height - top)];
        assert.ok([cx, cy, w, h].every((share) => share >= 0 && share <= 1));
        assert.ok(
          read.every((value, index) => Math.abs(value - (kept[index] ?? 0)) < 0.01),
          `${read.join(' ')} is not ${kept.join(' ')}`,
        );
      }),
    );
  });
});

function partOfLine(line: number): string | undefined {
  return ['train', 'validation', 'test'][line];
}
