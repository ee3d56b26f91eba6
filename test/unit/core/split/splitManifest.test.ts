import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { SkippedLine } from '../../../../src/core/export/exportPart.js';
import type { JsonObject } from '../../../../src/core/json.js';
import { bytesSource } from '../../../../src/core/manifest/byteSource.js';
import { splitManifest } from '../../../../src/core/split/splitManifest.js';
import { planSplit, type SplitPart, type SplitPlan } from '../../../../src/core/split/splitPlan.js';
import { manifestOf, never, written } from '../../../support/exported.js';
import { boxes, failed, multi, picture, single } from '../../../support/labeledLines.js';

const parts: readonly SplitPart[] = [
  { name: 'train', share: 0.8 },
  { name: 'validation', share: 0.1 },
  { name: 'test', share: 0.1 },
];

describe('planSplit', () => {
  it('deals each class out by its share, to the one', async () => {
    const { plan } = await split([...pictures('cat', 50), ...pictures('dog', 30), ...pictures('cow', 7)]);
    assert.deepEqual(plan.classes, [
      { name: 'cat', lines: [40, 5, 5] },
      { name: 'dog', lines: [24, 3, 3] },
      { name: 'cow', lines: [5, 1, 1] },
    ]);
    assert.deepEqual(plan.lines, [69, 9, 9]);
  });

  it('keeps the lines of a source together, whatever their classes', async () => {
    const again = pictures('cat', 40);
    const lines: readonly JsonObject[] = [
      ...again,
      ...pictures('dog', 40),
      ...again.map((line) => ({ ...line, more: 1 })),
    ];
    const twice: readonly JsonObject[] = [
      ...lines,
      ...again.map(({ 'source-ref': reference }) => single({ 'source-ref': reference }, 'dog')),
    ];
    const { plan } = await split(twice);
    const partsOfSource = new Map<unknown, Set<string | undefined>>();
    for (const [line, { 'source-ref': reference }] of twice.entries()) {
      partsOfSource.set(reference, (partsOfSource.get(reference) ?? new Set()).add(plan.partOf(line)));
    }
    assert.equal(partsOfSource.size, 80);
    assert.ok([...partsOfSource.values()].every((names) => names.size === 1));
  });

  it('deals sources with several classes out by the rarest of them', async () => {
    const lines = [
      ...numbered(80, (key) => multi(picture(key), ['common'])),
      ...numbered(10, (key) => multi(picture(`both ${key}`), ['common', 'rare'])),
      ...numbered(10, (key) => boxes(picture(`boxes ${key}`), [{ name: 'boxed', box: [0, 0, 1, 1] }])),
      ...numbered(10, (key) => multi(picture(`none ${key}`), [])),
    ];
    const { plan } = await split(lines);
    assert.deepEqual(plan.classes, [
      { name: 'common', lines: [72, 9, 9] },
      { name: 'rare', lines: [8, 1, 1] },
      { name: 'boxed', lines: [8, 1, 1] },
    ]);
    assert.deepEqual(plan.lines, [88, 11, 11]);
  });

  it('is the same for the same seed, another for another, and does not depend on the order of the lines', async () => {
    const lines = [...pictures('cat', 60), ...pictures('dog', 60)];
    const first = await partsBySource(lines, 7);
    assert.deepEqual(await partsBySource(lines.toReversed(), 7), first);
    assert.notDeepEqual(await partsBySource(lines, 8), first);
  });

  it('leaves most sources where they are when others are added', async () => {
    const before = pictures('cat', 1_000);
    const [{ plan: first }, { plan: second }] = [await split(before), await split(pictures('cat', 1_050))];
    const moved = before.filter((_, line) => first.partOf(line) !== second.partOf(line));
    assert.ok(moved.length < 50, `${moved.length} of 1000 moved`);
  });

  it('tells of each line that has no part', async () => {
    const { plan, reported } = await split([
      single(picture('a.jpg'), 'cat'),
      failed(picture('b.jpg')),
      '',
      `${JSON.stringify(single(picture('c.jpg'), 'cat'))},`,
      JSON.stringify(single(picture('d.jpg'), 'cat'), undefined, 2),
    ]);
    assert.deepEqual(
      reported.map(({ line, reason }) => [line, reason.kind, plan.partOf(line)]),
      [
        [1, 'failed', undefined],
        [2, 'blank', undefined],
        [3, 'trailingComma', undefined],
        [4, 'severalLines', undefined],
      ],
    );
    assert.deepEqual(plan.lines, [1, 0, 0]);
  });

  const wrong: readonly { readonly name: string; readonly of: readonly SplitPart[] }[] = [
    { name: 'no parts', of: [] },
    { name: 'no share', of: [{ name: 'train', share: 0 }] },
    { name: 'a negative share', of: [...parts, { name: 'x', share: -1 }] },
    { name: 'a name that is no file name', of: [{ name: 'a/b', share: 1 }] },
    { name: 'a name twice', of: [...parts, { name: 'Train', share: 1 }] },
  ];
  for (const { name, of } of wrong) {
    it(`refuses ${name}`, async () => {
      await assert.rejects(split([], 1, of), RangeError);
    });
  }
});

