import { fork } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from '../host/dependencies.mjs';
import { type ComparedFiles, comparisonMemory } from './comparisonMemory.js';
import { writeManifest, writeOtherManifest } from './manifestOfMillion.js';
import type { ComparisonRun } from './manifestComparisonRun.js';
import { type Measure, rounded } from './measure.js';

const lines = Number(process.env['BENCH_MANIFEST_LINES'] ?? 1_000_000);
const smallLines = 10_000;
const goalMegabytes = 250;
const rounds = 3;

/**
 * Two manifests of a million lines each, compared: ours in its thread, then DuckDB, turn by turn; and what VS Code's
 * extension host has more of while such a comparison is open.
 */
export async function bench(): Promise<readonly Measure[]> {
  const large = await filesOf(lines);
  const small = await filesOf(smallLines);
  return [await againstDuckDB([large.here, large.there]), await comparisonMemory(small, large)];
}

async function filesOf(count: number): Promise<ComparedFiles> {
  const here = join(root, 'out', `bench-${count}.manifest`);
  const there = join(root, 'out', `bench-other-${count}.manifest`);
  for (const [file, write] of [[here, writeManifest] as const, [there, writeOtherManifest] as const]) {
    if (!existsSync(file)) {
      await write(file, count);
    }
  }
  return { lines: count, here, there };
}

async function againstDuckDB(files: readonly string[]): Promise<Measure> {
  const runs: { readonly [Kind in ComparisonRun['kind']]: ComparisonRun[] } = { ours: [], duckdb: [] };
  for (let round = 0; round < rounds; round++) {
    runs.ours.push(await run('ours', files));
    runs.duckdb.push(await run('duckdb', files));
  }
  const own = best(runs.ours);
  const peer = best(runs.duckdb);
  if (own.found !== peer.found) {
    throw new Error(`DuckDB found something else:\n${peer.found}\nthan ours:\n${own.found}`);
  }
  const [loadAverage = Number.NaN] = loadavg();
  return {
    bench: 'manifest comparison',
    oursMs: rounded(own.ms),
    peer: "DuckDB's JSON reader with 2 threads and a full join, the same counts and the same confusion matrix",
    peerMs: rounded(peer.ms),
    ratio: rounded(own.ms / peer.ms),
    oursUserMs: rounded(own.userMs),
    peerUserMs: rounded(peer.userMs),
    userRatio: rounded(own.userMs / peer.userMs),
    loadAverage: rounded(loadAverage),
    linesEach: lines,
    bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
    peakRssMb: own.peakRssMb,
    peerPeakRssMb: peer.peakRssMb,
    goalMb: goalMegabytes,
    isGoalMet: own.peakRssMb < goalMegabytes && own.ms <= peer.ms,
  };
}

function best(runs: readonly ComparisonRun[]): ComparisonRun {
  const [first] = runs.toSorted((a, b) => a.ms - b.ms);
  if (!first) {
    throw new Error('Nothing was run');
  }
  return first;
}

function run(kind: ComparisonRun['kind'], files: readonly string[]): Promise<ComparisonRun> {
  return new Promise((resolve, reject) => {
    const child = fork(join(root, 'test/bench/manifestComparisonRun.ts'), [kind, ...files], {
      cwd: root,
      execArgv: ['--import=tsx'],
    });
    child.once('message', (result) => resolve(result as ComparisonRun));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The run of "${kind}" ended with ${code} and said nothing`)));
  });
}
