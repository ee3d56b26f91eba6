import assert from 'node:assert/strict';
import { exportImageFolders } from '../../../../src/core/export/imageFolders.js';
import { inputOf, never, written } from '../../../support/exported.js';
import { boxes, failed, multi, picture, single, text, verdict } from '../../../support/labeledLines.js';

describe('exportImageFolders', () => {
  it('copies each object into the folder of its class, under a name of its own', async () => {
    const { copies, files, skipped } = await written(
      exportImageFolders(
        inputOf([
          single(picture('one/0.jpg'), 'cat'),
          single(picture('two/0.jpg'), 'cat'),
          single(picture('two/0.PNG'), 'cat'),
          single(picture('two/0.jpg'), 'dog'),
          multi(picture('3.jpg'), ['dog']),
          verdict(picture('4.jpg'), 'good'),
        ]),
        {},
        never,
      ),
    );
    assert.deepEqual(copies, {
      'cat/0.jpg': 's3://pictures/one/0.jpg',
      'cat/0-2.jpg': 's3://pictures/two/0.jpg',
      'cat/0-3.PNG': 's3://pictures/two/0.PNG',
      'dog/0.jpg': 's3://pictures/two/0.jpg',
      'dog/3.jpg': 's3://pictures/3.jpg',
      'good/4.jpg': 's3://pictures/4.jpg',
    });
    assert.deepEqual([files, skipped], [{}, []]);
  });

  it('keeps classes apart whose names no folder can have, or which differ only in case', async () => {
    const classes = ['a/b', 'a:b', 'Cat', 'cat', '..', 'CON', ''];
    const { copies } = await written(
      exportImageFolders(inputOf(classes.map((name, index) => single(picture(`${index}.jpg`), name))), {}, never),
    );
    assert.deepEqual(Object.keys(copies), [
      'a_b/0.jpg',
      'a_b-2/1.jpg',
      'Cat/2.jpg',
      'cat-2/3.jpg',
      '__/4.jpg',
      '_CON/5.jpg',
      '_/6.jpg',
    ]);
  });

  it('has folders for each part of a split, and tells what is in none', async () => {
    const lines = ['cat', 'cat', 'dog'].map((name, index) => single(picture(`${index}.jpg`), name));
    const { copies, skipped } = await written(
      exportImageFolders(inputOf(lines), { partOf: (line) => ['train', 'test'][line] }, never),
    );
    assert.deepEqual(Object.keys(copies), ['train/cat/0.jpg', 'test/cat/1.jpg']);
    assert.deepEqual(
      skipped.map(({ line, reason }) => [line, reason.kind]),
      [[2, 'noPart']],
    );
  });

  it('says of every other object why it has no place', async () => {
    const { copies, skipped } = await written(
      exportImageFolders(
        inputOf([
          multi(picture('0.jpg'), ['cat', 'dog']),
          multi(picture('1.jpg'), []),
          boxes(picture('2.jpg'), []),
          single(text('hello'), 'greeting'),
          failed(picture('4.jpg')),
          'no JSON',
          single(picture('6.jpg'), 'cat'),
          single(picture('6.jpg'), 'cat'),
        ]),
        {},
        never,
      ),
    );
    assert.deepEqual(Object.keys(copies), ['cat/6.jpg']);
    assert.deepEqual(
      skipped.map(({ line, reason }) => [line, reason.kind]),
      [
        [0, 'severalClasses'],
        [1, 'noClass'],
        [2, 'otherForm'],
        [3, 'sourceIsText'],
        [4, 'failed'],
        [5, 'notJson'],
        [7, 'duplicateSource'],
      ],
    );
  });
});
