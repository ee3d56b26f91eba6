import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { RowFilter, RowQuery, RowSort } from '../../src/core/manifest/arrangement.js';
import type { ManifestScan } from '../../src/core/manifest/manifestScan.js';
import { startManifestThread } from '../../src/node/manifestThread.js';
import { startThread } from '../../src/node/workerThread.js';
import { root } from '../host/dependencies.mjs';
import { type Measure, percentile, rounded, timed } from './measure.js';
import { writeManifest } from './manifestOfMillion.js';

const lines = Number(process.env['BENCH_MANIFEST_LINES'] ?? 1_000_000);
const goalMs = 100;
const rounds = 20;
const attribute = 'animals-first-thousand';
const never = new AbortController().signal;

const everything: RowFilter = { classes: [], confidence: undefined, states: [], text: '' };
const inFile: RowSort = { by: 'line', isDescending: false };
const sorted = (by: RowSort['by']) => (round: number) => ({ sort: { by, isDescending: round % 2 === 1 } });

/** What the user can ask of the list; each round asks for something else, so that nothing is answered from memory. */
const queries: Readonly<Record<string, (round: number) => { filter?: Partial<RowFilter>; sort?: RowSort }>> = {
  'filter by class': (round) => ({ filter: { classes: [['cat', 'zebra', 'cow'][round % 3] ?? ''] } }),
  'filter by confidence': (round) => ({ filter: { confidence: { from: 0.5 + round / 100, to: 0.9 } } }),
  'filter by who labeled': (round) => ({ filter: { states: [round % 2 === 0 ? 'human' : 'machine'] } }),
  'search for a name': (round) => ({ filter: { text: `00${1234 + round}` } }),
  'search for what is nowhere': (round) => ({ filter: { text: `nowhere${round}` } }),
  'search for a class': (round) => ({ filter: { text: ['elephant', 'horse'][round % 2] ?? '' } }),
  'sort by line': sorted('line'),
  'sort by name': sorted('source'),
  'sort by class': sorted('class'),
  'sort by confidence': sorted('confidence'),
  'sort by time': sorted('created'),
};

/** Filtering, searching and sorting a million rows, each with the first page of the outcome; and the first page at all. */
export async function bench(): Promise<readonly Measure[]> {
  const file = join(root, 'out', `bench-${lines}.manifest`);
  if (!existsSync(file)) {
    await writeManifest(file, lines);
  }
  const firstRows: number[] = [];
  for (let round = 0; round < 5; round++) {
    firstRows.push(await timeToFirstRows(file));
  }
  const measures = [measure('first rows of a manifest that is opened', firstRows)];
  const byNameAtOnce: number[] = [];
  for (let round = 0; round < 3; round++) {
    const scan = await scanned(file);
    byNameAtOnce.push(
      await timed(() => page(scan, { attribute, filter: everything, sort: { ...inFile, by: 'source' } })),
    );
    scan.dispose();
  }
  measures.push(measure('sort by name, asked for the moment that the scan ends', byNameAtOnce));
  const scan = await scanned(file);
  for (const [name, queryOf] of Object.entries(queries)) {
    const samples: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { filter, sort } = queryOf(round);
      samples.push(
        await timed(() => page(scan, { attribute, filter: { ...everything, ...filter }, sort: sort ?? inFile })),
      );
    }
    measures.push(measure(name, samples));
  }
  for (const text of searchedTexts) {
    measures.push(await wholeLines(scan, file, text));
  }
  scan.dispose();
  return measures;
}

/** In all lines, in hardly any, in a tenth of them, in none; and what makes each line of a file with escapes a suspect. */
const searchedTexts = ['job-name', '00123456', 'Zebra', 'nowhere at all', 'zürich'] as const;

/** A search in whole lines from asking for it to its end, beside `grep` of the same text in the same file. */
async function wholeLines(scan: ManifestScan, file: string, text: string): Promise<Measure> {
  const firstRows: number[] = [];
  const ours: number[] = [];
  const peers: number[] = [];
  let found = 0;
  for (let round = 0; round < 5; round++) {
    const query = { attribute, filter: { ...everything, text, inWholeLines: true }, sort: inFile };
    const startedAt = performance.now();
    let { total } = await scan.rows(query, { first: 0, count: 50 }, never);
    firstRows.push(performance.now() - startedAt);
    for (let isComplete = false; !isComplete;) {
      ({ total, isComplete } = await scan.search(query, never));
    }
    ours.push(performance.now() - startedAt);
    found = total;
    peers.push(await timed(async () => grep(file, text, found)));
    await forgetSearches(scan, round);
  }
  const [oursMs, peerMs] = [percentile(ours, 0.5), percentile(peers, 0.5)];
  const megabytes = statSync(file).size / 1e6;
  return {
    bench: 'manifest search in whole lines',
    text,
    found,
    oursMs: rounded(oursMs),
    firstAnswerMs: rounded(percentile(firstRows, 0.5)),
    mbPerSecond: Math.round((megabytes / oursMs) * 1_000),
    peer: 'grep -c -i -F',
    peerMs: rounded(peerMs),
    peerMbPerSecond: Math.round((megabytes / peerMs) * 1_000),
    ratio: rounded(oursMs / peerMs),
    lines,
    loadAverage: rounded(loadavg()[0] ?? Number.NaN),
  };
}

/** Throws where it counts other lines than we do. */
function grep(file: string, text: string, expected: number): void {
  const { stdout } = spawnSync('grep', ['-c', '-i', '-F', text, file], { encoding: 'utf8' });
  if (Number(stdout) !== expected) {
    throw new Error(`grep found "${text}" in ${stdout.trim()} lines, and we in ${expected}`);
  }
}

/** Others are begun instead, so that the next one for the same text begins anew. */
async function forgetSearches(scan: ManifestScan, round: number): Promise<void> {
  for (let other = 0; other < 4; other++) {
    const filter = { ...everything, text: `other ${round} ${other}`, inWholeLines: true };
    await scan.search({ attribute, filter, sort: inFile }, AbortSignal.timeout(5_000));
  }
}

async function scanned(file: string): Promise<ManifestScan> {
  const scan = startManifestThread(
    join(root, 'dist/node/manifestWorker.js'),
    { kind: 'file', path: file },
    startThread,
  );
  await scan.finish(() => undefined);
  return scan;
}

async function page(scan: ManifestScan, query: RowQuery): Promise<number> {
  return (await scan.rows(query, { first: 0, count: 50 }, never)).rows.length;
}

/** From starting the thread until there is a page of rows, asked for whenever there is news of the scan. */
async function timeToFirstRows(file: string): Promise<number> {
  const startedAt = performance.now();
  const scan = startManifestThread(
    join(root, 'dist/node/manifestWorker.js'),
    { kind: 'file', path: file },
    startThread,
  );
  const ms = await new Promise<number>((resolve, reject) => {
    const look = async () => {
      if ((await page(scan, { attribute: undefined, filter: everything, sort: inFile })) > 0) {
        resolve(performance.now() - startedAt);
      }
    };
    scan.finish(() => void look().catch(() => undefined)).then(look, reject);
  });
  scan.dispose();
  return ms;
}

function measure(name: string, samples: readonly number[]): Measure {
  const median = percentile(samples, 0.5);
  const p95 = percentile(samples, 0.95);
  return {
    bench: 'manifest queries',
    query: name,
    oursMs: rounded(median),
    p95Ms: rounded(p95),
    peer: 'the goal',
    peerMs: goalMs,
    ratio: rounded(p95 / goalMs),
    lines,
    isGoalMet: p95 < goalMs,
  };
}
