import assert from 'node:assert/strict';
import { afterPrefix } from '../../../../src/local/store/keyOrder.js';

describe('afterPrefix', () => {
  const cases = [
    { prefix: 'a/', next: 'a0' },
    { prefix: 'ü', next: 'ý' },
    { prefix: '🐕', next: '🐖' },
    { prefix: 'a\u{D7FF}', next: 'a\u{E000}' }, // Between them lie the surrogates, which are no characters.
    { prefix: 'a\u{10FFFF}', next: 'b' },
    { prefix: '\u{10FFFF}', next: undefined },
    { prefix: '', next: undefined },
  ];

  for (const { prefix, next } of cases) {
    it(`comes after every key that starts with ${JSON.stringify(prefix)}`, () => {
      assert.equal(afterPrefix(prefix), next);
      if (next !== undefined) {
        const bytes = Buffer.from(next);
        assert.ok(Buffer.compare(bytes, Buffer.from(prefix)) > 0);
        assert.ok(Buffer.compare(bytes, Buffer.from(`${prefix}\u{10FFFF}`)) > 0);
      }
    });
  }
});
