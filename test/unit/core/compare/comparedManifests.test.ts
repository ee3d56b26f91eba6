import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.js';
import { boxes, failed, multi, picture, single, text } from '../../../support/labeledLines.js';
import { compared, counts } from './comparing.js';

const cat = (key: string) => single(picture(key), 'cat');
const dog = (key: string) => single(picture(key), 'dog');
const box = (key: string, left: number) => boxes(picture(key), [{ name: 'cat', box: [left, 0, 100, 100] }]);

interface Case {
  readonly name: string;
  readonly here: readonly JsonObject[];
  readonly there: readonly JsonObject[];
  /** Same, changed, only here, only there. */
  readonly counts: readonly [number, number, number, number];
}

const long = (end: string) => `${'a long text '.repeat(40)}${end}`;

const cases: readonly Case[] = [
  { name: 'two empty manifests', here: [], there: [], counts: [0, 0, 0, 0] },
  {
    name: 'the same lines in another order',
    here: [cat('1'), dog('2')],
    there: [dog('2'), cat('1')],
    counts: [2, 0, 0, 0],
  },
  { name: 'another class', here: [cat('1'), dog('2')], there: [cat('1'), cat('2')], counts: [1, 1, 0, 0] },
  {
    name: 'added and lost objects',
    here: [cat('1'), cat('2')],
    there: [cat('2'), cat('3'), cat('4')],
    counts: [1, 0, 1, 2],
  },
  { name: 'objects that are in another folder', here: [cat('a/1')], there: [cat('b/1')], counts: [0, 0, 1, 1] },
  { name: 'a label that is new', here: [cat('1')], there: [picture('1')], counts: [0, 1, 0, 0] },
  { name: 'a label that failed', here: [cat('1')], there: [failed(picture('1'))], counts: [0, 1, 0, 0] },
  {
    name: 'labels that failed twice',
    here: [failed(picture('1'))],
    there: [failed(picture('1'))],
    counts: [1, 0, 0, 0],
  },
  { name: 'one object that no side labels', here: [picture('1')], there: [picture('1')], counts: [1, 0, 0, 0] },
  { name: 'a box that moved a little', here: [box('1', 0)], there: [box('1', 20)], counts: [1, 0, 0, 0] },
  { name: 'a box that moved away', here: [box('1', 0)], there: [box('1', 90)], counts: [0, 1, 0, 0] },
  {
    name: 'classes in another order',
    here: [multi(picture('1'), ['a', 'b'])],
    there: [multi(picture('1'), ['b', 'a'])],
    counts: [1, 0, 0, 0],
  },
  { name: 'an object that is here twice', here: [cat('1'), dog('1')], there: [cat('1')], counts: [1, 0, 1, 0] },
  {
    name: 'objects that are on both sides twice, in order',
    here: [cat('1'), dog('1')],
    there: [cat('1'), dog('1')],
    counts: [2, 0, 0, 0],
  },
  { name: 'the same in another order', here: [cat('1'), dog('1')], there: [dog('1'), cat('1')], counts: [0, 2, 0, 0] },
  {
    name: 'a text and a picture of the same name',
    here: [single(text('s3://pictures/1'), 'cat')],
    there: [cat('1')],
    counts: [0, 0, 1, 1],
  },
  {
    name: 'long texts that differ at their end',
    here: [single(text(long('x')), 'a')],
    there: [single(text(long('y')), 'a')],
    counts: [0, 0, 1, 1],
  },
  {
    name: 'long texts that are the same',
    here: [single(text(long('x')), 'a'), single(text(long('y')), 'a')],
    there: [single(text(long('y')), 'b')],
    counts: [0, 1, 1, 0],
  },
  {
    name: 'objects that no one can name',
    here: [{ note: 1 }, cat('1')],
    there: [cat('1'), { note: 1 }],
    counts: [1, 0, 0, 0],
  },
];

