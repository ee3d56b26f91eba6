import type { JsonObject } from '../../src/core/json.js';
import { boxes, failed, keypoints, picture, polygon, single, text } from './labeledLines.js';

/** Pictures of 200 × 100 pixels, for the formats of object detection, and what these have no place for. */
export const markedLines: readonly JsonObject[] = [
  boxes(picture('x/a.jpg'), [
    { name: 'cat', box: [0, 0, 200, 100] },
    { name: 'dog & "co"', box: [10, 20, 50, 30] },
  ]),
  boxes(picture('y/a.png'), []),
  boxes(picture('c.jpg'), [
    { name: 'cat', box: [150, 50, 100, 100] },
    { name: 'cat', box: [300, 0, 10, 10] },
    { name: 'cat', box: [10, 10, 0, 10] },
  ]),
  polygon(picture('d.jpg'), 'cow', [
    [20, 10],
    [60, 10],
    [60, 50],
  ]),
  keypoints(picture('e.jpg'), 'nose', 3, 4),
  single(picture('f.jpg'), 'cat'),
  boxes(text('hello'), []),
  { ...boxes(picture('h.jpg'), []), lan: { annotations: [] } },
  boxes(picture('x/a.jpg'), []),
  failed(picture('j.jpg')),
];

export const markedCopies = {
  'a.jpg': 's3://pictures/x/a.jpg',
  'a-2.png': 's3://pictures/y/a.png',
  'c.jpg': 's3://pictures/c.jpg',
  'd.jpg': 's3://pictures/d.jpg',
};

export const markedSkips = [
  [2, { kind: 'markOutside', mark: 1 }],
  [2, { kind: 'markOutside', mark: 2 }],
  [4, { kind: 'otherForm', form: 'marks' }],
  [5, { kind: 'otherForm', form: 'class' }],
  [6, { kind: 'sourceIsText' }],
  [7, { kind: 'noImageSize' }],
  [8, { kind: 'duplicateSource' }],
  [9, { kind: 'failed', failureReason: 'ClientError: expired.' }],
];

export function within(folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([name, from]) => [`${folder}/${name}`, from]));
}
