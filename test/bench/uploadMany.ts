import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAwsServices } from '../../src/aws/services.js';
import type { Services } from '../../src/core/ports.js';
import type { UploadOutcome } from '../../src/core/uploads/upload.js';
import type { FaultName, FaultRule } from '../../src/local/faults/faultRule.js';
import { deleteDataFolder, makeDataFolder, spawnTestServer } from '../support/localServer.js';
import { type Measure, rounded, timed } from './measure.js';
import { etagsOf, md5, type Pictures, uploadOurs, uploadWithAwsCli, writePictures } from './uploading.js';

const fileCount = 10_000;
const fileBytes = 20_000;
const bucket = { ours: 'ours', peer: 'peer' } as const;
/** Together two of a hundred requests. */
const twoPercent: readonly FaultRule[] = [met('SlowDown', 1), met('InternalError', 2), met('CutDuring', 3)];
const { signal } = new AbortController();

/** Many files, where nothing fails and where S3 fails now and then. Of ours all must be there, and be what they were. */
export async function benchMany(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ground-truth-upload-'));
  try {
    const pictures = await writePictures(folder, fileCount, fileBytes);
    return [await benchWith('uploadMany', pictures, []), await benchWith('uploadFaulty', pictures, twoPercent)];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchWith(bench: string, pictures: Pictures, faults: readonly FaultRule[]): Promise<Measure> {
  const dataFolder = await makeDataFolder();
  const faultsFile = join(dataFolder, 'faults.json');
  await writeFile(faultsFile, JSON.stringify({ faults }));
  const server = await spawnTestServer({ dataFolder, args: ['--faults', faultsFile] });
  const services = createAwsServices({ kind: 'local', server });
  try {
    const load = loadavg()[0] ?? Number.NaN;
    await services.objects.createBucket(bucket.ours, signal);
    await services.objects.createBucket(bucket.peer, signal);
    let outcome: UploadOutcome | undefined;
    const oursMs = await timed(async () => {
      outcome = await uploadOurs(services, pictures, bucket.ours);
    });
    const faultsMet = server.log.filter((line) => line.includes(' meets ')).length;
    // What it did not get through is counted below.
    const peerMs = await timed(() => uploadWithAwsCli(server, pictures, bucket.peer).catch(() => undefined));
    const rightOfOurs = await rightOf(services, pictures, bucket.ours);
    requireAll(bench, rightOfOurs, outcome);
    return {
      bench,
      oursMs: rounded(oursMs),
      peer: 'aws s3 cp --recursive',
      peerMs: rounded(peerMs),
      ratio: rounded(oursMs / peerMs),
      rightOfOurs,
      rightOfPeer: await rightOf(services, pictures, bucket.peer),
      faultsMetByOurs: faultsMet,
      loadAverage: rounded(load),
      cores: availableParallelism(),
      files: fileCount,
      bytesPerFile: fileBytes,
    };
  } finally {
    services.dispose();
    await server.end();
    await deleteDataFolder(dataFolder);
  }
}

function met(fault: FaultName, seed: number): FaultRule {
  return { service: 's3', operation: 'PutObject', fault, rate: 0.02 / 3, seed };
}

/** How many are there with the ETag that their bytes have. */
async function rightOf(services: Services, { folder, names }: Pictures, bucketName: string): Promise<number> {
  const etags = await etagsOf(services, bucketName);
  let right = 0;
  for (const name of names) {
    right += etags.get(name) === md5(await readFile(join(folder, name))) ? 1 : 0;
  }
  return right;
}

/** How long it took says nothing where something is missing, or is there and was not told of. */
function requireAll(bench: string, right: number, outcome: UploadOutcome | undefined): void {
  const told = outcome?.uploaded.length ?? 0;
  if (right !== fileCount || told !== fileCount) {
    throw new Error(`${bench}: ${right} of ${fileCount} files are there as they were, and ${told} were told of.`);
  }
}
