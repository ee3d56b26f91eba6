import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type GroupingRule, type Mark, mergeGroups } from '../../../../src/core/consolidation/grouping.js';
import { plainlyMerged } from './plainGrouping.js';

/** A stretch of a line: few places, so that many pairs are equally similar. */
interface Stretch extends Mark {
  readonly start: number;
  readonly end: number;
}

const stretches = fc.array(
  fc.record({
    worker: fc.constantFrom('ann', 'bea', 'cid', 'dan', 'eve'),
    start: fc.nat(9),
    length: fc.integer({ min: 1, max: 7 }),
  }),
  { maxLength: 24 },
);

function rule(threshold: number): GroupingRule<Stretch> {
  return {
    threshold,
    extent: ({ start, end }) => [start, end],
    similarity: (a, b) => {
      const common = Math.min(a.end, b.end) - Math.max(a.start, b.start);
      return common <= 0 ? 0 : common / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
    },
  };
}

describe('mergeGroups', () => {
  it('finds what comparing all pairs before each merging finds', () => {
    fc.assert(
      fc.property(
        stretches,
        fc.constantFrom(0.1, 0.3, 0.5, 0.7, 1),
        fc.constantFrom(0.2, 0.5),
        (drawn, first, second) => {
          const marks = drawn.map(({ worker, start, length }) => [{ worker, start, end: start + length }]);
          const found = mergeGroups(marks, rule(first));
          assert.deepEqual(found, plainlyMerged(marks, rule(first)));
          assert.deepEqual(mergeGroups(found, rule(second)), plainlyMerged(found, rule(second)));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('takes the pair that is met first of equally similar ones', () => {
    const [early, late] = [
      { worker: 'ann', start: 0, end: 4 },
      { worker: 'ann', start: 2, end: 6 },
    ];
    const between = { worker: 'bea', start: 1, end: 5 };
    assert.deepEqual(mergeGroups([[early], [between], [late]], rule(0.5)), [[early, between], [late]]);
    assert.deepEqual(mergeGroups([[late], [between], [early]], rule(0.5)), [[late, between], [early]]);
  });

  it('puts together hundreds of marks that all lie on each other', () => {
    const marks = ['ann', 'bea'].flatMap((worker) =>
      Array.from({ length: 300 }, (_, start) => [{ worker, start, end: start + 1000 }]),
    );
    const found = mergeGroups(marks, rule(0.5));
    assert.equal(found.length, 300);
    assert.ok(found.every(([one, other]) => one?.start === other?.start));
  });
});
