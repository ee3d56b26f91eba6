import assert from 'node:assert/strict';
import { compareLabels } from '../../../../src/core/compare/labelRule.js';
import type { LabelRule } from '../../../../src/core/compare/manifestComparison.js';
import type { JsonObject } from '../../../../src/core/json.js';
import {
  boxes,
  custom,
  keypoints,
  mask,
  multi,
  picture,
  polygon,
  type SampleBox,
  single,
  spans,
  text,
} from '../../../support/labeledLines.js';

const of = picture('0.jpg');
const words = text('Ana moved from York to Lisbon');
const cat = (left: number, width = 100): SampleBox => ({ name: 'cat', box: [left, 0, width, 100] });
const dog = (left: number): SampleBox => ({ name: 'dog', box: [left, 0, 100, 100] });
const triangle = (right: number) =>
  polygon(of, 'cat', [
    [0, 0],
    [right, 0],
    [0, 100],
  ]);

interface Case {
  readonly name: string;
  readonly here: JsonObject;
  readonly there: JsonObject;
  readonly rule: LabelRule;
  readonly isSame: boolean;
}

const cases: readonly Case[] = [
  {
    name: 'the same class, however sure',
    here: single(of, 'cat', 0.5),
    there: single(of, 'cat', 0.9),
    rule: 'class',
    isSame: true,
  },
  { name: 'another class', here: single(of, 'cat'), there: single(of, 'dog'), rule: 'class', isSame: false },
  {
    name: 'the same classes in another order',
    here: multi(of, ['a', 'b']),
    there: multi(of, ['b', 'a']),
    rule: 'classes',
    isSame: true,
  },
  { name: 'one class fewer', here: multi(of, ['a', 'b']), there: multi(of, ['a']), rule: 'classes', isSame: false },
  {
    name: 'one class, and a list of that class',
    here: single(of, 'a'),
    there: multi(of, ['a']),
    rule: 'classes',
    isSame: true,
  },
  {
    name: 'boxes in another order',
    here: boxes(of, [cat(0), dog(50)]),
    there: boxes(of, [dog(50), cat(0)]),
    rule: 'marks',
    isSame: true,
  },
  {
    name: 'a box that overlaps by half',
    here: boxes(of, [cat(0, 100)]),
    there: boxes(of, [cat(0, 50)]),
    rule: 'marks',
    isSame: true,
  },
  {
    name: 'a box that overlaps by less than half',
    here: boxes(of, [cat(0, 100)]),
    there: boxes(of, [cat(0, 49)]),
    rule: 'marks',
    isSame: false,
  },
  {
    name: 'a box of another class',
    here: boxes(of, [cat(0)]),
    there: boxes(of, [dog(0)]),
    rule: 'marks',
    isSame: false,
  },
  { name: 'one box more', here: boxes(of, [cat(0)]), there: boxes(of, [cat(0), cat(0)]), rule: 'marks', isSame: false },
  {
    name: 'boxes of which one can go with two, the other with one',
    here: boxes(of, [cat(0, 100), cat(0, 60)]),
    there: boxes(of, [cat(0, 110), cat(0, 190)]),
    rule: 'marks',
    isSame: true,
  },
  {
    name: 'boxes that all want the same one',
    here: boxes(of, [cat(0), cat(10)]),
    there: boxes(of, [cat(5), cat(500)]),
    rule: 'marks',
    isSame: false,
  },
  { name: 'no boxes at all', here: boxes(of, []), there: boxes(of, []), rule: 'marks', isSame: true },
  { name: 'a polygon about as large', here: triangle(100), there: triangle(80), rule: 'marks', isSame: true },
  { name: 'a polygon much larger', here: triangle(40), there: triangle(100), rule: 'marks', isSame: false },
  {
    name: 'a point five pixels off',
    here: keypoints(of, 'eye', 10, 10),
    there: keypoints(of, 'eye', 15, 5),
    rule: 'marks',
    isSame: true,
  },
  {
    name: 'a point six pixels off',
    here: keypoints(of, 'eye', 10, 10),
    there: keypoints(of, 'eye', 16, 10),
    rule: 'marks',
    isSame: false,
  },
  {
    name: 'spans in another order',
    here: spans(words, [
      ['Person', 0, 3],
      ['Place', 15, 19],
    ]),
    there: spans(words, [
      ['Place', 15, 19],
      ['Person', 0, 3],
    ]),
    rule: 'spans',
    isSame: true,
  },
  {
    name: 'a span one character longer',
    here: spans(words, [['P', 0, 3]]),
    there: spans(words, [['P', 0, 4]]),
    rule: 'spans',
    isSame: false,
  },
  {
    name: 'masks of the same classes in other files',
    here: mask(of, 's3://b/0.png'),
    there: mask(of, 's3://b/1.png'),
    rule: 'file',
    isSame: true,
  },
  {
    name: 'the same value of a custom job',
    here: custom(of, { a: [1, { b: null }] }),
    there: custom(of, { a: [1, { b: null }] }),
    rule: 'value',
    isSame: true,
  },
  {
    name: 'another value of a custom job',
    here: custom(of, { a: [1, { b: null }] }),
    there: custom(of, { a: [1, {}] }),
    rule: 'value',
    isSame: false,
  },
  { name: 'a box without a width, twice', here: broken(), there: broken(), rule: 'value', isSame: true },
  { name: 'a class, and boxes', here: single(of, 'cat'), there: boxes(of, [cat(0)]), rule: 'value', isSame: false },
];

describe('whether a label has changed', () => {
  for (const { name, here, there, rule, isSame } of cases) {
    it(`is ${isSame ? 'denied' : 'said'} of ${name}`, () => {
      const own = { line: here, attribute: 'lan' };
      const other = { line: there, attribute: 'lan' };
      assert.deepEqual(compareLabels(own, other), { rule, isSame });
      assert.deepEqual(compareLabels(other, own), { rule, isSame });
    });
  }
});

function broken(): JsonObject {
  return { ...of, lan: { annotations: [{ class_id: 0, left: 1, top: 1, height: 2 }] }, 'lan-metadata': {} };
}
