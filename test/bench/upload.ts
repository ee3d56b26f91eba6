import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { promisify } from 'node:util';
import { createAwsServices } from '../../src/aws/services.js';
import type { LocalServer, Services } from '../../src/core/ports.js';
import { upload, type UploadFile } from '../../src/core/uploads/upload.js';
import { awsCommand } from '../support/awsCli.js';
import { deleteDataFolder, spawnTestServer } from '../support/localServer.js';
import { percentile, rounded, type Measure } from './measure.js';

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
  readonly upload: (bucket: string) => Promise<void>;
}

/**
 * Pictures of a usual size, uploaded as the extension does it, and by `aws s3 cp --recursive` to the same server. Both
 * take turns, as a machine that others use is not the same for long; its load is told with the result.
 */
export async function bench(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ground-truth-upload-'));
  const server = await spawnTestServer();
  const services = createAwsServices({ kind: 'local', server });
  try {
    const pictures = await writePictures(folder);
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
    return [measureOf(ours.timesMs, peer.timesMs, loads)];
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

interface Pictures {
  readonly folder: string;
  readonly names: readonly string[];
}

async function writePictures(folder: string): Promise<Pictures> {
  const names = Array.from({ length: fileCount }, (_, index) => `${index}.jpg`);
  await mkdir(folder, { recursive: true });
  for (const name of names) {
    await writeFile(join(folder, name), randomBytes(fileBytes));
  }
  return { folder, names };
}

async function uploadOurs({ objects }: Services, { folder, names }: Pictures, bucket: string): Promise<void> {
  const files = names.map((name): UploadFile => {
    return { key: name, read: () => readFile(join(folder, name)) };
  });
  await upload({ objects, bucket, files, md5, onProgress: () => {} }, signal);
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

async function uploadWithAwsCli(server: LocalServer, { folder }: Pictures, bucket: string): Promise<void> {
  const args = [
    's3',
    'cp',
    '--recursive',
    '--only-show-errors',
    '--endpoint-url',
    server.endpoint,
    folder,
    `s3://${bucket}/`,
  ];
  await promisify(execFile)(awsCommand, args, {
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: server.accessKeyId,
      AWS_SECRET_ACCESS_KEY: server.secretAccessKey,
      AWS_DEFAULT_REGION: server.region,
      AWS_CONFIG_FILE: join(folder, 'no-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
    },
  });
}

async function checkCount({ objects }: Services, bucket: string): Promise<void> {
  let count = 0;
  let token: string | undefined;
  do {
    const page = await objects.listObjects({ bucket, ...(token !== undefined && { token }) }, signal);
    count += page.objects.length;
    token = page.nextToken;
  } while (token !== undefined);
  if (count !== fileCount) {
    throw new Error(`"${bucket}" has ${count} objects instead of ${fileCount}.`);
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
