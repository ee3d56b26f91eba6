import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type AnswerTable, answerTable } from '../../../../../src/core/consolidation/wholeJob/answerTable.js';
import { createSweep, rowPosteriors, type Sweep } from '../../../../../src/core/consolidation/wholeJob/sweep.js';
import { jobOf } from './jobs.js';

const answers = fc.array(fc.record({ object: fc.nat(9), worker: fc.nat(4), label: fc.nat(6) }), { maxLength: 80 });

describe('a round of expectation', () => {
  it('does what its formula says, for any number of classes and kinds', () => {
    const logarithm = fc.double({ min: -300, max: 0, noNaN: true });
    fc.assert(
      fc.property(
        answers,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 3 }),
        fc.array(logarithm, { minLength: 50, maxLength: 50 }),
        (given, classCount, subtypes, logarithms) => {
          const table = tableOf(given, classCount);
          const sweep = createSweep(table, subtypes);
          fill(sweep, table, logarithms);
          const before = rowPosteriors(sweep, table);
          const expected = plainRound(sweep, table);
          const change = sweep.run();
          const after = rowPosteriors(sweep, table);
          assertNear(after, expected.posteriors);
          assertNear(sweep.totals, expected.totals);
          assertNear(sweep.counts, expected.counts);
          assertNear([change], [Math.max(0, ...after.map((value, place) => Math.abs(value - (before[place] ?? 0))))]);
          assert.equal(sweep.run(), 0);
        },
      ),
    );
  });

  it('has objects with the same answers share a row', () => {
    const given = Array.from({ length: 1_000 }, (_, object) => [
      { object, worker: 1, label: object % 2 },
      { object, worker: 0, label: 1 },
    ]).flat();
    const { rowCount, weights, rowOfObject } = answerTable(
      jobOf(given, { objectCount: 1_001, workerCount: 2, classCount: 2 }),
    );
    assert.equal(rowCount, 3);
    assert.deepEqual([...weights], [500, 500, 1]);
    assert.equal(rowOfObject[0], rowOfObject[998]);
  });
});

function tableOf(given: readonly { object: number; worker: number; label: number }[], classCount: number): AnswerTable {
  const classes = given.map((answer) => ({ ...answer, label: answer.label % classCount }));
  return answerTable(jobOf(classes, { objectCount: 10, workerCount: 5, classCount }));
}

/** Any shares and likelihoods, over and over the same fifty. */
function fill(
  { shares, logarithms, evenClasses }: Sweep,
  { classCount }: AnswerTable,
  values: readonly number[],
): void {
  shares.forEach((_share, state) => {
    shares[state] = state % evenClasses < classCount ? (values[(state * 7) % 50] ?? 0) : Number.NEGATIVE_INFINITY;
  });
  logarithms.forEach((_logarithm, place) => {
    logarithms[place] = values[(place * 3) % 50] ?? 0;
  });
}

function plainRound({ shares, logarithms, evenClasses, states }: Sweep, table: AnswerTable) {
  const posteriors = new Float64Array(table.rowCount * table.classCount);
  const totals = new Float64Array(states);
  const counts = new Float64Array(logarithms.length);
  for (let row = 0; row < table.rowCount; row += 1) {
    const cells = [...table.answers.subarray(table.rowStarts[row], table.rowStarts[row + 1])];
    const sums = Array.from(shares, (share, state) =>
      cells.reduce((sum, cell) => sum + (logarithms[cell * states + state] ?? 0), share),
    );
    const powers = sums.map((sum) => Math.exp(sum - Math.max(...sums)));
    const all = powers.reduce((sum, power) => sum + power, 0);
    powers.forEach((power, state) => {
      const truth = state % evenClasses;
      const share = power / all;
      if (truth < table.classCount) {
        add(posteriors, row * table.classCount + truth, share);
      }
      add(totals, state, share * (table.weights[row] ?? 0));
      cells.forEach((cell) => add(counts, cell * states + state, share * (table.weights[row] ?? 0)));
    });
  }
  return { posteriors, totals, counts };
}

function add(values: Float64Array, place: number, value: number): void {
  values[place] = (values[place] ?? 0) + value;
}

function assertNear(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  assert.equal(found.length, expected.length);
  for (let place = 0; place < expected.length; place += 1) {
    const [value = Number.NaN, other = Number.NaN] = [found[place], expected[place]];
    assert.ok(Math.abs(value - other) <= 1e-13 * Math.max(1, other), `${value} is not ${other}`);
  }
}
