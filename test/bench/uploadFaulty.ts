import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAwsServices } from '../../src/aws/services.js';
import type { Services } from '../../src/core/ports.js';
import type { FaultName, FaultRule } from '../../src/local/faults/faultRule.js';
import { deleteDataFolder, makeDataFolder, spawnTestServer } from '../support/localServer.js';
import { type Measure, rounded, timed } from './measure.js';
import { etagsOf, md5, type Pictures, uploadOurs, uploadWithAwsCli, writePictures } from './uploading.js';

const fileCount = 10_000;
const fileBytes = 20_000;
/** Together two of a hundred requests. */
const faults: readonly FaultRule[] = [met('SlowDown', 1), met('InternalError', 2), met('CutDuring', 3)];
const { signal } = new AbortController();

/** The same, where S3 fails now and then: all must be there, and be what it was. */
export async function benchFaulty(): Promise<Measure> {
  const folder = await mkdtemp(join(tmpdir(), 'ground-truth-upload-'));
  const dataFolder = await makeDataFolder();
  const faultsFile = join(dataFolder, 'faults.json');
  await writeFile(faultsFile, JSON.stringify({ faults }));
  const server = await spawnTestServer({ dataFolder, args: ['--faults', faultsFile] });
  const services = createAwsServices({ kind: 'local', server });
  try {
    const pictures = await writePictures(folder, fileCount, fileBytes);
    const load = loadavg()[0] ?? Number.NaN;
    await services.objects.createBucket('ours', signal);
    await services.objects.createBucket('peer', signal);
    const oursMs = await timed(() => uploadOurs(services, pictures, 'ours'));
    const faultsMet = server.log.filter((line) => line.includes(' meets ')).length;
    // What it did not get through is counted below.
    const peerMs = await timed(() => uploadWithAwsCli(server, pictures, 'peer').catch(() => undefined));
    return {
      bench: 'uploadFaulty',
      oursMs: rounded(oursMs),
      peer: 'aws s3 cp --recursive',
      peerMs: rounded(peerMs),
      ratio: rounded(oursMs / peerMs),
      rightOfOurs: await rightOf(services, pictures, 'ours'),
      rightOfPeer: await rightOf(services, pictures, 'peer'),
      faultsMetByOurs: faultsMet,
      loadAverage: rounded(load),
      cores: availableParallelism(),
      files: fileCount,
      bytesPerFile: fileBytes,
    };
  } finally {
    services.dispose();
    await server.end();
    await Promise.all([deleteDataFolder(dataFolder), rm(folder, { recursive: true, force: true })]);
  }
}

function met(fault: FaultName, seed: number): FaultRule {
  return { service: 's3', operation: 'PutObject', fault, rate: 0.02 / 3, seed };
}

/** How many are there with the ETag that their bytes have. */
async function rightOf(services: Services, { folder, names }: Pictures, bucket: string): Promise<number> {
  const etags = await etagsOf(services, bucket);
  let right = 0;
  for (const name of names) {
    right += etags.get(name) === md5(await readFile(join(folder, name))) ? 1 : 0;
  }
  return right;
}
