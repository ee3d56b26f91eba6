import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { type Box, consolidateBoxes } from '../../../../src/core/consolidation/boundingBoxes.js';
import type { ConsolidatedMark, Marking } from '../../../../src/core/consolidation/marks.js';
import { consolidateSpans, type Span } from '../../../../src/core/consolidation/textSpans.js';
import { answersOf, reordered } from './teams.js';

/** Things side by side, which each worker may miss, mark a little differently, or take for something else. */
function scene<T>(
  markOf: (place: number, shift: number, label: number) => T,
  { mostThings, mostShift } = { mostThings: 4, mostShift: 60 },
): fc.Arbitrary<readonly (readonly T[])[]> {
  const mark = fc.record({ isMissed: fc.boolean(), shift: fc.nat(mostShift), label: fc.nat(2) });
  return fc
    .integer({ min: 1, max: mostThings })
    .chain((things) =>
      fc.array(fc.array(mark, { minLength: things, maxLength: things }), { minLength: 2, maxLength: 9 }),
    )
    .map((workers) =>
      workers.map((marks) =>
        marks.flatMap(({ isMissed, shift, label }, place) => (isMissed ? [] : [markOf(place, shift, label)])),
      ),
    );
}

const boxAt = (place: number, shift: number, label: number): Box => ({
  label,
  left: place * 400 + shift,
  top: shift / 2,
  width: 100,
  height: 200 - shift,
});

const spanAt = (place: number, shift: number, label: number): Span => ({
  label,
  start: place * 400 + shift,
  end: place * 400 + 100,
});

describe('consolidateBoxes', () => describeMarks(consolidateBoxes, boxAt));
describe('consolidateSpans', () => describeMarks(consolidateSpans, spanAt));

function describeMarks<T extends { readonly label: number }>(
  consolidate: (objects: readonly (readonly Marking<T>[])[]) => readonly (readonly ConsolidatedMark<T>[])[],
  markAt: (place: number, shift: number, label: number) => T,
): void {
  const workers = scene(markAt);
  const result = (answers: readonly Marking<T>[]) => consolidate([answers])[0] ?? [];
  const answersTo = (marks: readonly (readonly T[])[]) => answersOf(marks, (own) => ({ marks: own }));

  it('does not mind the order of the workers', () => {
    fc.assert(
      fc.property(fc.array(workers, { maxLength: 3 }), fc.nat(), (batch, seed) => {
        const objects = batch.map(answersTo);
        assert.deepEqual(consolidate(objects.map((answers) => reordered(answers, seed))), consolidate(objects));
      }),
    );
  });

  it('does not mind the order of a worker’s marks', () => {
    fc.assert(
      fc.property(workers, fc.nat(), (marks, seed) => {
        const others = marks.map((own) => reordered(own, seed));
        assert.deepEqual(result(answersTo(others)), result(answersTo(marks)));
      }),
    );
  });

  it('gives back what all marked alike', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(5)), fc.integer({ min: 2, max: 9 }), (places, team) => {
        const marks = places.toSorted((a, b) => a - b).map((place) => markAt(place, 0, 1));
        const found = result(answersTo(Array.from({ length: team }, () => marks)));
        assert.deepEqual(
          found.map(({ confidence: _confidence, ...mark }) => mark),
          marks,
        );
      }),
    );
  });

  it('gives no combination of answers a greater confidence than to mark the same', () => {
    fc.assert(
      fc.property(workers, (marks) => {
        const [unanimous] = result(answersTo(marks.map(() => [markAt(0, 0, 0)])));
        assert.ok(result(answersTo(marks)).every(({ confidence }) => confidence <= (unanimous?.confidence ?? 0)));
      }),
    );
  });

  // Without anything beside it, which would tell of the workers too, and with marks that clearly belong together.
  it('is surer of a thing with one more worker who marks what came out', () => {
    fc.assert(
      fc.property(scene(markAt, { mostThings: 1, mostShift: 10 }), (marks) => {
        const answers = answersTo(marks);
        const before = result(answers);
        const copied = before.map(({ confidence: _confidence, ...mark }) => mark as unknown as T);
        const after = result([...answers, { worker: 'one more', marks: copied }]);
        for (const { confidence, ...mark } of before) {
          const same = after.find((other) => isSame(other, mark));
          assert.ok(same && same.confidence >= confidence);
        }
      }),
    );
  });

  const ofThree = [
    { markers: 2, confidence: 0.88 },
    { markers: 3, confidence: 0.95 },
  ];
  for (const { markers, confidence } of ofThree) {
    it(`has ${confidence} for what ${markers} of 3 marked`, () => {
      const marks = Array.from({ length: 3 }, (_, index) => (index < markers ? [markAt(0, 0, 0)] : []));
      assert.deepEqual(result(answersTo(marks)), [{ ...markAt(0, 0, 0), confidence }]);
    });
  }

  it('is surer when one of two in three comes twice', () => {
    const marks = [[markAt(0, 0, 0)], [markAt(0, 0, 0)], []];
    const [before] = result(answersTo(marks));
    const [after] = result(answersTo([...marks, [markAt(0, 0, 0)]]));
    assert.ok(before && after && after.confidence > before.confidence);
  });

  it('keeps a single worker’s marks as they are, in their order, and estimates nothing', () => {
    const marks = [markAt(2, 30, 1), markAt(0, 10, 0), markAt(0, 10, 0)];
    const found = result(answersTo([marks]));
    assert.deepEqual(
      found.map(({ confidence: _confidence, ...mark }) => mark),
      marks,
    );
    assert.ok(found.every(({ confidence }) => confidence === 0));
  });

  it('has nothing where nobody marked anything', () => {
    assert.deepEqual(consolidate([answersTo([[], []]), []]), [[], []]);
  });
}

