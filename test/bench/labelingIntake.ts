import { availableParallelism, loadavg } from 'node:os';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { DescribeLabelingJobCommand } from '@aws-sdk/client-sagemaker';
import { type Clients, clientsOf } from '../support/lab.js';
import { deleteDataFolder, spawnTestServer } from '../support/localServer.js';
import { labelOnce } from '../support/teamAtWork.js';
import { createTeamJob, prepareTeam, type TeamJob } from '../support/teamJob.js';
import { firstTask, mostMegabytes } from './labelingServer.js';
import { type Measure, percentile, rounded, timed } from './measure.js';

const job: TeamJob = { bucket: 'large', job: 'Large', objects: 100_000, workers: 1, workersPerObject: 1 };
const goalMs = 3_000;
const goalMegabytes = 500;
const looks = 100;

/**
 * From CreateLabelingJob for a hundred thousand objects to the first task of a worker, and the most memory that the
 * server has had once its manifest is written. The peer reads the same manifest from the same server and parses it,
 * which is the least that must be done.
 */
export async function bench(): Promise<readonly Measure[]> {
  const server = await spawnTestServer();
  try {
    const clients = clientsOf(server.clientConfig);
    const team = await prepareTeam(server, job);
    const [user] = team.users;
    if (user === undefined) {
      throw new Error('Nobody is there to label.');
    }
    const peerMs = await timed(() => parseManifest(clients));
    let reference = '';
    const oursMs = await timed(async () => {
      await createTeamJob(clients, job, team);
      reference = await firstTask(user);
    });
    await untilManifestIsWritten(clients);
    const next: number[] = [];
    const described: number[] = [];
    for (let look = 0; look < looks; look += 1) {
      await labelOnce(user, reference, (ms) => next.push(ms));
      const request = new DescribeLabelingJobCommand({ LabelingJobName: job.job });
      described.push(await timed(() => clients.sageMaker.send(request)));
    }
    const megabytes = await mostMegabytes(server);
    return [
      {
        bench: 'labelingIntake',
        oursMs: rounded(oursMs),
        peer: 'read and parse the manifest',
        peerMs: rounded(peerMs),
        ratio: rounded(oursMs / peerMs),
        objects: job.objects,
        megabytes: rounded(megabytes),
        nextTaskP95Ms: rounded(percentile(next, 0.95)),
        describeP95Ms: rounded(percentile(described, 0.95)),
        machineLoad: rounded((loadavg()[0] ?? 0) / availableParallelism()),
        goalMs,
        goalMegabytes,
        isGoalMet: oursMs <= goalMs && megabytes <= goalMegabytes,
      },
    ];
  } finally {
    await server.end();
    await deleteDataFolder(server.dataFolder);
  }
}

async function parseManifest({ s3 }: Clients): Promise<void> {
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: job.bucket, Key: 'in.manifest' }));
  const lines = (await body?.transformToString())?.trimEnd().split('\n') ?? [];
  const entries = lines.map((line) => JSON.parse(line) as unknown);
  if (entries.length !== job.objects) {
    throw new Error(`The manifest has ${entries.length} lines.`);
  }
}

async function untilManifestIsWritten({ sageMaker }: Clients): Promise<void> {
  for (;;) {
    const { LabelingJobOutput: output } = await sageMaker.send(
      new DescribeLabelingJobCommand({ LabelingJobName: job.job }),
    );
    if (output !== undefined) {
      return;
    }
  }
}
