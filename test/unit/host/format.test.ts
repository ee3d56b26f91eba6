import assert from 'node:assert/strict';
import { formatBytes } from '../../../src/host/support/format.js';

describe('a size', () => {
  const cases = [
    [0, '0 B'],
    [1_023, '1023 B'],
    [1_024, '1 KB'],
    [49_766, '48.6 KB'],
    [1_048_576, '1 MB'],
    [5 * 1_024 ** 5, '5120 TB'],
  ] as const;

  for (const [bytes, text] of cases) {
    it(`of ${bytes} bytes reads ${text}`, () => assert.equal(formatBytes(bytes), text));
  }
});
