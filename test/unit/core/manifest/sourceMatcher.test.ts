import assert from 'node:assert/strict';
import { ManifestColumns } from '../../../../src/core/manifest/manifestColumns.js';
import { matchSources } from '../../../../src/core/manifest/sourceMatcher.js';
import { randomNumbers } from './randomManifest.js';

const letters = ['a', 'b', 'A', 'B', '/', '.'];

describe('searching sources', () => {
  it('finds in random names what looking at each of them finds', () => {
    const random = randomNumbers(11);
    const word = (most: number) =>
      Array.from({ length: Math.floor(random() * most) }, () => letters[Math.floor(random() * letters.length)]).join(
        '',
      );
    let hits = 0;
    for (let round = 0; round < 300; round++) {
      const sources = Array.from({ length: 40 }, () => ({
        kind: random() < 0.3 ? ('text' as const) : ('object' as const),
        value: word(12),
      }));
      const columns = new ManifestColumns();
      sources.forEach((source) => columns.add({ source, labels: [] }));
      const text = (word(5) || 'a').toLowerCase();
      const expected = sources.map(({ kind, value }) => {
        const shown = kind === 'text' || text.includes('/') ? value : value.slice(value.lastIndexOf('/') + 1);
        return shown.toLowerCase().includes(text) ? 1 : 0;
      });
      assert.deepEqual([...matchSources(columns, text)], expected, `"${text}" in ${JSON.stringify(sources)}`);
      hits += expected.filter((found) => found === 1).length;
    }
    assert.ok(hits > 500, 'something was found');
  });
});
