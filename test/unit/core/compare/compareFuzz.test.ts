import assert from 'node:assert/strict';
import process from 'node:process';
import { compareLabels } from '../../../../src/core/compare/labelRule.js';
import { isList, isObject, type JsonObject, type JsonValue } from '../../../../src/core/json.js';
import { readLine } from '../../../../src/core/manifest/lineReading.js';
import { seededRandom } from '../../../../src/core/simulation/seededRandom.js';
import { boxes, failed, multi, picture, single, spans, text } from '../../../support/labeledLines.js';
import { compared, counts } from './comparing.js';

// What columns, hashes and tables say must be what maps of whole texts say. A failing run prints its seed;
// COMPARE_FUZZ_MANIFESTS and COMPARE_FUZZ_SEED make it longer, or repeat it.
const manifests = Number(process.env['COMPARE_FUZZ_MANIFESTS'] ?? 60);
const firstSeed = Number(process.env['COMPARE_FUZZ_SEED'] ?? Date.now() % 1_000_000);
const attribute = 'lan';

describe('comparing generated manifests', () => {
  it(`says of ${manifests} pairs what plain maps say (seed ${firstSeed})`, async function () {
    this.timeout(60_000);
    for (let seed = firstSeed; seed < firstSeed + manifests; seed++) {
      const random = seededRandom(seed);
      const [here, there] = [randomLines(random), randomLines(random)];
      const { result, rows } = await compared(textOf(here), textOf(there), { here: attribute, there: attribute });
      const expected = plainly(here, there);
      assert.deepEqual(counts(result), expected.counts, `seed ${seed}`);
      const listed = (await rows({ status: 'all' })).map((row) => [row.status, row.here?.line, row.there?.line]);
      assert.deepEqual(listed, expected.rows, `seed ${seed}`);
      assert.deepEqual(
        [result.here.duplicates, result.there.duplicates],
        [here, there].map(duplicatesIn),
        `seed ${seed}`,
      );
      const inCells = result.cells.reduce((sum, { pairs }) => sum + pairs, 0);
      assert.equal(inCells, expected.counts.same + expected.counts.changed, `seed ${seed}`);
    }
  });
});

type Row = readonly [string, number | undefined, number | undefined];

/** A line as it is written, and what JSON.parse makes of it; nothing where it is no object. */
interface WrittenLine {
  readonly text: string;
  readonly object: JsonObject | undefined;
}

/** The rule without a column, a hash or a table. */
function plainly(here: readonly WrittenLine[], there: readonly WrittenLine[]) {
  const waiting = new Map<string, number[]>();
  for (const [line, object] of objectsIn(there)) {
    waiting.set(keyOf(object), [...(waiting.get(keyOf(object)) ?? []), line]);
  }
  const all = { same: 0, changed: 0, onlyHere: 0, onlyThere: 0 };
  const rows: Row[] = [];
  for (const [line, object] of objectsIn(here)) {
    const pair = waiting.get(keyOf(object))?.shift();
    const other = pair === undefined ? undefined : there[pair]?.object;
    const status = other === undefined ? 'onlyHere' : isSame(object, other) ? 'same' : 'changed';
    all[status]++;
    rows.push([status, line, pair]);
  }
  for (const line of [...waiting.values()].flat().toSorted((a, b) => a - b)) {
    all.onlyThere++;
    rows.push(['onlyThere', undefined, line]);
  }
  return { counts: all, rows };
}

function objectsIn(lines: readonly WrittenLine[]): readonly (readonly [line: number, object: JsonObject])[] {
  return lines.flatMap(({ object }, line) => (object ? [[line, object] as const] : []));
}

function textOf(lines: readonly WrittenLine[]): string {
  return lines.map(({ text: written }) => `${written}\n`).join('');
}

function isSame(here: JsonObject, there: JsonObject): boolean {
  const [own, other] = [here, there].map((line) =>
    readLine(line).labels.find((label) => label.attribute === attribute),
  );
  if (!own || !other || own.state === 'failed' || other.state === 'failed') {
    return own?.state === 'failed' ? other?.state === 'failed' : own === other;
  }
  return compareLabels({ line: here, attribute }, { line: there, attribute }).isSame;
}

function keyOf(line: JsonObject): string {
  const { source } = readLine(line);
  return JSON.stringify([source?.kind, source?.value]);
}

function duplicatesIn(lines: readonly WrittenLine[]): number {
  const objects = objectsIn(lines);
  return objects.length - new Set(objects.map(([, object]) => keyOf(object))).size;
}

function randomLines(random: () => number): readonly WrittenLine[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const classOf = () => ['cat', 'dog', 'ü'][below(3)] ?? '';
  const sources = [
    () => picture(`${['a/', 'b/', 'a/b/', ''][below(4)] ?? ''}${below(12)}.jpg`),
    () => text(`${'a text that goes on '.repeat(below(2) * 20)}${below(6)}`),
  ];
  const box = () => ({ name: classOf(), box: [below(4) * 30, 0, 100, 100] as const });
  const labels: readonly ((source: JsonObject) => JsonObject)[] = [
    (source) => source,
    failed,
    (source) => single(source, classOf()),
    (source) => single(source, classOf()),
    (source) => multi(source, [classOf(), 'x', classOf()].slice(below(3))),
    (source) => boxes(source, Array.from({ length: below(4) }, box)),
    (source) => spans(source, [[classOf(), 0, 1 + below(3)]]),
  ];
  return Array.from({ length: below(40) }, () => {
    if (random() < 0.05) {
      return { text: ['', 'not JSON', '{"source-ref":', '[]', '1'][below(5)] ?? '', object: undefined };
    }
    const object = (labels[below(labels.length)] ?? failed)((sources[below(sources.length)] ?? (() => picture('x')))());
    const written = spelled(
      'lan-metadata' in object && random() < 0.3 ? { ...object, other: 0, 'other-metadata': otherMetadata } : object,
      random,
    );
    return { text: written, object: readObject(written) };
  });
}

const otherMetadata = { 'class-name': 'bird', type: 'groundtruth/image-classification', 'human-annotated': 'yes' };

/** The same value as JSON may have it: its members in any order, its numbers in any spelling. */
function spelled(value: JsonValue, random: () => number): string {
  if (isList(value)) {
    return `[${value.map((item) => spelled(item, random)).join(', ')}]`;
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, of]) => `${JSON.stringify(key)}:${spelled(of ?? null, random)}`);
    return `{${(random() < 0.3 ? members.toSorted(() => random() - 0.5) : members).join(random() < 0.2 ? ' , ' : ',')}}`;
  }
  if (typeof value === 'number' && Number.isInteger(value) && random() < 0.3) {
    return random() < 0.5 ? `${value}.0` : `${value}e0`;
  }
  return JSON.stringify(value);
}

function readObject(written: string): JsonObject {
  const value = JSON.parse(written) as JsonValue;
  assert.ok(isObject(value));
  return value;
}