describe('two manifests', () => {
  for (const { name, here, there, counts: expected } of cases) {
    const [same, changed, onlyHere, onlyThere] = expected;
    it(`are compared where there is ${name}`, async () => {
      const { result } = await compared(here, there);
      assert.deepEqual(counts(result), { same, changed, onlyHere, onlyThere });
    });
    it(`are compared the other way round where there is ${name}`, async () => {
      const { result } = await compared(there, here);
      assert.deepEqual(counts(result), { same, changed, onlyHere: onlyThere, onlyThere: onlyHere });
    });
  }

  it('are matched by what a source says, however it is written', async () => {
    const plain = '{"source-ref":"s3://b/ü/é 1.jpg"}\n';
    const escaped = '{ "source-ref" : "s3:\\/\\/b\\/\\u00fc\\/\\u00e9 1.jpg" }\n';
    assert.deepEqual(counts((await compared(plain, escaped)).result), {
      same: 1,
      changed: 0,
      onlyHere: 0,
      onlyThere: 0,
    });
  });

  it('are listed: those of here in the order of their lines, then those that are only there', async () => {
    const here = [cat('1'), cat('2'), cat('3')];
    const there = [cat('4'), dog('2'), cat('3')];
    const { rows } = await compared(here, there);
    const listed = await rows({ status: 'all' });
    assert.deepEqual(
      listed.map(({ status, here: own, there: other }) => [status, own?.line, other?.line]),
      [
        ['onlyHere', 0, undefined],
        ['changed', 1, 1],
        ['same', 2, 2],
        ['onlyThere', undefined, 0],
      ],
    );
    const [changed] = await rows({ status: 'changed' });
    assert.deepEqual(
      [changed?.here?.source?.value, changed?.here?.label?.classes, changed?.there?.label?.classes],
      ['s3://pictures/2', [{ name: 'cat', count: 1 }], [{ name: 'dog', count: 1 }]],
    );
  });

  it('have a confusion matrix, each cell of which leads to its pairs', async () => {
    const here = [cat('1'), cat('2'), dog('3'), picture('4'), box('5', 0)];
    const there = [cat('1'), dog('2'), failed(picture('3')), cat('4'), box('5', 90)];
    const { result, rows } = await compared(here, there);
    const named = result.categories.map((one) => (one.kind === 'classes' ? one.names.join('+') : one.kind));
    assert.deepEqual(named, ['cat', 'dog', 'unlabeled', 'failed']);
    const cells = result.cells.map(({ here: own, there: other, pairs, changed }) => [
      named[own],
      named[other],
      pairs,
      changed,
    ]);
    assert.deepEqual(
      cells.toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
      [
        ['cat', 'cat', 2, 1],
        ['cat', 'dog', 1, 1],
        ['dog', 'failed', 1, 1],
        ['unlabeled', 'cat', 1, 1],
      ],
    );
    for (const { here: own, there: other, pairs, changed } of result.cells) {
      assert.equal((await rows({ status: 'all', here: own, there: other })).length, pairs);
      assert.equal((await rows({ status: 'changed', here: own, there: other })).length, changed);
    }
    assert.deepEqual(
      (await rows({ status: 'all', there: named.indexOf('dog') })).map(({ here: own }) => own?.line),
      [1],
    );
    assert.deepEqual([...result.rules].toSorted(), ['class', 'marks']);
  });

  it('put rare classes together, and find them again', async () => {
    const here = Array.from({ length: 80 }, (_, index) =>
      single(picture(`${index}`), `class ${index < 50 ? index : 0}`),
    );
    const { result, rows } = await compared(here, here);
    const rest = result.categories.length - 1;
    assert.deepEqual(result.categories[rest], { kind: 'rest' });
    assert.equal(result.categories.length, 31);
    assert.equal((await rows({ status: 'all', here: rest, there: rest })).length, 20);
  });

  it('list the objects of here first, and find the place of each', async () => {
    const { ofHere, placeOf } = await compared([cat('1'), dog('2'), cat('3')], [cat('1'), cat('2'), cat('4')]);
    const totals = await Promise.all((['all', 'changed', 'onlyThere'] as const).map((status) => ofHere({ status })));
    assert.deepEqual(totals, [3, 1, 0]);
    assert.deepEqual(
      [0, 1, 2, 3].map((line) => placeOf({ status: 'all' }, line)),
      [0, 1, 2, undefined],
    );
    assert.deepEqual(
      [0, 1, 2].map((line) => placeOf({ status: 'changed' }, line)),
      [undefined, 0, undefined],
    );
  });

  it('say what is twice in one of them, and list it', async () => {
    const { result, rows } = await compared([cat('1'), cat('1'), cat('2')], [cat('1'), cat('3'), cat('3'), cat('3')]);
    assert.deepEqual([result.here.duplicates, result.there.duplicates], [1, 2]);
    const listed = await rows({ status: 'duplicates' });
    assert.deepEqual(
      listed.map(({ status, here: own, there: other }) => [status, own?.line, other?.line]),
      [
        ['same', 0, 0],
        ['onlyHere', 1, undefined],
        ['onlyThere', undefined, 1],
        ['onlyThere', undefined, 2],
        ['onlyThere', undefined, 3],
      ],
    );
  });

  it('say how many objects have no source, and how many lines cannot be read', async () => {
    const { result, rows } = await compared(
      '{"note":1}\nnot JSON\n{"source-ref":"s3://b/1"}\n',
      '{"source-ref":"s3://b/1"}\n',
    );
    const { objects, withoutSource, brokenLines } = result.here;
    assert.deepEqual([objects, withoutSource, brokenLines], [2, 1, 1]);
    assert.deepEqual(
      (await rows({ status: 'withoutSource' })).map(({ here }) => here?.line),
      [0],
    );
  });

  it('are compared by the attributes that are named, or by those that were added last', async () => {
    const lines = [twiceLabeled('cat', 'dog')];
    const there = [twiceLabeled('dog', 'dog')];
    assert.deepEqual((await compared(lines, there)).result.here.attribute, 'second');
    assert.equal((await compared(lines, there)).result.changed, 0);
    assert.equal((await compared(lines, there, { here: 'first', there: 'first' })).result.changed, 1);
    assert.equal((await compared(lines, there, { here: 'gone', there: 'first' })).result.here.attribute, 'second');
    const alone = await compared(lines, undefined, { here: 'first', there: 'second' });
    assert.deepEqual(counts(alone.result), { same: 0, changed: 1, onlyHere: 0, onlyThere: 0 });
  });
});

function twiceLabeled(first: string, second: string): JsonObject {
  return { ...renamed(single(picture('1'), first), 'first'), ...renamed(single(picture('1'), second), 'second') };
}

function renamed(line: JsonObject, name: string): JsonObject {
  const { lan, 'lan-metadata': metadata, ...rest } = line;
  return { ...rest, [name]: lan, [`${name}-metadata`]: metadata };
}
