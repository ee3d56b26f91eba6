import assert from 'node:assert/strict';
import type { RowFilter } from '../../../../src/core/manifest/arrangement.js';
import { type Breakdown, breakDown } from '../../../../src/core/manifest/breakdown.js';
import { lineKind } from '../../../../src/core/manifest/manifestColumns.js';
import { ManifestReader } from '../../../../src/core/manifest/manifestReader.js';
import { isComputed } from '../../../../src/core/manifest/confidence.js';
import type { ManifestDocument } from '../../../../src/core/manifest/manifestDocument.js';
import { randomManifest } from './randomManifest.js';
import { labelsOf } from './scannedLines.js';
import { never, scanned } from './scanning.js';

const all: RowFilter = { classes: [], confidence: undefined, states: [], text: '' };

interface Entry {
  readonly className?: string;
  readonly confidence?: number;
  readonly by?: 'yes' | 'no';
  readonly created?: string;
  readonly source?: string;
  readonly failure?: string;
  readonly job?: string;
}

const manifest = (entries: readonly Entry[]) =>
  entries
    .map(({ className, confidence = 0.9, by = 'yes', created, source = 's3://b/x.jpg', failure, job = 'j' }) =>
      JSON.stringify({
        'source-ref': source,
        ...((className !== undefined || failure !== undefined) && {
          a: 0,
          'a-metadata': {
            ...(className !== undefined && { 'class-name': className, confidence }),
            ...(failure !== undefined && { 'failure-reason': failure }),
            ...(created !== undefined && { 'creation-date': created }),
            'human-annotated': by,
            'job-name': job,
            type: 'groundtruth/image-classification',
          },
        }),
      }),
    )
    .join('\n');

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
      (await reader.breakdown({ query, of: 'filtered' }, never)).classes.map(({ name }) => name),
      ['dog'],
    );
    assert.equal((await reader.breakdown({ query, of: 'all' }, never)).objects, 3);
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

describe('rows narrowed by what charts show', () => {
  const entries: readonly Entry[] = [
    { source: 's3://b/1.jpg', className: 'cat', created: '2026-01-01T10:00:00', job: 'first' },
    { source: 's3://b/2.jpg', failure: 'ClientError: cannot read s3://b/2.jpg' },
    { source: 's3://b/1.jpg', className: 'dog', created: '2026-01-01T11:00:00', job: 'second' },
    { source: 's3://b/3.jpg', failure: 'ClientError: cannot read s3://b/3.jpg' },
    { source: 's3://c/1.jpg', failure: 'ClientError: Annotation tasks expired.' },
    { source: 's3://b/1.jpg' },
    { source: 's3://c/2.jpg', failure: ' ', job: '' },
  ];
  const reason = 'ClientError: cannot read …';
  const filters: readonly { readonly name: string; readonly filter: Partial<RowFilter>; readonly lines: number[] }[] = [
    {
      name: 'a time, without its end',
      filter: { createdAt: { from: Date.UTC(2026, 0, 1, 10), to: Date.UTC(2026, 0, 1, 11) } },
      lines: [0],
    },
    { name: 'a time before which nothing was labeled', filter: { createdAt: { from: 0, to: 1 } }, lines: [] },
    { name: 'why labels failed', filter: { failures: [reason] }, lines: [1, 3] },
    { name: 'labels that failed without a reason', filter: { failures: [''] }, lines: [6] },
    { name: 'a job', filter: { jobs: ['second'] }, lines: [2] },
    { name: 'labels that name no job', filter: { jobs: [''] }, lines: [6] },
    { name: 'sources, letter by letter', filter: { sources: ['s3://b/1.jpg', 's3://b/3.jp'] }, lines: [0, 2, 5] },
    { name: 'sources that come more than once', filter: { isRepeated: true }, lines: [0, 2, 5] },
    { name: 'several of them', filter: { isRepeated: true, jobs: ['first'] }, lines: [0] },
  ];
  for (const { name, filter, lines } of filters) {
    it(`are those of ${name}`, async () => {
      const reader = new ManifestReader(await scanned(manifest(entries)));
      const query = {
        attribute: 'a',
        filter: { ...all, ...filter },
        sort: { by: 'line', isDescending: false },
      } as const;
      const { rows } = await reader.rows(query, { first: 0, count: 10 }, never);
      assert.deepEqual(
        rows.map(({ line }) => line),
        lines,
      );
    });
  }

  it('are grouped by the reason that they failed for, without what names one object', async () => {
    const reader = new ManifestReader(await scanned(manifest(entries)));
    assert.deepEqual(await reader.failures('a', never), {
      failed: 4,
      groups: [
        { reason, count: 2, line: 1 },
        { reason: 'ClientError: Annotation tasks expired.', count: 1, line: 4 },
        { reason: '', count: 1, line: 6 },
      ],
      others: 0,
    });
    assert.equal((await reader.failures('nothing', never)).failed, 0);
  });

  it('are found again when the manifest has grown', async () => {
    const document = await scanned(manifest(entries.slice(0, 2)));
    const reader = new ManifestReader(document);
    assert.equal(reader.repeatedSources().sources, 0);
    document.columns.append((await scanned(manifest(entries))).columns.part());
    assert.deepEqual(reader.repeatedSources().groups[0], { source: 's3://b/1.jpg', count: 4, lines: [0, 2, 4, 7] });
  });

  it('are those of repeated sources, as comparing texts finds them', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { bytes, chunkBytes } = randomManifest(seed, 150);
      const document = await scanned(bytes, { chunkBytes, mostLineBytes: 1 << 20 });
      const { columns } = document;
      const seen = new Map<string, number[]>();
      for (let line = 0; line < columns.lines; line++) {
        const kind = columns.kinds.data[line];
        if (kind === lineKind.object || kind === lineKind.text) {
          const key = `${kind} ${columns.sourceOf(line)}`;
          seen.set(key, [...(seen.get(key) ?? []), line]);
        }
      }
      const repeated = [...seen.values()].filter(({ length }) => length > 1);
      const found = new ManifestReader(document).repeatedSources();
      assert.deepEqual(
        [found.sources, found.repeats],
        [repeated.length, repeated.reduce((sum, { length }) => sum + length - 1, 0)],
        `seed ${seed}`,
      );
      assert.deepEqual(
        found.groups.map(({ lines: [first] }) => first),
        repeated.toSorted((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0)).map(([first]) => first),
      );
    }
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
