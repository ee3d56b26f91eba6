import assert from 'node:assert/strict';
import type { RowFilter } from '../../../../src/core/manifest/arrangement.js';
import type { BreakdownRequest } from '../../../../src/core/manifest/breakdown.js';
import { lineKind } from '../../../../src/core/manifest/manifestColumns.js';
import { ManifestReader } from '../../../../src/core/manifest/manifestReader.js';
import { all, type Entry, manifest } from './labeledEntries.js';
import { randomManifest } from './randomManifest.js';
import { never, scanned } from './scanning.js';

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
    assert.deepEqual(await reader.failures(failuresOf('a'), never), {
      failed: 4,
      groups: [
        { reason, count: 2, line: 1 },
        { reason: 'ClientError: Annotation tasks expired.', count: 1, line: 4 },
        { reason: '', count: 1, line: 6 },
      ],
      others: 0,
    });
    assert.equal((await reader.failures(failuresOf('nothing'), never)).failed, 0);
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

function failuresOf(attribute: string): BreakdownRequest {
  return { attribute, query: { attribute, filter: all, sort: { by: 'line', isDescending: false } }, of: 'all' };
}
