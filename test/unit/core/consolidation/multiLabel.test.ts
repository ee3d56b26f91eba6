import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { consolidateMultiLabel, type LabelChoice } from '../../../../src/core/consolidation/multiLabel.js';
import { answersOf, reordered } from './teams.js';

const choice = fc.subarray([0, 1, 2, 3]);
/** Some objects of a batch, each answered by the same workers. */
const batch = fc
  .integer({ min: 2, max: 9 })
  .chain((workers) => fc.array(fc.array(choice, { minLength: workers, maxLength: workers }), { minLength: 1 }))
  .map((objects) => objects.map((choices) => answersOf(choices, (labels) => ({ labels }))));

describe('consolidateMultiLabel', () => {
  it('keeps every label that somebody chose', () => {
    fc.assert(
      fc.property(batch, (objects) => {
        const found = consolidateMultiLabel(objects).map((labels) => new Set(labels.map(({ label }) => label)));
        const chosen = objects.map((choices) => new Set(choices.flatMap(({ labels }) => labels)));
        assert.deepEqual(found, chosen);
      }),
    );
  });

  it('does not mind the order of the workers', () => {
    fc.assert(
      fc.property(batch, fc.nat(), (objects, seed) => {
        const others = objects.map((choices) => reordered(choices, seed));
        assert.deepEqual(consolidateMultiLabel(others), consolidateMultiLabel(objects));
      }),
    );
  });

  it('gives no combination of answers a greater confidence than to choose the same', () => {
    fc.assert(
      fc.property(fc.array(choice, { minLength: 2, maxLength: 9 }), (choices) => {
        const all = answersOf(choices, () => ({ labels: [0, 1, 2, 3] }));
        const [unanimous = []] = consolidateMultiLabel([all]);
        const [mixed = []] = consolidateMultiLabel([answersOf(choices, (labels) => ({ labels }))]);
        const [most] = unanimous;
        assert.ok(mixed.every(({ confidence }) => confidence <= (most?.confidence ?? 0)));
      }),
    );
  });

  it('is surer of what a worker chose when the worker comes twice', () => {
    fc.assert(
      fc.property(fc.array(choice, { minLength: 2, maxLength: 8 }), fc.nat(), (choices, place) => {
        const answers = answersOf(choices, (labels) => ({ labels }));
        const copied = answers[place % answers.length] ?? { worker: '', labels: [] };
        const before = confidences(answers);
        const after = confidences([...answers, { ...copied, worker: 'copy' }]);
        assert.ok(copied.labels.every((label) => (after.get(label) ?? 0) >= (before.get(label) ?? 1)));
      }),
    );
  });

  const ofThree = [
    { workers: 1, confidence: 0.12 },
    { workers: 2, confidence: 0.88 },
    { workers: 3, confidence: 0.95 },
  ];
  for (const { workers, confidence } of ofThree) {
    it(`has ${confidence} for a label that ${workers} of 3 chose`, () => {
      const choices = answersOf([0, 1, 2], (index) => ({ labels: index < workers ? [7] : [] }));
      assert.deepEqual(consolidateMultiLabel([choices]), [[{ label: 7, confidence }]]);
    });
  }

  it('keeps what a single worker chose, and estimates nothing', () => {
    const objects = [[{ worker: 'a', labels: [3, 1] }], [{ worker: 'a', labels: [] }]];
    assert.deepEqual(consolidateMultiLabel(objects), [
      [
        { label: 1, confidence: 0 },
        { label: 3, confidence: 0 },
      ],
      [],
    ]);
  });
});

function confidences(answers: readonly LabelChoice[]): ReadonlyMap<number, number> {
  const [labels = []] = consolidateMultiLabel([answers]);
  return new Map(labels.map(({ label, confidence }) => [label, confidence]));
}
