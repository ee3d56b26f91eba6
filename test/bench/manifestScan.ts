import { fork, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../host/dependencies.mjs';
import { rounded, type Measure } from './measure.js';
import { writeManifest } from './manifestOfMillion.js';
import type { ScanRun } from './manifestScanRun.js';

const lines = Number(process.env['BENCH_MANIFEST_LINES'] ?? 1_000_000);
const goalMegabytes = 150;
const goalOfDuckDb = 0.5;
const rounds = 3;

/** What each contestant does with the same file, in a process of its own so that its memory is its own. */
const peers: Readonly<Record<Exclude<ScanRun['kind'], 'ours' | 'opened'>, string>> = {
  duckdb: "DuckDB's JSON reader with 2 threads, the same breakdown",
  jq: 'jq, the same breakdown, once',
  jsonParse: 'readline and JSON.parse of each line, the same breakdown',
  read: 'reading the file and doing nothing with it',
};

/** The full breakdown of a manifest of a million lines: ours, then the others, turn by turn. */
export async function bench(): Promise<readonly Measure[]> {
  const file = join(root, 'out', `bench-${lines}.manifest`);
  if (!existsSync(file)) {
    await writeManifest(file, lines);
  }
  const program = await buildRun();
  const run = (kind: ScanRun['kind'], path: string) => runOnce(program, kind, path);
  const runs = new Map<ScanRun['kind'], ScanRun[]>();
  for (let round = 0; round < rounds; round++) {
    const slow = round === 0 && hasJq() ? (['jq'] as const) : [];
    for (const kind of [...slow, 'ours', 'opened', 'duckdb', 'jsonParse', 'read'] as const) {
      runs.set(kind, [...(runs.get(kind) ?? []), await run(kind, file)]);
    }
  }
  const bestOf = (kind: ScanRun['kind']) => best(runs.get(kind) ?? []);
  if (!runs.has('jq')) {
    console.error('There is no jq on the PATH: the manifest is not read with it.');
  }
  const bytes = statSync(file).size;
  const beside = (own: ScanRun, kind: keyof typeof peers): Measure => compared(own, bestOf(kind), { kind, bytes });
  const own = bestOf('ours');
  return [
    ...objectKeys(peers).flatMap((kind) => (runs.has(kind) ? [beside(own, kind)] : [])),
    // Its memory is another process's: that of `ours`.
    {
      ...beside(bestOf('opened'), 'duckdb'),
      bench: 'manifest scan, its process started too',
      peakRssMb: own.peakRssMb,
    },
  ];
}

function compared(own: ScanRun, other: ScanRun, { kind, bytes }: { kind: keyof typeof peers; bytes: number }): Measure {
  if (kind !== 'read' && other.breakdown !== own.breakdown) {
    throw new Error(`${kind} found another breakdown:\n${other.breakdown}\nthan ours:\n${own.breakdown}`);
  }
  const [loadAverage = Number.NaN] = loadavg();
  return {
    bench: 'manifest scan',
    oursMs: rounded(own.ms),
    peer: peers[kind],
    peerMs: rounded(other.ms),
    ratio: rounded(own.ms / other.ms),
    oursUserMs: rounded(own.userMs),
    peerUserMs: rounded(other.userMs),
    userRatio: rounded(own.userMs / other.userMs),
    loadAverage: rounded(loadAverage),
    lines,
    bytes,
    peakRssMb: own.peakRssMb,
    peerPeakRssMb: other.peakRssMb,
    goalMb: goalMegabytes,
    isGoalMet: own.peakRssMb < goalMegabytes && (kind !== 'duckdb' || own.ms <= other.ms * goalOfDuckDb),
  };
}

const objectKeys = <K extends string>(object: Readonly<Record<K, unknown>>): K[] => Object.keys(object) as K[];

function hasJq(): boolean {
  return spawnSync('jq', ['--version']).status === 0;
}

function best(runs: readonly ScanRun[]): ScanRun {
  const [first] = runs.toSorted((a, b) => a.ms - b.ms);
  if (!first) {
    throw new Error('Nothing was run');
  }
  return first;
}

/** As one file, so that the process has nothing in its memory that only compiles what it runs. */
async function buildRun(): Promise<string> {
  const outfile = join(root, 'out/bench/manifestScanRun.mjs');
  const here = pathToFileURL(join(root, 'test/host/dependencies.mjs')).href; // It says where the root is.
  await build({
    entryPoints: [join(root, 'test/bench/manifestScanRun.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    define: { 'import.meta.url': JSON.stringify(here) },
  });
  return outfile;
}

function runOnce(program: string, kind: ScanRun['kind'], file: string): Promise<ScanRun> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [kind, file], { cwd: root, execArgv: [] });
    child.once('message', (result) => resolve(result as ScanRun));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The run of "${kind}" ended with ${code} and said nothing`)));
  });
}
