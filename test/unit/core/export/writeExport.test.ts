import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { exportCoco } from '../../../../src/core/export/coco.js';
import type { ExportPart } from '../../../../src/core/export/exportPart.js';
import { exportHuggingFace } from '../../../../src/core/export/huggingFace.js';
import type { ExportInput } from '../../../../src/core/export/labeledObjects.js';
import { exportPascalVoc } from '../../../../src/core/export/pascalVoc.js';
import { writeExport } from '../../../../src/core/export/writeExport.js';
import { exportYolo } from '../../../../src/core/export/yolo.js';
import type { NewFolder } from '../../../../src/core/newFolder.js';
import { inputOf, never } from '../../../support/exported.js';
import { boxes, picture, single } from '../../../support/labeledLines.js';

/** Nobody looks at what is in it. */
const folder: NewFolder = {
  append: async () => undefined,
  finish: async () => undefined,
  discard: async () => undefined,
};

const formats: Readonly<Record<string, (input: ExportInput) => AsyncIterable<ExportPart>>> = {
  COCO: (input) => exportCoco(input, { path: 'annotations.json' }, never),
  YOLO: (input) => exportYolo(input, {}, never),
  'Pascal VOC': (input) => exportPascalVoc(input, never),
  'Hugging Face': (input) => exportHuggingFace(input, {}, never),
};

describe('writing an export with its pictures', () => {
  for (const [name, partsOf] of Object.entries(formats)) {
    it(`tells which pictures have another size than their labels count in, for ${name}`, async () => {
      const jpeg = await readFile('media/samples/traindata_cat_dog_images_20/0.jpg');
      const ofLabel = Buffer.from(jpeg);
      const frame = ofLabel.indexOf(Buffer.from([0xff, 0xc0]));
      ofLabel.writeUInt16BE(100, frame + 5);
      ofLabel.writeUInt16BE(200, frame + 7);
      const marks = [{ name: 'cat', box: [1, 2, 30, 40] }] as const;
      const fitting = ['fits', 'other', 'unknown'].map((key) => boxes(picture(`${key}.jpg`), marks));
      const input = inputOf([...fitting, picture('unlabeled.jpg'), 'not JSON']);
      const readObject = async (uri: string) =>
        uri.includes('fits') ? ofLabel : uri.includes('other') ? jpeg : Buffer.from('no picture');
      const written = await writeExport(partsOf(input), { folder, readObject, onProgress: () => undefined }, never);
      const [width, height] = [jpeg.readUInt16BE(frame + 7), jpeg.readUInt16BE(frame + 5)];
      assert.ok(width !== 200 && height !== 100);
      assert.equal(written.otherSizes, 1);
      assert.deepEqual(written.resized, [{ labeled: { line: 1, width: 200, height: 100 }, width, height }]);
      assert.equal(written.copies, 3);
      assert.deepEqual([written.leftOut, written.leftOutObjects], [2, 1]);
    });
  }

  it('leaves no folder where there is nothing to put into it', async () => {
    const done: string[] = [];
    const told: NewFolder = {
      append: async () => undefined,
      finish: async () => void done.push('finished'),
      discard: async () => void done.push('discarded'),
    };
    const input = inputOf([single(picture('a.jpg'), 'cat')]);
    const options = { folder: told, readObject: undefined, onProgress: () => undefined };
    const { leftOutObjects, files } = await writeExport(exportPascalVoc(input, never), options, never);
    assert.deepEqual([leftOutObjects, files, done], [1, 0, ['discarded']]);
  });
});
