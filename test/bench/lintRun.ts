// One contestant's run, in a process of its own: node lintRun.ts KIND FILE.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { LintThreads } from '../../src/node/lintThread.js';
import { startThread } from '../../src/node/workerThread.js';
import { root } from '../host/dependencies.mjs';
import { timed } from './measure.js';

export interface LintRun {
  readonly kind: 'ours' | 'jsonParse';
  readonly ms: number;
  readonly peakRssMb: number;
}

const contestants: { readonly [Kind in LintRun['kind']]: (file: string) => Promise<void> } = { ours, jsonParse };

void main(process.argv[2] as LintRun['kind'], process.argv[3] ?? '');

async function main(kind: LintRun['kind'], file: string): Promise<void> {
  const ms = await timed(() => contestants[kind](file));
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  process.send?.({ kind, ms, peakRssMb } satisfies LintRun);
  process.disconnect();
}

async function ours(path: string): Promise<void> {
  const threads = new LintThreads(join(root, 'dist/node/lintWorker.js'), startThread);
  const options = { manifest: { kind: 'file', path } as const, most: 999, onProgress: () => undefined };
  await threads.check(options, new AbortController().signal);
}

async function jsonParse(path: string): Promise<void> {
  for await (const line of createInterface({ input: createReadStream(path, { highWaterMark: 1 << 20 }) })) {
    JSON.parse(line);
  }
}
