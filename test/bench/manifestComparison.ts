import { fork } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from '../host/dependencies.mjs';
import { writeManifest, writeOtherManifest } from './manifestOfMillion.js';
import type { ComparisonRun } from './manifestComparisonRun.js';
import { type Measure, rounded } from './measure.js';

const lines = Number(process.env['BENCH_MANIFEST_LINES'] ?? 1_000_000);
const goalMegabytes = 250;
const rounds = 3;

/** Two manifests of a million lines each, compared: ours in its thread, then DuckDB, turn by turn. */
export async function bench(): Promise<readonly Measure[]> {
  const files = [join(root, 'out', `bench-${lines}.manifest`), join(root, 'out', `bench-other-${lines}.manifest`)];
  for (const [place, write] of [writeManifest, writeOtherManifest].entries()) {
    const file = files[place] ?? '';
    if (!existsSync(file)) {
      await write(file, lines);
    }
  }
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
  return [
    {
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
    },
  ];
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
