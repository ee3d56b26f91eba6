import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import {
  estimateWholeJob,
  type WholeJobEstimate,
} from '../../../../../src/core/consolidation/wholeJob/wholeJobEstimate.js';
import { reordered } from '../teams.js';
import { estimateOf } from '../../../../support/estimateOf.js';
import { type Answer, jobOf } from './jobs.js';

const counts = { objectCount: 12, workerCount: 6, classCount: 3 };
/** Any answers; some objects have none, one, or several by the same worker. */
const answers = fc.array(fc.record({ object: fc.nat(11), worker: fc.nat(5), label: fc.nat(2) }), { maxLength: 60 });
const shuffled = fc.tuple(answers, fc.nat());

/** What another implementation of the same estimate found. */
const reference = JSON.parse(readFileSync('test/fixtures/halfpool.json', 'utf8')) as {
  readonly objectCount: number;
  readonly workerCount: number;
  readonly classCount: number;
  readonly answers: readonly (readonly [number, number, number])[];
  readonly posteriors: readonly (readonly number[])[];
};

describe('estimateWholeJob', () => {
  it('gives the probabilities of the reference, to a billionth', () => {
    const given = reference.answers.map(([object, worker, label]) => ({ object, worker, label }));
    const { posteriors } = estimateOf(jobOf(given, reference));
    assertNear(posteriors, reference.posteriors.flat());
  });

  it('gives the same whatever the order of the answers', () => {
    fc.assert(
      fc.property(shuffled, ([given, seed]) => {
        assertAlike(estimateOf(jobOf(reordered(given, seed), counts)), estimateOf(jobOf(given, counts)));
      }),
    );
  });

  it('gives the same for objects, workers and classes under other numbers', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const other = estimateOf(
          jobOf(
            given.map(({ object, worker, label }) => ({
              object: (object * 5 + 3) % 12,
              worker: 5 - worker,
              label: (label + 1) % 3,
            })),
            counts,
          ),
        );
        const { posteriors, accuracies } = estimateOf(jobOf(given, counts));
        assertNear(
          Array.from({ length: 36 }, (_, place) => {
            const [object, label] = [Math.floor(place / 3), place % 3];
            return other.posteriors[((object * 5 + 3) % 12) * 3 + ((label + 1) % 3)] ?? Number.NaN;
          }),
          [...posteriors],
        );
        assertNear(other.accuracies.toReversed(), accuracies);
      }),
    );
  });

  it('has numbers everywhere, which add up', () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: 1, max: 5 }), (given, classCount) => {
        const classes = given.map((answer) => ({ ...answer, label: answer.label % classCount }));
        const result = estimateOf(jobOf(classes, { ...counts, classCount }));
        for (let object = 0; object < counts.objectCount; object += 1) {
          const own = result.posteriors.subarray(object * classCount, (object + 1) * classCount);
          assertNear([own.reduce((sum, value) => sum + value, 0)], [1]);
        }
        for (const values of [result.posteriors, result.confidences, result.accuracies, result.confusions]) {
          assert.ok(values.every((value) => value >= 0 && value <= 1 + 1e-9));
        }
      }),
    );
  });

  it('keeps the label of an object with one answer, whatever the others say', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { labels } = estimateOf(jobOf(given, counts));
        for (let object = 0; object < counts.objectCount; object += 1) {
          const own = given.filter((answer) => answer.object === object);
          assert.equal(labels[object] === -1, own.length === 0);
          assert.ok(own.length !== 1 || own[0]?.label === labels[object]);
        }
      }),
    );
  });

  it('keeps all answers where every object has one, and estimates nothing', () => {
    const given = Array.from({ length: 12 }, (_, object) => ({
      object,
      worker: object % 2,
      label: object % 10 ? 0 : 1,
    }));
    const result = estimateOf(jobOf(given, counts));
    assert.equal(result.isEstimated, false);
    assert.deepEqual(
      [...result.labels],
      given.map(({ label }) => label),
    );
    for (const values of [result.confidences, result.accuracies, result.confusions]) {
      assert.ok(values.every((value) => value === 0));
    }
  });

  it('is as sure as it gets where all agree', () => {
    const result = estimateOf(jobOf(teamOf([1, 1, 1, 1]), counts));
    assert.ok(result.confidences.every((confidence) => confidence >= 0.98));
    assert.deepEqual(
      [...result.labels],
      Array.from({ length: 12 }, (_, object) => object % 3),
    );
  });

  it('finds out who is wrong, and in what', () => {
    // Four workers are right, the fifth takes every 2 for a 0, and the sixth is never right.
    const given = teamOf([1, 1, 1, 1]).concat(
      Array.from({ length: 12 }, (_, object) => ({ object, worker: 4, label: object % 3 === 2 ? 0 : object % 3 })),
      Array.from({ length: 12 }, (_, object) => ({ object, worker: 5, label: (object + 1) % 3 })),
    );
    const { labels, accuracies, confusions, answerCounts } = estimateOf(jobOf(given, counts));
    assert.deepEqual(
      [...labels],
      Array.from({ length: 12 }, (_, object) => object % 3),
    );
    const [first = 0, , , , fifth = 0, sixth = 0] = accuracies;
    assert.ok(first > 0.9 && fifth > 0.6 && fifth < 0.7 && sixth < 0.05, accuracies.join(' '));
    const [, , twosTakenForZeros = 0] = [0, 1, 2].map((truth) => confusions[(4 * 3 + truth) * 3]);
    assert.ok(twosTakenForZeros > 0.9, String(twosTakenForZeros));
    assert.deepEqual([...answerCounts], [12, 12, 12, 12, 12, 12]);
  });

  it('tells how much of it is done', () => {
    const parts = [...estimateWholeJob(jobOf(teamOf([1, 1, 0]), counts))];
    assert.ok(parts.length > 1);
    assert.deepEqual(
      parts,
      parts.toSorted((a, b) => a - b),
    );
    assert.ok(parts.every((part) => part > 0 && part <= 1));
  });

  const outOfRange = [
    { name: 'an object', answer: { object: 12, worker: 0, label: 0 } },
    { name: 'a worker', answer: { object: 0, worker: -1, label: 0 } },
    { name: 'a class', answer: { object: 0, worker: 0, label: 3 } },
  ];
  for (const { name, answer } of outOfRange) {
    it(`refuses ${name} that the job does not have`, () => {
      assert.throws(() => estimateOf(jobOf([answer], counts)), RangeError);
    });
  }

  it('refuses answers without a class', () => {
    const job = { ...jobOf(teamOf([1]), counts), labels: new Int32Array(3) };
    assert.throws(() => estimateOf(job), RangeError);
  });
});

/** Workers who look at all objects: one that is right gives each its class, another the next one. */
function teamOf(areRight: readonly (0 | 1)[]): readonly Answer[] {
  return areRight.flatMap((isRight, worker) =>
    Array.from({ length: 12 }, (_, object) => ({ object, worker, label: (object + (isRight === 1 ? 0 : 1)) % 3 })),
  );
}

function assertAlike(result: WholeJobEstimate, expected: WholeJobEstimate): void {
  assertNear([...result.posteriors], [...expected.posteriors]);
  assertNear([...result.accuracies], [...expected.accuracies]);
  assertNear([...result.confusions], [...expected.confusions]);
  assert.deepEqual(result.labels, expected.labels);
  assert.deepEqual(result.answerCounts, expected.answerCounts);
}

function assertNear(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  assert.equal(found.length, expected.length);
  const greatest = Array.from(expected, (value, place) => Math.abs(value - (found[place] ?? Number.NaN)));
  assert.ok(
    greatest.every((difference) => difference < 1e-9),
    `differs by ${Math.max(...greatest)}`,
  );
}
