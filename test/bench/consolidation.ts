import { execFileSync, fork } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../host/dependencies.mjs';
import { findScientificPython, installTools } from '../host/systemTools.mjs';
import type { EstimateKind, EstimateRun } from './consolidationRun.js';
import { type Measure, rounded } from './measure.js';

interface Job {
  readonly objects: number;
  readonly workers: number;
  readonly classes: number;
}

const answersPerObject = 5;
const turns = 3;
const million: Omit<Job, 'classes'> = { objects: 200_000, workers: 500 };
const goalRatio = 0.5;
const goalMs = 10_000;
/** So far the two may differ: they add the same numbers up in another order. */
const tolerance = 1e-9;

/**
 * A million answers, by us and by numpy and scipy: a hundred rounds of Dawid and Skene's estimate, and the estimate of a
 * whole job, ours in its thread. Each runs in a process of its own, turn by turn, and their results are compared.
 */
export async function bench(): Promise<readonly Measure[]> {
  const missing = installTools(new Set(['numpy', 'scipy']));
  if (missing.size > 0) {
    throw new Error(`This benchmark compares with numpy and scipy: ${[...missing].join(', ')} must be installed`);
  }
  return [
    await measure('dawidSkene', { ...million, classes: 2 }, (own, peer) => own.ms <= goalRatio * peer.ms),
    await measure('dawidSkene', { ...million, classes: 10 }, (own, peer) => own.ms <= goalRatio * peer.ms),
    await measure('wholeJob', { ...million, classes: 2 }, (own) => own.ms < goalMs),
    await measure('wholeJob', { ...million, classes: 10 }, (own, peer) => own.ms <= peer.ms),
    await measure('wholeJob', { ...million, workers: answersPerObject, classes: 2 }, (own) => own.ms < goalMs / 10),
  ];
}

async function measure(
  kind: EstimateKind,
  job: Job,
  isGoalMet: (own: EstimateRun, peer: EstimateRun) => boolean,
): Promise<Measure> {
  const folder = writeAnswers(job);
  const ours: EstimateRun[] = [];
  const theirs: EstimateRun[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    ours.push(await runOurs(kind, folder, job));
    theirs.push(runNumpy(kind, folder, job));
  }
  const [own, peer] = [best(ours), best(theirs)];
  const difference = greatestDifference(numbers(join(folder, `ours-${kind}`)), numbers(join(folder, `numpy-${kind}`)));
  if (!(difference < tolerance)) {
    throw new Error(`numpy found other probabilities than we did: they differ by ${difference}`);
  }
  const quarter = { ...job, objects: job.objects / 4 };
  const ofQuarter = await runOurs(kind, writeAnswers(quarter), quarter);
  return {
    bench: `consolidation: ${kind}`,
    oursMs: rounded(own.ms),
    peer: 'numpy and scipy, the same estimate',
    peerMs: rounded(peer.ms),
    ratio: rounded(own.ms / peer.ms),
    oursUserMs: rounded(own.userMs),
    peerUserMs: rounded(peer.userMs),
    userRatio: rounded(own.userMs / peer.userMs),
    answers: job.objects * answersPerObject,
    workers: job.workers,
    classes: job.classes,
    peakRssMb: own.peakRssMb,
    peerPeakRssMb: peer.peakRssMb,
    /** As much as 4 where the time grows with the answers alone. */
    timesAQuarter: rounded(own.userMs / ofQuarter.userMs),
    greatestDifference: difference,
    machineLoad: rounded((loadavg()[0] ?? 0) / availableParallelism()),
    isGoalMet: isGoalMet(own, peer),
  };
}

/** The turn in which others disturbed least. */
function best(runs: readonly EstimateRun[]): EstimateRun {
  const [first] = runs.toSorted((a, b) => a.ms - b.ms);
  if (!first) {
    throw new Error('Nothing was run');
  }
  return first;
}

/** The same answers each time. Workers are right in half to nineteen of twenty cases, and guess in the others. */
function writeAnswers({ objects, workers, classes }: Job): string {
  const folder = join(root, 'out', `bench-answers-${objects}-${workers}-${classes}`);
  const count = objects * answersPerObject;
  const columns = { objects: new Int32Array(count), workers: new Int32Array(count), labels: new Int32Array(count) };
  let state = 1;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let object = 0; object < objects; object += 1) {
    const truth = random(classes);
    const first = random(workers);
    for (let place = 0; place < answersPerObject; place += 1) {
      const answer = object * answersPerObject + place;
      // Steps of a fifth of the team: nobody is asked twice.
      const worker = (first + (place * workers) / answersPerObject + random(workers / answersPerObject)) % workers;
      columns.objects[answer] = object;
      columns.workers[answer] = worker;
      columns.labels[answer] = random(1_000) < 500 + (450 * worker) / workers ? truth : random(classes);
    }
  }
  mkdirSync(folder, { recursive: true });
  for (const [name, values] of Object.entries(columns)) {
    writeFileSync(join(folder, name), values);
  }
  return folder;
}

function runOurs(kind: EstimateKind, folder: string, { objects, workers, classes }: Job): Promise<EstimateRun> {
  return new Promise((resolve, reject) => {
    const script = join(root, 'test/bench/consolidationRun.ts');
    const child = fork(script, [kind, folder, ...[objects, workers, classes].map(String)], {
      cwd: root,
      execArgv: ['--import=tsx'],
    });
    child.once('message', (run) => resolve(run as EstimateRun));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Our run of "${kind}" ended with ${code} and said nothing`)));
  });
}

function runNumpy(kind: EstimateKind, folder: string, { objects, workers, classes }: Job): EstimateRun {
  // Settings that make an old OpenBLAS work make a new one slow.
  const { OPENBLAS_CORETYPE: _type, OPENBLAS_L2_SIZE: _size, ...env } = process.env;
  const script = join(root, 'test/bench/consolidation.py');
  const counts = [objects, workers, classes].map(String);
  const output = execFileSync(findScientificPython() ?? 'python3', [script, kind, folder, ...counts], { env });
  return JSON.parse(output.toString()) as EstimateRun;
}

function numbers(file: string): Float64Array {
  const bytes = new Uint8Array(readFileSync(file));
  return new Float64Array(bytes.buffer);
}

function greatestDifference(found: Float64Array, expected: Float64Array): number {
  if (found.length !== expected.length) {
    return Number.POSITIVE_INFINITY;
  }
  return found.reduce((most, value, place) => Math.max(most, Math.abs(value - (expected[place] ?? Number.NaN))), 0);
}
