import assert from 'node:assert/strict';
import { fromObjectUri, toObjectUri } from '../../../src/core/objectUri.js';

describe('object URIs', () => {
  const keys = [
    'traindata/0.jpg',
    'a b/c d.jpg',
    'hash#mark?.jpg',
    '100%.jpg',
    'literal%2Fslash.jpg',
    'ñandú/🐕.jpg',
    'e\u0301 and \u00e9',
    '/leading',
    '//two leading',
    'double//inside',
    'trailing/',
    '/',
    '.',
    '..',
    '../../evil',
    'a/./b/../c',
    '~',
    '~~/~.',
    '~name',
    'back\\slash',
    'colon:and 2019-04-09_04:21:19.json',
  ];

  for (const key of keys) {
    it(`bring back the key "${key}"`, () => {
      const uri = toObjectUri({ bucket: 'my.bucket', key });
      assert.deepEqual(fromObjectUri(uri), { bucket: 'my.bucket', key });
    });

    it(`hold no segment that VS Code would resolve, for "${key}"`, () => {
      const segments = toObjectUri({ bucket: 'b', key }).path.slice(1).split('/');
      assert.deepEqual(
        segments.filter((segment) => ['', '.', '..'].includes(segment)),
        [],
      );
    });
  }

  it('stay different where the keys are', () => {
    const paths = keys.map((key) => toObjectUri({ bucket: 'b', key }).path);
    assert.equal(new Set(paths).size, keys.length);
  });

  it('name the bucket itself by an empty path', () => {
    assert.deepEqual(fromObjectUri({ authority: 'b', path: '/' }), { bucket: 'b', key: '' });
    assert.equal(toObjectUri({ bucket: 'b', key: '' }).path, '/');
  });
});
