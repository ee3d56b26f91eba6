import assert from 'node:assert/strict';
import type { RowFilter, RowQuery } from '../../../../src/core/manifest/arrangement.js';
import { type ByteSource, bytesSource } from '../../../../src/core/manifest/byteSource.js';
import { LineSearch } from '../../../../src/core/manifest/lineSearch.js';
import { ManifestReader } from '../../../../src/core/manifest/manifestReader.js';
import { kernelProgram } from '../../../support/kernelProgram.js';
import { never, scanned } from './scanning.js';

const everything: RowFilter = { classes: [], confidence: undefined, states: [], text: '' };
const queryOf = (filter: Partial<RowFilter>, sort: Partial<RowQuery['sort']> = {}): RowQuery => ({
  attribute: 'j',
  filter: { ...everything, inWholeLines: true, ...filter },
  sort: { by: 'line', isDescending: false, ...sort },
});

function labeled(source: string, name: string, note: string): string {
  const metadata = { 'class-name': name, 'human-annotated': 'yes', 'job-name': note };
  return JSON.stringify({ 'source-ref': `s3://b/${source}`, j: 0, 'j-metadata': metadata });
}

const few = [
  labeled('3.jpg', 'cat', 'labeling-job/Zürich'),
  labeled('2.jpg', 'dog', 'labeling-job/Bern'),
  'broken, and about zürich',
  '{"source-ref":"s3://b/1.jpg",',
  String.raw`"of":"Z\u00fcrich", "and":"Z\u00fcrich"}`,
  '',
  labeled('0.jpg', 'dog', 'labeling-job/ZÜRICH'),
].join('\n');

async function linesOf(query: RowQuery): Promise<readonly number[]> {
  const reader = new ManifestReader(await scanned(few));
  return (await reader.lines(query, 0, 100, never)).lines.map(({ line }) => line);
}

describe('a search in whole lines', () => {
  it('finds the objects that have the text anywhere, also on a later line of theirs', async () => {
    assert.deepEqual(await linesOf(queryOf({ text: ' zürich ' })), [0, 3, 6]);
    assert.deepEqual(await linesOf(queryOf({ text: 'job-name' })), [0, 1, 6]);
    assert.deepEqual(await linesOf(queryOf({ text: 'zürich', inWholeLines: undefined })), [], 'not so in columns');
  });

  it('narrows what other filters leave, and sorts it', async () => {
    assert.deepEqual(await linesOf(queryOf({ text: 'zürich', classes: ['dog'] })), [6]);
    assert.deepEqual(await linesOf(queryOf({ text: 'zürich' }, { isDescending: true })), [6, 3, 0]);
    assert.deepEqual(await linesOf(queryOf({ text: 'zürich' }, { by: 'source' })), [6, 3, 0]);
    assert.deepEqual(await linesOf(queryOf({ text: '  ' })), [0, 1, 3, 6]);
  });

  /** Lines of three megabytes: in each but the first half, every tenth has the text. */
  const lines = 30_000;
  const large = Array.from({ length: lines }, (_, line) =>
    labeled(`${line}.jpg`, 'cat', line > lines / 2 && line % 10 === 0 ? 'needle' : 'hay'.padEnd(20, '.')),
  ).join('\n');
  const expected = Array.from({ length: lines }, (_, line) => line).filter(
    (line) => line > lines / 2 && line % 10 === 0,
  );

  it('gives rows while it goes on, and how far it is', async () => {
    const reader = new ManifestReader(await scanned(large, {}));
    const query = queryOf({ text: 'needle' });
    const page = await reader.rows(query, { first: 0, count: 2 }, never);
    assert.deepEqual(
      page.rows.map(({ line }) => line),
      expected.slice(0, 2),
    );
    assert.ok(page.isSearching === true && page.total < expected.length, `${page.total} rows so far`);
    let told = await reader.search(query, never);
    assert.ok(told.total >= page.total && told.totalBytes === large.length);
    while (!told.isComplete) {
      told = await reader.search(query, never);
    }
    assert.deepEqual(told, {
      total: expected.length,
      searchedBytes: large.length,
      totalBytes: large.length,
      isComplete: true,
    });
    assert.equal((await reader.rows(query, { first: 0, count: 2 }, never)).isSearching, undefined);
  });

  it('is over when it is asked for all lines, or for a count of what it leaves', async () => {
    const query = queryOf({ text: 'needle' });
    const reader = new ManifestReader(await scanned(large, {}));
    await reader.rows(query, { first: 0, count: 1 }, never);
    assert.equal((await reader.lines(query, 0, 1, never)).total, expected.length);
    const other = new ManifestReader(await scanned(large, {}));
    assert.equal(await other.placeOf(query, expected.at(-1) ?? 0, never), expected.length - 1);
  });

  it('stands still once whoever asked gives up, and goes on where it was', async () => {
    const { source, reads } = countingSource(new TextEncoder().encode(large));
    const search = new LineSearch(source, await kernelProgram(), 'nowhere');
    const giveUp = new AbortController();
    const asked = search.advance(giveUp.signal);
    giveUp.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    const { length: readSoFar } = reads;
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(reads.length, readSoFar, 'nothing is read on');
    assert.ok(!search.progress.isComplete);
    await search.finish(never);
    assert.deepEqual(reads, [...new Set(reads)], 'nothing is read twice');
  });

  it('can be asked again after a part could not be read', async () => {
    const bytes = new TextEncoder().encode(large);
    let fails = 1;
    const whole = bytesSource(bytes);
    const source: ByteSource = {
      size: (signal) => whole.size(signal),
      read: (into, offset, signal) =>
        offset > 0 && fails-- > 0 ? Promise.reject(new Error('The wire was cut')) : whole.read(into, offset, signal),
    };
    const search = new LineSearch(source, await kernelProgram(), 'needle');
    await assert.rejects(search.finish(never), /The wire was cut/u);
    await search.finish(never);
    assert.deepEqual([...search.lines], expected);
  });

  it('is one search for all who ask at the same time', async () => {
    const { source, reads } = countingSource(new TextEncoder().encode(large));
    const search = new LineSearch(source, await kernelProgram(), 'needle');
    await Promise.all([search.finish(never), search.finish(never)]);
    assert.deepEqual([...search.lines], expected);
    assert.deepEqual(reads, [...new Set(reads)]);
  });
});

/** Says where it was read from. */
function countingSource(bytes: Uint8Array): { readonly source: ByteSource; readonly reads: readonly number[] } {
  const reads: number[] = [];
  const whole = bytesSource(bytes);
  const source: ByteSource = {
    size: (signal) => whole.size(signal),
    read: (into, offset, signal) => {
      reads.push(offset);
      return whole.read(into, offset, signal);
    },
  };
  return { source, reads };
}
