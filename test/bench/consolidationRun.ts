// One estimate of ours, in a process of its own: node consolidationRun.ts KIND FOLDER OBJECTS WORKERS CLASSES.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { answerTable, type JobAnswers } from '../../src/core/consolidation/wholeJob/answerTable.js';
import { estimateDawidSkene } from '../../src/core/consolidation/wholeJob/dawidSkene.js';
import { estimateInThread } from '../../src/node/wholeJobThread.js';
import { startThread } from '../../src/node/workerThread.js';
import { root } from '../host/dependencies.mjs';

export interface EstimateRun {
  readonly ms: number;
  /** Of all threads together: unlike the time it took, it hardly depends on who else is working. */
  readonly userMs: number;
  readonly peakRssMb: number;
}

export type EstimateKind = 'dawidSkene' | 'wholeJob';

const rounds = 100;
const smoothing = 0.1;

const estimates: { readonly [Kind in EstimateKind]: (job: JobAnswers) => Promise<Float64Array> } = {
  async dawidSkene(job) {
    const table = answerTable(job);
    const { posteriors } = estimateDawidSkene(table, { rounds, tolerance: Number.NEGATIVE_INFINITY, smoothing });
    const ofObjects = new Float64Array(job.objectCount * job.classCount);
    table.rowOfObject.forEach((row, object) => {
      ofObjects.set(posteriors.subarray(row * job.classCount, (row + 1) * job.classCount), object * job.classCount);
    });
    return ofObjects;
  },
  /** The built thread, from starting it to having its result: what somebody who asks for it waits for. */
  async wholeJob(job) {
    const script = join(root, 'dist/node/wholeJobWorker.js');
    const { signal } = new AbortController();
    return (await estimateInThread(job, { script, start: startThread, onProgress: () => undefined }, signal))
      .posteriors;
  },
};

const [kind = '', folder = '', ...counts] = process.argv.slice(2);
void main(kind as EstimateKind, folder, counts.map(Number));

async function main(
  name: EstimateKind,
  answers: string,
  [objectCount = 0, workerCount = 0, classCount = 0]: readonly number[],
): Promise<void> {
  const [objects, workers, labels] = ['objects', 'workers', 'labels'].map((file) => integers(join(answers, file)));
  if (!objects || !workers || !labels) {
    throw new Error(`There are no answers in ${answers}`);
  }
  const usedBefore = process.cpuUsage();
  const started = performance.now();
  const posteriors = await estimates[name]({ objects, workers, labels, objectCount, workerCount, classCount });
  const ms = performance.now() - started;
  const userMs = process.cpuUsage(usedBefore).user / 1_000;
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1_024);
  writeFileSync(join(answers, `ours-${name}`), posteriors);
  process.send?.({ ms, userMs, peakRssMb } satisfies EstimateRun);
  process.disconnect();
}

function integers(file: string): Int32Array {
  const bytes = new Uint8Array(readFileSync(file));
  return new Int32Array(bytes.buffer);
}
