import assert from 'node:assert/strict';
import process from 'node:process';
import { compareLabels } from '../../../../src/core/compare/labelRule.js';
import type { JsonObject } from '../../../../src/core/json.js';
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
      const here = randomLines(random);
      const there = randomLines(random);
      const { result, rows } = await compared(here, there);
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

/** The rule without a column, a hash or a table. */
function plainly(here: readonly JsonObject[], there: readonly JsonObject[]) {
  const waiting = new Map<string, number[]>();
  for (const [line, object] of there.entries()) {
    waiting.set(keyOf(object), [...(waiting.get(keyOf(object)) ?? []), line]);
  }
  const all = { same: 0, changed: 0, onlyHere: 0, onlyThere: 0 };
  const rows: Row[] = [];
  for (const [line, object] of here.entries()) {
    const pair = waiting.get(keyOf(object))?.shift();
    const other = pair === undefined ? undefined : there[pair];
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

function duplicatesIn(lines: readonly JsonObject[]): number {
  return lines.length - new Set(lines.map(keyOf)).size;
}

function randomLines(random: () => number): readonly JsonObject[] {
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
  return Array.from({ length: below(40) }, () =>
    (labels[below(labels.length)] ?? failed)((sources[below(sources.length)] ?? (() => picture('x')))()),
  );
}
