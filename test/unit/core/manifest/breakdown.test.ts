import assert from 'node:assert/strict';
import { type Breakdown, breakDown } from '../../../../src/core/manifest/breakdown.js';
import { lineKind } from '../../../../src/core/manifest/manifestColumns.js';
import { ManifestReader } from '../../../../src/core/manifest/manifestReader.js';
import { isComputed } from '../../../../src/core/manifest/confidence.js';
import type { ManifestDocument } from '../../../../src/core/manifest/manifestDocument.js';
import { all, type Entry, manifest } from './labeledEntries.js';
import { randomManifest } from './randomManifest.js';
import { labelsOf } from './scannedLines.js';
import { never, scanned } from './scanning.js';

const breakdownOf = async (entries: readonly Entry[]): Promise<Breakdown> =>
  breakDown((await scanned(manifest(entries))).columns, 'a', undefined);

describe('a breakdown', () => {
  it('counts what counting label by label counts', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { bytes, chunkBytes } = randomManifest(seed, 120);
      const document = await scanned(bytes, { chunkBytes, mostLineBytes: 1 << 20 });
      for (const { name } of document.columns.attributes) {
        const found = breakDown(document.columns, name, undefined);
        assert.deepEqual(countsIn(found), countedPlainly(document, name), `seed ${seed}`);
      }
    }
  });

  it('keeps apart what humans and machines are sure of, and what was not computed', async () => {
    const { classes } = await breakdownOf([
      { className: 'cat', confidence: 0 },
      { className: 'cat', confidence: 0, by: 'no' },
      { className: 'cat', confidence: 0.95 },
      { className: 'dog', confidence: 0.51, by: 'no' },
    ]);
    const [cat] = classes;
    assert.deepEqual([cat?.human.labels, cat?.human.notComputed, cat?.human.bins[19]], [2, 1, 1]);
    assert.deepEqual([cat?.machine.labels, cat?.machine.notComputed, cat?.machine.bins[0]], [1, 0, 1]);
  });

  it('counts labels of classes that are too many to be told apart', async () => {
    const names = Array.from({ length: 10_003 }, (_, index) => ({ className: `class ${index}` }));
    const document = await scanned(manifest(names), { chunkBytes: 1 << 20, mostLineBytes: 1 << 20 });
    const [summary] = new ManifestReader(document).summary().attributes;
    assert.deepEqual(summary?.classes[0], { name: '…', labels: 3, bins: summary?.classes[0]?.bins });
    assert.equal(summary?.confidence.computed, names.length);
  });

  it('is of the rows that a filter lets through where it is asked for', async () => {
    const reader = new ManifestReader(
      await scanned(manifest([{ className: 'cat' }, { className: 'dog' }, { className: 'dog', by: 'no' }])),
    );
    const query = {
      attribute: 'a',
      filter: { ...all, classes: ['dog'] },
      sort: { by: 'line', isDescending: false },
    } as const;
    assert.deepEqual(
      (await reader.breakdown({ attribute: 'a', query, of: 'filtered' }, never)).classes.map(({ name }) => name),
      ['dog'],
    );
    assert.equal((await reader.breakdown({ attribute: 'a', query, of: 'all' }, never)).objects, 3);
  });

  it('is of the same rows where it is of another label attribute than the filter', async () => {
    const lines = [
      {
        'source-ref': 's3://b/1',
        a: 0,
        'a-metadata': { 'class-name': 'cat' },
        b: 0,
        'b-metadata': { 'class-name': 'big' },
      },
      {
        'source-ref': 's3://b/2',
        a: 1,
        'a-metadata': { 'class-name': 'dog' },
        b: 0,
        'b-metadata': { 'class-name': 'big' },
      },
      {
        'source-ref': 's3://b/3',
        a: 1,
        'a-metadata': { 'class-name': 'dog' },
        'b-metadata': { 'failure-reason': 'x' },
      },
      { 'source-ref': 's3://b/4', 'b-metadata': { 'failure-reason': 'x' } },
    ];
    const reader = new ManifestReader(await scanned(lines.map((line) => JSON.stringify(line)).join('\n')));
    const sort = { by: 'line', isDescending: true } as const;
    const query = { attribute: 'a', filter: { ...all, classes: ['dog'] }, sort };
    const request = { attribute: 'b', query, of: 'filtered' } as const;
    const { objects, states, classes } = await reader.breakdown(request, never);
    assert.deepEqual([objects, states.unstated, states.failed, classes.map(({ name }) => name)], [2, 1, 1, ['big']]);
    assert.deepEqual((await reader.failures(request, never)).groups, [{ reason: 'x', count: 1, line: 2 }]);
    assert.equal((await reader.failures({ ...request, of: 'all' }, never)).failed, 2);
  });

  const spans: readonly { readonly name: string; readonly times: readonly string[]; readonly steps: string }[] = [
    { name: 'one moment', times: ['2026-01-01T00:00:00.1'], steps: '1 second × 1' },
    { name: 'minutes', times: ['2026-01-01T00:00:00', '2026-01-01T00:08:00'], steps: '10 second × 49' },
    { name: 'hours', times: ['2026-01-01T00:10:00', '2026-01-01T05:00:00'], steps: '10 minute × 30' },
    { name: 'two days', times: ['2026-01-01T00:10:00', '2026-01-02T23:59:59'], steps: '1 hour × 48' },
    { name: 'two months', times: ['2026-01-01T00:10:00', '2026-03-01T23:59:59'], steps: '1 day × 60' },
    // The weeks from Monday, December 29th, on.
    { name: 'a year', times: ['2026-01-01T00:10:00', '2026-12-31T23:59:59'], steps: '1 week × 53' },
    { name: 'years', times: ['2020-02-29T00:00:00', '2024-12-31T23:59:59'], steps: '1 month × 59' },
    { name: 'a life', times: ['1970-01-01T00:00:00', '2026-12-31T23:59:59'], steps: '1 year × 57' },
    {
      name: 'all years that can be written',
      times: ['0001-01-01T00:00:00', '9999-12-31T23:59:59'],
      steps: '100 year × 100',
    },
  ];
  for (const { name, times, steps } of spans) {
    it(`counts labels of ${name} in steps that can be told apart`, async () => {
      const found = (await breakdownOf(times.map((created) => ({ className: 'cat', created })))).times;
      assert.equal(`${found?.step.count} ${found?.step.unit} × ${found?.steps.length}`, steps);
      assert.deepEqual(found?.steps.at(0)?.human, 1);
      assert.deepEqual(found?.steps.at(-1)?.human, 1);
      assert.equal(
        found?.steps.reduce((sum, { human }) => sum + human, 0),
        times.length,
      );
      found?.steps.slice(1).forEach(({ from }, place) => assert.equal(from, found.steps[place]?.to));
    });
  }

  it('has no times where no label says when it was made', async () => {
    const { times, untimed } = await breakdownOf([
      { className: 'cat' },
      {},
      { failure: 'x', created: '2026-01-01T00:00:00' },
    ]);
    assert.deepEqual([times, untimed], [undefined, 1]);
  });
});

