import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../host/dependencies.mjs';
import { percentile, rounded, type Measure } from './measure.js';

const runs = 15;
const goalMs = 40;

/** Loading what VS Code loads at activation, beside what it would load if the AWS SDK were not a bundle of its own. */
export async function bench(): Promise<readonly Measure[]> {
  const ours: number[] = [];
  const sdk: number[] = [];
  for (let run = 0; run < runs; run++) {
    ours.push(loadMs('dist/extension.js')); // Side by side, so that a busy moment of the machine hits both.
    sdk.push(loadMs('dist/aws/services.js'));
  }
  const oursMs = percentile(ours, 0.5);
  const peerMs = oursMs + percentile(sdk, 0.5);
  return [
    {
      bench: 'activation',
      oursMs: rounded(oursMs),
      peer: 'the same with the AWS SDK loaded at the top',
      peerMs: rounded(peerMs),
      ratio: rounded(oursMs / peerMs),
      p95Ms: rounded(percentile(ours, 0.95)),
      runs,
      goalMs,
      isGoalMet: oursMs < goalMs,
    },
  ];
}

function loadMs(bundle: string): number {
  const script = join(root, 'test', 'bench', 'loadBundle.cjs');
  return Number(execFileSync(process.execPath, [script, join(root, bundle)], { encoding: 'utf8' }));
}
