import assert from 'node:assert/strict';
import { seconds } from '../../../webview/manifest/format.js';

describe('a time that was spent', () => {
  for (const [value, told] of [
    [0, '0.0 s'],
    [2.25, '2.3 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min 0 s'],
    [60, '1 min 0 s'],
    [119.4, '1 min 59 s'],
    [119.6, '2 min 0 s'],
    [3_600, '60 min 0 s'],
  ] as const) {
    it(`of ${value} seconds is ${told}`, () => assert.equal(seconds(value), told));
  }
});