function isSame(a: object, b: object): boolean {
  return Object.entries(b).every(([name, value]) => (a as Record<string, unknown>)[name] === value);
}

interface Oracles {
  readonly bbox: {
    readonly annotations: readonly [string, string, readonly [number, number, number, number]][];
    readonly expected: readonly { readonly label: string; readonly box: readonly number[] }[];
  };
  readonly ner: {
    readonly cases: readonly {
      readonly workers: Readonly<Record<string, readonly [number, number, string][]>>;
      readonly expected: readonly [number, number, string][];
    }[];
  };
}

const oracles = JSON.parse(readFileSync('test/fixtures/structuredOracles.json', 'utf8')) as Oracles;

describe('the published examples of consolidation', () => {
  it('have these boxes', () => {
    const labels = ['car', 'dog'];
    const drawings = ['A', 'B', 'C'].map((worker) => ({
      worker,
      marks: oracles.bbox.annotations
        .filter(([name]) => name === worker)
        .map(([, label, [left, top, right, bottom]]) => ({
          label: labels.indexOf(label),
          left,
          top,
          width: right - left,
          height: bottom - top,
        })),
    }));
    const [boxes = []] = consolidateBoxes([drawings]);
    assert.deepEqual(
      boxes.map(({ label, left, top, width, height }) => ({
        label: labels[label],
        box: [left, top, left + width, top + height],
      })),
      oracles.bbox.expected.map(({ label, box }) => ({ label, box })),
    );
  });

  oracles.ner.cases.forEach(({ workers, expected }, index) => {
    it(`have these spans (${index + 1})`, () => {
      const labels = [...new Set(Object.values(workers).flatMap((spans) => spans.map(([, , label]) => label)))];
      const markings = Object.entries(workers).map(([worker, spans]) => ({
        worker,
        marks: spans.map(([start, end, label]) => ({ label: labels.indexOf(label), start, end })),
      }));
      const [spans = []] = consolidateSpans([markings]);
      assert.deepEqual(
        spans.map(({ start, end, label }) => [start, end, labels[label]]),
        expected,
      );
    });
  });
});

describe('a group of boxes', () => {
  const cases = [
    {
      name: 'is averaged, to a hundredth of a pixel',
      boxes: [
        [{ label: 0, left: 10, top: 10, width: 50, height: 50 }],
        [{ label: 0, left: 11, top: 10, width: 50, height: 50 }],
        [{ label: 0, left: 11, top: 11, width: 51, height: 50 }],
      ],
      expected: [{ label: 0, left: 10.67, top: 10.33, width: 50.33, height: 50 }],
    },
    {
      name: 'is not made of boxes that have little in common',
      boxes: [
        [{ label: 0, left: 0, top: 0, width: 50, height: 50 }],
        [{ label: 0, left: 30, top: 0, width: 50, height: 50 }],
      ],
      expected: [
        { label: 0, left: 0, top: 0, width: 50, height: 50 },
        { label: 0, left: 30, top: 0, width: 50, height: 50 },
      ],
    },
    {
      name: 'has the class that most of its boxes have',
      boxes: [1, 0, 1].map((label) => [{ label, left: 0, top: 0, width: 50, height: 50 }]),
      expected: [{ label: 1, left: 0, top: 0, width: 50, height: 50 }],
    },
    {
      name: 'goes where fewer than half of the workers drew it',
      boxes: [[{ label: 0, left: 0, top: 0, width: 50, height: 50 }], [], []],
      expected: [],
    },
    {
      name: 'never has two boxes of one worker',
      boxes: [
        [
          { label: 0, left: 0, top: 0, width: 50, height: 50 },
          { label: 0, left: 1, top: 0, width: 50, height: 50 },
        ],
        [],
      ],
      expected: [
        { label: 0, left: 0, top: 0, width: 50, height: 50 },
        { label: 0, left: 1, top: 0, width: 50, height: 50 },
      ],
    },
  ];
  for (const { name, boxes, expected } of cases) {
    it(name, () => {
      const [found = []] = consolidateBoxes([answersOf(boxes, (marks) => ({ marks }))]);
      assert.deepEqual(
        found.map(({ confidence: _confidence, ...box }) => box),
        expected,
      );
    });
  }
});
