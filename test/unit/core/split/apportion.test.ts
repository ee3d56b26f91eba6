import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { apportion, apportionStrata } from '../../../../src/core/split/apportion.js';

const cases: readonly {
  readonly count: number;
  readonly shares: readonly number[];
  readonly parts: readonly number[];
}[] = [
  { count: 10, shares: [0.7, 0.15, 0.15], parts: [7, 2, 1] },
  { count: 10, shares: [8, 1, 1], parts: [8, 1, 1] },
  { count: 1, shares: [0.8, 0.1, 0.1], parts: [1, 0, 0] },
  { count: 4, shares: [0.8, 0.1, 0.1], parts: [3, 1, 0] }, // 3.2, 0.4, 0.4
  { count: 0, shares: [1, 1], parts: [0, 0] },
  { count: 7, shares: [1, 0, 1], parts: [4, 0, 3] },
  { count: 100, shares: [0.7, 0.2, 0.1], parts: [70, 20, 10] },
];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

describe('apportion', () => {
  for (const { count, shares, parts } of cases) {
    it(`deals ${count} out to ${shares.join(' : ')} as ${parts.join(' + ')}`, () => {
      assert.deepEqual(apportion(count, shares), parts);
    });
  }
});

describe('apportionStrata', () => {
  it('gives every part its share of many small strata', () => {
    const strata = Array.from({ length: 100 }, () => 1);
    const counts = apportionStrata(strata, [8, 1, 1]);
    assert.deepEqual(
      [0, 1, 2].map((part) => sum(counts.map((row) => row[part] ?? 0))),
      [80, 10, 10],
    );
  });

  it('leaves strata alone whose totals are right', () => {
    assert.deepEqual(apportionStrata([10, 10], [8, 1, 1]), [
      [8, 1, 1],
      [8, 1, 1],
    ]);
    assert.deepEqual(apportionStrata([10, 10], [70, 15, 15]), [
      [7, 1, 2],
      [7, 2, 1],
    ]);
  });

  it('rounds every share down or up, and has the totals of the largest remainders', () => {
    const shares = fc
      .array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 5 })
      .filter((list) => sum(list) > 0);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 30 }), shares, (strata, parts) => {
        const counts = apportionStrata(strata, parts);
        for (const [index, row] of counts.entries()) {
          const exact = parts.map((share) => ((strata[index] ?? 0) * share) / sum(parts));
          assert.equal(sum(row), strata[index]);
          assert.ok(row.every((count, part) => Math.abs(count - (exact[part] ?? 0)) < 1));
        }
        const totals = parts.map((_, part) => sum(counts.map((row) => row[part] ?? 0)));
        assert.deepEqual(totals, apportion(sum(strata), parts));
      }),
    );
  });
});
