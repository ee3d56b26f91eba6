import { fork } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { LintThreads } from '../../src/node/lintThread.js';
import { startThread } from '../../src/node/workerThread.js';
import { root } from '../host/dependencies.mjs';
import type { LintRun } from './lintRun.js';
import { writeManifest } from './manifestOfMillion.js';
import { type Measure, percentile, rounded, timed } from './measure.js';

const lines = Number(process.env['BENCH_MANIFEST_LINES'] ?? 1_000_000);
const editedLines = 100_000;
const keystrokes = 50;
const rounds = 2;
const format = { hasByteOrderMark: false, hasCarriageReturns: false, isUtf8: true };
const never = new AbortController().signal;

/** Looking through a manifest of a million lines, and one key typed into a text of a hundred thousand. */
export async function bench(): Promise<readonly Measure[]> {
  const file = await manifest(lines);
  const runs: LintRun[] = [];
  for (let round = 0; round < rounds; round++) {
    runs.push(await run('ours', file), await run('jsonParse', file));
  }
  return [measure(fastest(runs, 'ours'), fastest(runs, 'jsonParse'), file), await typing()];
}

function measure(ours: LintRun, peer: LintRun, file: string): Measure {
  const [loadAverage = Number.NaN] = loadavg();
  return {
    bench: 'manifest check',
    oursMs: rounded(ours.ms),
    peer: 'readline and JSON.parse of each line, and nothing else',
    peerMs: rounded(peer.ms),
    ratio: rounded(ours.ms / peer.ms),
    peakRssMb: ours.peakRssMb,
    peerPeakRssMb: peer.peakRssMb,
    loadAverage: rounded(loadAverage),
    lines,
    bytes: statSync(file).size,
  };
}

/** From a key to all problems of the text, without the pause that an editor waits for more keys. */
async function typing(): Promise<Measure> {
  const texts = readFileSync(await manifest(editedLines), 'utf8').split('\n');
  const document = new LintThreads(join(root, 'dist/node/lintWorker.js'), startThread).openDocument();
  const own: number[] = [];
  const peers: number[] = [];
  let firstMs = 0;
  try {
    firstMs = await timed(async () => {
      await document.append(texts);
      await document.lint(format, 999, never);
    });
    for (let key = 0; key < keystrokes; key++) {
      const line = (key * 1_999) % editedLines;
      const range = { startLine: line, startColumn: 5, endLine: line, endColumn: 5 };
      own.push(
        await timed(async () => {
          await document.change([{ range, text: 'x' }]);
          await document.lint(format, 999, never);
        }),
      );
      peers.push(await timed(async () => texts.forEach((text) => text !== '' && JSON.parse(text))));
    }
  } finally {
    document.dispose();
  }
  return {
    bench: 'manifest keystroke',
    oursMs: rounded(percentile(own, 0.5)),
    peer: 'JSON.parse of each line of the text anew',
    peerMs: rounded(percentile(peers, 0.5)),
    ratio: rounded(percentile(own, 0.5) / percentile(peers, 0.5)),
    p95Ms: rounded(percentile(own, 0.95)),
    firstMs: rounded(firstMs),
    lines: editedLines,
  };
}

async function manifest(count: number): Promise<string> {
  const file = join(root, 'out', `bench-${count}.manifest`);
  if (!existsSync(file)) {
    await writeManifest(file, count);
  }
  return file;
}

function fastest(runs: readonly LintRun[], kind: LintRun['kind']): LintRun {
  const [first] = runs.filter((made) => made.kind === kind).toSorted((a, b) => a.ms - b.ms);
  if (!first) {
    throw new Error('Nothing was run');
  }
  return first;
}

/** In a process of its own, so that its memory is its own. */
function run(kind: LintRun['kind'], file: string): Promise<LintRun> {
  return new Promise((resolve, reject) => {
    const child = fork(join(root, 'test/bench/lintRun.ts'), [kind, file], { cwd: root, execArgv: ['--import=tsx'] });
    child.once('message', (result) => resolve(result as LintRun));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The run of "${kind}" ended with ${code} and said nothing`)));
  });
}
