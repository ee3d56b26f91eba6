import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Annotation, consolidateSingleLabel } from '../../../../src/core/consolidation/singleLabel.js';

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
