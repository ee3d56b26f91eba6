import assert from 'node:assert/strict';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { DescribeLabelingJobCommand } from '@aws-sdk/client-sagemaker';
import type { PortalJob, PortalTask } from '../../../src/core/portal/workerPortal.js';
import { type Clients, clientsOf, PortalUser } from '../../support/lab.js';
import { textOf, untilEnded } from '../../support/labWaits.js';
import { deleteDataFolder, makeDataFolder, spawnTestServer, type ServerProcess } from '../../support/localServer.js';
import { evenCat, labelTask, prepareLabelingJob, signInInvited } from '../../support/preparedLab.js';

const bucket = 'killed';
const pictures = Array.from({ length: 40 }, (_, index) => `${index}.png`);
const emails = ['anna@example.org', 'ben@example.org', 'cleo@example.org', 'dan@example.org'];
const workersPerObject = 2;
const killsAfter = new Set([15, 40, 75]);

describe('a server that is killed while a team is labeling', () => {
  let dataFolder: string;
  /** The server that is there, or the one that is starting. */
  let running: Promise<ServerProcess>;
  let isDone = false;
  const taken: string[] = [];
  before(async () => {
    dataFolder = await makeDataFolder();
    running = spawnTestServer({ dataFolder });
    const { clientConfig } = await running;
    await prepareLabelingJob(clientConfig, { bucket, pictures, emails, job: 'Team', workersPerObject });
  });
  after(async () => {
    await (await running).kill();
    await deleteDataFolder(dataFolder);
  });

  it('keeps every answer that it took, each object to different workers', async () => {
    const server = await running;
    const workers = await Promise.all(emails.map(async (email) => signInInvited(server, email)));
    await Promise.all(
      workers.map(async ({ session }) => {
        // An answer that the server took may have gone unacknowledged: only the job knows when all are there.
        while (!isDone) {
          const current = await running;
          try {
            await labelSome(current, new PortalUser(current.portal, session));
          } catch (error) {
            // The connection broke, or the task went to another: whatever it was, the work goes on.
            assert.ok(
              error instanceof Error && /fetch failed|terminated|TaskGone|ECONN|socket/u.test(error.message),
              String(error),
            );
          }
        }
      }),
    );

    const clients = clientsOf((await running).clientConfig);
    const done = await untilEnded(clients, 'Team');
    assert.equal(done.LabelCounters?.HumanLabeled, pictures.length);
    const manifest = await textOf(clients, bucket, 'output/Team/manifests/output/output.manifest');
    const lines = manifest.trimEnd().split('\n');
    const labels = lines.map((line) => (JSON.parse(line) as { readonly Team: number }).Team);
    assert.deepEqual(
      labels,
      pictures.map((_, index) => index % 2),
    );
    assert.equal(new Set(taken).size, taken.length, 'no object went to one worker twice');
    const kept = await keptAnswers(clients);
    assert.equal(kept.size, pictures.length * workersPerObject);
    assert.deepEqual(
      taken.filter((answer) => !kept.has(answer)),
      [],
    );
  });

  async function labelSome(server: ServerProcess, worker: PortalUser): Promise<void> {
    const [job] = await worker.ask<PortalJob[]>('GET /api/jobs');
    if (job === undefined) {
      const { sageMaker } = clientsOf(server.clientConfig);
      const { LabelingJobStatus: status } = await sageMaker.send(
        new DescribeLabelingJobCommand({ LabelingJobName: 'Team' }),
      );
      isDone ||= status === 'Completed';
      return;
    }
    const tasks = await worker.ask<PortalTask[]>(`POST /api/jobs/${job.jobReferenceCode}/tasks`, { count: 3 });
    for (const task of tasks) {
      await labelTask(worker, task, evenCat(task));
      taken.push(`${task.datasetObjectId} ${worker.session.workerId}`);
      if (killsAfter.delete(taken.length)) {
        running = killAndStart(await running);
      }
    }
  }

  async function killAndStart(server: ServerProcess): Promise<ServerProcess> {
    await server.kill();
    return spawnTestServer({ dataFolder });
  }
});

/** Object and worker of each answer in the job's worker-response files. */
async function keptAnswers(clients: Clients): Promise<ReadonlySet<string>> {
  const listed = await clients.s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: 'output/Team/annotations/worker-response/' }),
  );
  const kept = new Set<string>();
  for (const { Key: key = '' } of listed.Contents ?? []) {
    const { answers } = JSON.parse(await textOf(clients, bucket, key)) as {
      readonly answers: readonly { readonly workerId: string }[];
    };
    for (const { workerId } of answers) {
      kept.add(`${key.split('/').at(-2)} ${workerId}`);
    }
  }
  return kept;
}