interface Counts {
  readonly states: Readonly<Record<string, number>>;
  readonly labels: Readonly<Record<string, number>>;
}

/** Each label as a word of its own: class, annotator, and its bin. */
function countsIn({ states, classes }: Breakdown): Counts {
  const labels: Record<string, number> = {};
  const add = (key: string, count: number) => {
    if (count > 0) {
      labels[key] = (labels[key] ?? 0) + count;
    }
  };
  for (const entry of classes) {
    for (const annotator of ['human', 'machine', 'unstated'] as const) {
      const { labels: total, notComputed, bins } = entry[annotator];
      bins.forEach((count, bin) => add(`${entry.name} ${annotator} ${bin}`, count));
      add(`${entry.name} ${annotator} not computed`, notComputed);
      add(`${entry.name} ${annotator} none`, total - notComputed - bins.reduce((sum, count) => sum + count, 0));
    }
  }
  return { states: withoutNone(states), labels };
}

function countedPlainly(document: ManifestDocument, name: string): Counts {
  const states: Record<string, number> = {};
  const labels: Record<string, number> = {};
  for (let line = 0; line < document.columns.lines; line++) {
    const kind = document.columns.kinds.data[line] ?? 0;
    if (kind !== lineKind.object && kind !== lineKind.text && kind !== lineKind.noSource) {
      continue;
    }
    const label = labelsOf(document, line).find(({ attribute }) => attribute === name);
    addOne(states, label?.state ?? 'unlabeled');
    for (const { name: className, confidence } of label?.classes ?? []) {
      const bin = Number.isNaN(confidence)
        ? 'none'
        : isComputed(confidence, label?.state === 'machine')
          ? Math.min(19, Math.max(0, Math.floor(confidence * 20 + 1e-9)))
          : 'not computed';
      addOne(labels, `${className} ${label?.state} ${bin}`);
    }
  }
  return { states, labels };
}

function addOne(into: Record<string, number>, key: string): void {
  into[key] = (into[key] ?? 0) + 1;
}

function withoutNone(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