describe('splitManifest', () => {
  it('writes each line byte for byte as it is, once and in order', async () => {
    const lineBreak = fc.constantFrom('\n', '\r\n');
    const space = fc.constantFrom('', ' ', '\t');
    const label = fc.constantFrom('cat', 'dog', 'größe 😀');
    const line = fc.tuple(fc.integer({ min: 0, max: 30 }), label, space, lineBreak);
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 60 }), fc.integer(), async (list, seed) => {
        const texts = list.map(([key, name, blank, end]) => {
          const json = JSON.stringify(single(picture(`${key}.jpg`), name));
          return `${blank}${json.replace(':', `:${blank}`)}${blank}${end}`;
        });
        const bytes = new TextEncoder().encode(texts.join('').trimEnd());
        const input = { source: bytesSource(bytes), attribute: 'lan' };
        const plan = await planSplit(input, { parts, seed }, () => undefined, never);
        const { files } = await written(splitManifest(input.source, plan, never));
        const whole = new TextDecoder()
          .decode(bytes)
          .split(/(?<=\n)/u)
          .filter((text) => text !== '');
        for (const { name } of parts) {
          const mine = whole.filter((_, index) => plan.partOf(index) === name);
          assert.equal(files[`${name}.manifest`], mine.join(''));
        }
        assert.equal(
          plan.lines.reduce((total, count) => total + count, 0),
          whole.length,
        );
      }),
    );
  });

  it('writes manifests that are larger than a piece', async () => {
    const lines = pictures('cat', 2_000);
    const { plan, source } = await split(lines);
    const { files, progress } = await written(splitManifest(source, plan, never));
    const counts = parts.map(({ name }) => (files[`${name}.manifest`] ?? '').split('\n').length - 1);
    assert.deepEqual(counts, [1_600, 200, 200]);
    assert.deepEqual(
      progress.map(({ lines: done }) => done),
      [1_000, 2_000, 2_000],
    );
  });
});

async function partsBySource(lines: readonly JsonObject[], seed: number) {
  const { plan } = await split(lines, seed);
  return new Map(lines.map(({ 'source-ref': reference }, line) => [reference, plan.partOf(line)]));
}

async function split(
  lines: readonly (JsonObject | string)[],
  seed = 1,
  of: readonly SplitPart[] = parts,
): Promise<{ plan: SplitPlan; reported: readonly SkippedLine[]; source: ReturnType<typeof bytesSource> }> {
  const reported: SkippedLine[] = [];
  const source = bytesSource(manifestOf(lines));
  const plan = await planSplit(
    { source, attribute: 'lan' },
    { parts: of, seed },
    (event) => {
      if (event.kind === 'skipped') {
        reported.push(event);
      }
    },
    never,
  );
  return { plan, reported, source };
}

function pictures(name: string, count: number): readonly JsonObject[] {
  return numbered(count, (key) => single(picture(`${name} ${key}`), name));
}

function numbered(count: number, make: (key: string) => JsonObject): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => make(`${index}.jpg`));
}
