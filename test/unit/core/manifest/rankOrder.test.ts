import assert from 'node:assert/strict';
import { sortedByRank } from '../../../../src/core/manifest/rankOrder.js';
import { randomNumbers } from './randomManifest.js';

const { NaN: none } = Number;

describe('the order of ranks', () => {
  const cases: readonly { readonly name: string; readonly ranks: readonly number[] }[] = [
    { name: 'nothing', ranks: [] },
    { name: 'no rank at all', ranks: [none, none] },
    { name: 'equal ones, also 0 and -0', ranks: [1, 0, -0, 1, 0, -0] },
    { name: 'numbers of either sign', ranks: [3, -1, 0.5, -1e300, 1e300, none, 5e-324, -5e-324, Infinity, -Infinity] },
    { name: 'what is in order', ranks: [1, 2, 2, 3, none] },
    { name: 'many of few', ranks: many((random) => Math.floor(random() * 4)) },
    { name: 'confidences', ranks: many((random) => (random() < 0.1 ? none : Math.round(random() * 100) / 100)) },
    { name: 'what is the other way round', ranks: [5, 4, 3, -1] },
    { name: 'times', ranks: many((random) => 1.7e12 + random() * 1e9) },
  ];
  for (const { name, ranks } of cases) {
    for (const sign of [1, -1]) {
      it(`${sign < 0 ? 'down' : 'up'} is that of comparing, for ${name}`, () => {
        const compared = Array.from(ranks.keys()).toSorted((a, b) => {
          const [x = none, y = none] = [ranks[a], ranks[b]];
          const missing = Number(Number.isNaN(x)) - Number(Number.isNaN(y));
          return missing || (Number.isNaN(x) || x === y ? 0 : sign * (x < y ? -1 : 1)) || a - b;
        });
        const lines = Uint32Array.from(ranks.keys());
        assert.deepEqual([...sortedByRank(lines, Float64Array.from(ranks), sign < 0)], compared);
      });
    }
  }
});

function many(make: (random: () => number) => number): number[] {
  const random = randomNumbers(7);
  return Array.from({ length: 5_000 }, () => make(random));
}
