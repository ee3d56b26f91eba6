import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { promisify } from 'node:util';
import { createAwsServices } from '../../src/aws/services.js';
import type { LocalServer, Services } from '../../src/core/ports.js';
import { upload, type UploadFile } from '../../src/core/uploads/upload.js';
import { deleteDataFolder, spawnTestServer } from '../support/localServer.js';
import { rounded, type Measure } from './measure.js';

const fileCount = 2_000;
const fileBytes = 50_000;
const goalRatio = 0.5;
const signal = new AbortController().signal;

/** Pictures of a usual size, uploaded as the extension does it, and by `aws s3 cp --recursive` to the same server. */
export async function bench(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ground-truth-upload-'));
  const server = await spawnTestServer();
  const services = createAwsServices({ kind: 'local', server });
  try {
    const names = await writePictures(folder);
    for (const bucket of ['ours', 'peer']) {
      await services.objects.createBucket(bucket, signal);
    }
    const oursMs = await timed(() => uploadOurs(services, folder, names));
    const peerMs = await timed(() => uploadWithAwsCli(server, folder));
    for (const bucket of ['ours', 'peer']) {
      await checkCount(services, bucket);
    }
    return [
      {
        bench: 'upload',
        oursMs: rounded(oursMs),
        peer: 'aws s3 cp --recursive',
        peerMs: rounded(peerMs),
        ratio: rounded(oursMs / peerMs),
        files: fileCount,
        bytesPerFile: fileBytes,
        goalRatio,
        isGoalMet: oursMs / peerMs <= goalRatio,
      },
    ];
  } finally {
    services.dispose();
    await server.end();
    await Promise.all([deleteDataFolder(server.dataFolder), rm(folder, { recursive: true, force: true })]);
  }
}

async function writePictures(folder: string): Promise<readonly string[]> {
  const names = Array.from({ length: fileCount }, (_, index) => `${index}.jpg`);
  await mkdir(folder, { recursive: true });
  for (const name of names) {
    await writeFile(join(folder, name), randomBytes(fileBytes));
  }
  return names;
}

async function uploadOurs({ objects }: Services, folder: string, names: readonly string[]): Promise<void> {
  const files = names.map((name): UploadFile => {
    return { key: name, read: () => readFile(join(folder, name)) };
  });
  await upload({ objects, bucket: 'ours', files, md5, onProgress: () => {} }, signal);
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

async function uploadWithAwsCli(server: LocalServer, folder: string): Promise<void> {
  const command = existsSync('/usr/bin/aws') ? '/usr/bin/aws' : 'aws'; // Debian's; a shim may hide another version.
  const args = [
    's3',
    'cp',
    '--recursive',
    '--only-show-errors',
    '--endpoint-url',
    server.endpoint,
    folder,
    's3://peer/',
  ];
  await promisify(execFile)(command, args, {
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
