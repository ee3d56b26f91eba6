import assert from 'node:assert/strict';
import { agreementOf } from '../../../../../src/core/consolidation/wholeJob/agreement.js';
import { answerTable } from '../../../../../src/core/consolidation/wholeJob/answerTable.js';
import { jobOf } from './jobs.js';

/** For each worker one letter per object: the class, or a dot where there is no answer. */
function agreement(...workers: readonly string[]) {
  const answers = workers.flatMap((letters, worker) =>
    Array.from(letters).flatMap((letter, object) =>
      letter === '.' ? [] : [{ object, worker, label: Number(letter) - 1 }],
    ),
  );
  const objectCount = workers[0]?.length ?? 0;
  const job = jobOf(answers, { objectCount, workerCount: workers.length, classCount: 5 });
  const { share, fleissKappa, krippendorffAlpha } = agreementOf(answerTable(job));
  return [share, fleissKappa, krippendorffAlpha].map((value) => value?.toFixed(3));
}

describe('the agreement of workers', () => {
  const examples = [
    { workers: ['123321412...', '1233224125.3', '.3332342251.', '12332441251.'], alpha: '0.743' },
    { workers: ['.....34121133.3', '1.213343.......', '..21344.21133.4'], alpha: '0.691' },
  ];
  for (const { workers, alpha } of examples) {
    it(`is Krippendorff’s α where some objects have fewer answers: ${alpha}`, () => {
      assert.equal(agreement(...workers)[2], alpha);
    });
  }

  it('is Fleiss’s κ where all objects have as many answers', () => {
    // Ten subjects, fourteen raters each: how many chose each of five categories.
    const table = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    const subjects = table.map((counts) =>
      counts.flatMap((count, label) => Array.from({ length: count }, () => label + 1)),
    );
    const raters = Array.from({ length: 14 }, (_, rater) => subjects.map((labels) => labels[rater]).join(''));
    assert.deepEqual(agreement(...raters).slice(0, 2), ['0.378', '0.210']);
  });

  const cases = [
    {
      name: 'complete where all say the same',
      workers: ['1212', '1212', '1212'],
      expected: ['1.000', '1.000', '1.000'],
    },
    { name: 'not more than chance where it is so', workers: ['12', '21'], expected: ['0.000', '-1.000', '-0.500'] },
    {
      name: 'unknown where no object has two answers',
      workers: ['1.', '.2'],
      expected: [undefined, undefined, undefined],
    },
    {
      name: 'a share alone where there is one class',
      workers: ['11', '11'],
      expected: ['1.000', undefined, undefined],
    },
    {
      name: 'not touched by objects with one answer',
      workers: ['12.3', '122.'],
      expected: ['1.000', '1.000', '1.000'],
    },
  ];
  for (const { name, workers, expected } of cases) {
    it(`is ${name}`, () => {
      assert.deepEqual(agreement(...workers), expected);
    });
  }
});
