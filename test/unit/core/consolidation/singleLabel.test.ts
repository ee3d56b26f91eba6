import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import type { Annotation } from '../../../../src/core/consolidation/batchEstimate.js';
import { consolidateSingleLabel } from '../../../../src/core/consolidation/singleLabel.js';
import { answersOf, reordered } from './teams.js';

interface Vector {
  readonly name: string;
  readonly classes: number;
  /** Per object, the class that each worker chose. */
  readonly annotations: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly expected: Readonly<
    Record<string, { readonly class: number; readonly pmax: number; readonly confidence: number }>
  >;
}

const { cases } = JSON.parse(readFileSync('test/fixtures/consolidationVectors.json', 'utf8')) as {
  readonly cases: readonly Vector[];
};

const answers = fc.array(fc.nat(3), { minLength: 2, maxLength: 8 });
/** Some objects of a batch, each answered by some of the workers. */
const batch = fc
  .array(answers, { minLength: 1 })
  .map((objects) => objects.map((labels) => answersOf(labels, (label) => ({ label }))));

describe('consolidateSingleLabel', () => {
  for (const vector of cases) {
    it(`gives the published result for ${vector.name}`, () => {
      const results = consolidateSingleLabel(objectsOf(vector), vector.classes);
      const rounded = results.map(({ label, probability, confidence }) => ({
        class: label,
        pmax: Number(probability.toFixed(6)),
        confidence,
      }));
      assert.deepEqual(rounded, Object.values(vector.expected));
    });

    it(`does not mind the order of the workers in ${vector.name}`, () => {
      const reversed = objectsOf(vector).map((annotations) => annotations.toReversed());
      assert.deepEqual(
        consolidateSingleLabel(reversed, vector.classes).map(({ label, confidence }) => ({ label, confidence })),
        Object.values(vector.expected).map((expected) => ({ label: expected.class, confidence: expected.confidence })),
      );
    });
  }

  it('changes no bit of the result with the order of the workers', () => {
    fc.assert(
      fc.property(batch, fc.nat(), (objects, seed) => {
        const others = objects.map((annotations) => reordered(annotations, seed));
        assert.deepEqual(consolidateSingleLabel(others, 4), consolidateSingleLabel(objects, 4));
      }),
    );
  });

  it('gives no combination of answers a greater confidence than to choose the same', () => {
    fc.assert(
      fc.property(answers, (labels) => {
        const [mixed] = consolidateSingleLabel([answersOf(labels, (label) => ({ label }))], 4);
        const [unanimous] = consolidateSingleLabel([answersOf(labels, () => ({ label: 0 }))], 4);
        assert.ok(mixed && unanimous && mixed.probability <= unanimous.probability + 1e-12);
      }),
    );
  });

  it('is surer when a worker who chose the label comes twice', () => {
    fc.assert(
      fc.property(answers, (labels) => {
        const annotations = answersOf(labels, (label) => ({ label }));
        const [before] = consolidateSingleLabel([annotations], 4);
        const copied = { worker: 'copy', label: before?.label ?? 0 };
        const [after] = consolidateSingleLabel([[...annotations, copied]], 4);
        assert.ok(before && after && after.label === before.label && after.probability > before.probability - 1e-12);
      }),
    );
  });

  it('keeps the answer of a single worker and estimates no confidence', () => {
    const objects = [1, 0, 1, 1].map((label) => [{ worker: 'a', label }]);
    assert.deepEqual(
      consolidateSingleLabel(objects, 2).map(({ label, confidence }) => ({ label, confidence })),
      [1, 0, 1, 1].map((label) => ({ label, confidence: 0 })),
    );
  });

  it('leaves objects with one answer out of the estimate of the others', () => {
    const shared: Annotation[][] = [
      [
        { worker: 'a', label: 0 },
        { worker: 'b', label: 0 },
        { worker: 'c', label: 1 },
      ],
    ];
    const single: Annotation[] = [{ worker: 'c', label: 1 }];
    const [alone] = consolidateSingleLabel(shared, 3);
    const [, beside] = consolidateSingleLabel([single, ...shared], 3);
    assert.deepEqual(beside, alone);
  });

  it('gives the only class there is', () => {
    const [result] = consolidateSingleLabel([['a', 'b'].map((worker) => ({ worker, label: 0 }))], 1);
    assert.deepEqual(result, { label: 0, probability: 1, confidence: 0.95 });
  });

  it('refuses an object that nobody answered', () => {
    assert.throws(() => consolidateSingleLabel([[]], 2), RangeError);
  });
});

function objectsOf({ annotations }: Vector): readonly (readonly Annotation[])[] {
  return Object.values(annotations).map((byWorker) =>
    Object.entries(byWorker).map(([worker, label]) => ({ worker, label })),
  );
}
