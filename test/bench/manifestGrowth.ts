import { copyFile, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startManifestThread } from '../../src/node/manifestThread.js';
import { startThread } from '../../src/node/workerThread.js';
import { root } from '../host/dependencies.mjs';
import { type Measure, rounded, timed } from './measure.js';
import { appendLines, writeManifest } from './manifestOfMillion.js';

const lines = Number(process.env['BENCH_MANIFEST_LINES'] ?? 1_000_000);
const times = 10;
const rounds = 3;
const goalRatioPerLine = 1.1;
const never = new AbortController().signal;

/** A scan of ten times as many lines beside one of as many, and reading on after a hundredth was added. */
export async function bench(): Promise<readonly Measure[]> {
  const file = join(root, 'out', `bench-${lines}.manifest`);
  if (!existsSync(file)) {
    await writeManifest(file, lines);
  }
  const large = join(root, 'out', `bench-${lines * times}.manifest`);
  const growing = join(root, 'out', 'bench-growing.manifest');
  try {
    await writeManifest(large, lines * times);
    const growth = await growthOf(file, growing);
    const whole = await best(() => scanOnce(file));
    const tenTimes = await best(() => scanOnce(large));
    return [
      {
        bench: 'manifest of ten times the lines',
        oursMs: rounded(tenTimes),
        peer: `a manifest of ${lines} lines, ${times} times over`,
        peerMs: rounded(whole * times),
        ratio: rounded(tenTimes / (whole * times)),
        lines: lines * times,
        bytes: (await stat(large)).size,
        isGoalMet: tenTimes <= whole * times * goalRatioPerLine,
      },
      {
        bench: 'manifest that has grown by a hundredth',
        oursMs: rounded(growth),
        peer: 'scanning all of it',
        peerMs: rounded(whole),
        ratio: rounded(growth / whole),
        lines,
      },
    ];
  } finally {
    await rm(large, { force: true });
    await rm(growing, { force: true });
  }
}

async function scanOnce(path: string): Promise<void> {
  const scan = startManifestThread(join(root, 'dist/node/manifestWorker.js'), { kind: 'file', path }, startThread);
  await scan.finish(() => undefined);
  await scan.summary(never);
  scan.dispose();
}

async function growthOf(file: string, growing: string): Promise<number> {
  await copyFile(file, growing);
  const scan = startManifestThread(
    join(root, 'dist/node/manifestWorker.js'),
    { kind: 'file', path: growing },
    startThread,
  );
  await scan.finish(() => undefined);
  const more = Math.ceil(lines / 100);
  let grown = lines;
  const ms = await best(
    async () => {
      if (!(await scan.follow({ kind: 'file', path: growing })) || (await scan.summary(never)).lines !== grown) {
        throw new Error('The manifest that has grown was not read on');
      }
    },
    async () => {
      await appendLines(growing, grown, more);
      grown += more;
    },
  );
  scan.dispose();
  return ms;
}

async function best(work: () => Promise<void>, prepare: () => Promise<void> = async () => undefined): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    await prepare();
    least = Math.min(least, await timed(work));
  }
  return least;
}
