import assert from 'node:assert/strict';
import { DOMParser, type Element, onErrorStopParsing } from '@xmldom/xmldom';
import * as fc from 'fast-check';
import { exportPascalVoc } from '../../../../src/core/export/pascalVoc.js';
import { inputOf, never, written } from '../../../support/exported.js';
import { boxes, picture } from '../../../support/labeledLines.js';
import { markedCopies, markedLines, markedSkips, within } from '../../../support/markedPictures.js';

describe('exportPascalVoc', () => {
  it('has an annotation for each picture, and tells what has no place', async () => {
    const { files, copies, skipped } = await written(exportPascalVoc(inputOf(markedLines), never));
    assert.deepEqual(copies, within('JPEGImages', markedCopies));
    const read = Object.fromEntries(Object.entries(files).map(([path, xml]) => [path, annotation(xml)]));
    const size = { width: '200', height: '100', depth: '3' };
    assert.deepEqual(read, {
      'Annotations/a.xml': {
        file: 'a.jpg',
        image: 's3://pictures/x/a.jpg',
        size,
        objects: [
          { name: 'cat', truncated: '0', box: ['1', '1', '200', '100'] },
          { name: 'dog & "co"', truncated: '0', box: ['11', '21', '60', '50'] },
        ],
      },
      'Annotations/a-2.xml': { file: 'a-2.png', image: 's3://pictures/y/a.png', size, objects: [] },
      'Annotations/c.xml': {
        file: 'c.jpg',
        image: 's3://pictures/c.jpg',
        size,
        objects: [{ name: 'cat', truncated: '1', box: ['151', '51', '200', '100'] }],
      },
      'Annotations/d.xml': {
        file: 'd.jpg',
        image: 's3://pictures/d.jpg',
        size,
        objects: [{ name: 'cow', truncated: '0', box: ['21', '11', '60', '50'] }],
      },
    });
    assert.deepEqual(
      skipped.map(({ line, reason }) => [line, reason]),
      markedSkips,
    );
  });

  it('has the box around a polygon, however many vertices that has', async () => {
    const circle = Array.from({ length: 200_000 }, (_, index) => {
      const angle = (index / 200_000) * 2 * Math.PI;
      return { x: 100 + 50 * Math.cos(angle), y: 50 + 40 * Math.sin(angle) };
    });
    const line = {
      ...picture('a.jpg'),
      lan: {
        image_size: [{ width: 200, height: 100, depth: 3 }],
        annotations: [{ class_id: 0, vertices: circle }],
      },
      'lan-metadata': { 'class-map': { 0: 'round' } },
    };
    const { files } = await written(exportPascalVoc(inputOf([line]), never));
    const [round] = annotation(files['Annotations/a.xml'] ?? '').objects;
    assert.deepEqual([round?.name, round?.box], ['round', ['51', '11', '150', '90']]);
  });

  it('names any class so that XML gives it back', async () => {
    const unit = fc.oneof(fc.constantFrom('<', '>', '&', '"', "'", ']', '\n', '\r', '\t'), fc.constantFrom('a', '😀'));
    await fc.assert(
      fc.asyncProperty(fc.string({ unit }), async (name) => {
        const line = boxes(picture('a.jpg'), [{ name, box: [1, 2, 3, 4] }]);
        const { files } = await written(exportPascalVoc(inputOf([line]), never));
        assert.equal(annotation(files['Annotations/a.xml'] ?? '').objects[0]?.name, name);
      }),
    );
  });

  it('has a replacement for what XML cannot hold', async () => {
    const line = boxes(picture('a.jpg'), [{ name: 'a\u0000\u001F\uFFFF\uD83Db', box: [1, 2, 3, 4] }]);
    const { files } = await written(exportPascalVoc(inputOf([line]), never));
    assert.equal(annotation(files['Annotations/a.xml'] ?? '').objects[0]?.name, 'a\uFFFD\uFFFD\uFFFD\uFFFDb');
  });
});

function annotation(xml: string) {
  const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, 'text/xml');
  const root = document.documentElement;
  assert.equal(root?.tagName, 'annotation');
  return {
    file: textIn(root, 'filename'),
    image: textIn(root, 'image'),
    size: { width: textIn(root, 'width'), height: textIn(root, 'height'), depth: textIn(root, 'depth') },
    objects: Array.from(root.getElementsByTagName('object'), (object) => ({
      name: textIn(object, 'name'),
      truncated: textIn(object, 'truncated'),
      box: ['xmin', 'ymin', 'xmax', 'ymax'].map((side) => textIn(object, side)),
    })),
  };
}

function textIn(element: Element, tag: string): string {
  const [found, ...others] = Array.from(element.getElementsByTagName(tag));
  assert.equal(others.length, 0, `<${tag}> is there once`);
  return found?.textContent ?? '';
}
