import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createAwsServices } from '../../src/aws/services.js';
import type { Services } from '../../src/core/ports.js';
import { deleteDataFolder, spawnTestServer } from '../support/localServer.js';
import { percentile, rounded, timed, type Measure } from './measure.js';
import { benchMany } from './uploadMany.js';
import { etagsOf, uploadOurs, uploadWithAwsCli, writePictures } from './uploading.js';

const fileCount = 2_000;
const fileBytes = 50_000;
const rounds = 3;
/** Another round is begun only where it should end within this. */
const longestMs = 80_000;
const goalRatio = 0.5;
const signal = new AbortController().signal;

interface Side {
  readonly name: 'ours' | 'peer';
  readonly timesMs: number[];
  readonly upload: (bucket: string) => Promise<unknown>;
}

/**
 * Pictures of a usual size, uploaded as the extension does it, and by `aws s3 cp --recursive` to the same server. Both
 * take turns, as a machine that others use is not the same for long; its load is told with the result.
 */
export async function bench(): Promise<readonly Measure[]> {
  return [await benchPlain(), ...(await benchMany())];
}

async function benchPlain(): Promise<Measure> {
  const folder = await mkdtemp(join(tmpdir(), 'ground-truth-upload-'));
  const server = await spawnTestServer();
  const services = createAwsServices({ kind: 'local', server });
  try {
    const pictures = await writePictures(folder, fileCount, fileBytes);
    const ours: Side = { name: 'ours', timesMs: [], upload: (bucket) => uploadOurs(services, pictures, bucket) };
    const peer: Side = { name: 'peer', timesMs: [], upload: (bucket) => uploadWithAwsCli(server, pictures, bucket) };
    const loads: number[] = [];
    const startedAt = performance.now();
    for (let round = 0; round < rounds && isTimeFor(round, performance.now() - startedAt); round++) {
      loads.push(loadavg()[0] ?? Number.NaN);
      for (const side of round % 2 === 0 ? [ours, peer] : [peer, ours]) {
        await runSide(side, round, services);
      }
    }
    return measureOf(ours.timesMs, peer.timesMs, loads);
  } finally {
    services.dispose();
    await server.end();
    await Promise.all([deleteDataFolder(server.dataFolder), rm(folder, { recursive: true, force: true })]);
  }
}

/** Whether a round more, as long as those before it, fits into the time. */
function isTimeFor(roundsDone: number, elapsedMs: number): boolean {
  return roundsDone === 0 || elapsedMs + elapsedMs / roundsDone <= longestMs;
}

async function runSide({ name, timesMs, upload: send }: Side, round: number, services: Services): Promise<void> {
  const bucket = `${name}-${round}`;
  await services.objects.createBucket(bucket, signal);
  timesMs.push(await timed(() => send(bucket)));
  await checkCount(services, bucket);
}

function measureOf(oursMs: readonly number[], peerMs: readonly number[], loads: readonly number[]): Measure {
  const [ours, peer] = [percentile(oursMs, 0.5), percentile(peerMs, 0.5)];
  return {
    bench: 'upload',
    oursMs: rounded(ours),
    peer: 'aws s3 cp --recursive',
    peerMs: rounded(peer),
    ratio: rounded(ours / peer),
    oursRoundsMs: listed(oursMs),
    peerRoundsMs: listed(peerMs),
    loadAverages: listed(loads),
    cores: availableParallelism(),
    files: fileCount,
    bytesPerFile: fileBytes,
    goalRatio,
    isGoalMet: ours / peer <= goalRatio,
  };
}

function listed(values: readonly number[]): string {
  return values.map(rounded).join(', ');
}

async function checkCount(services: Services, bucket: string): Promise<void> {
  const { size: count } = await etagsOf(services, bucket);
  if (count !== fileCount) {
    throw new Error(`"${bucket}" has ${count} objects instead of ${fileCount}.`);
  }
}
