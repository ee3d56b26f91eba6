import assert from 'node:assert/strict';
import type { PortalTask } from '../../../src/core/portal/workerPortal.js';
import {
  clientsOf,
  createInput,
  createJob,
  createRole,
  createTeam,
  invitedPassword,
  labelingJobRequest,
  PortalUser,
} from '../../support/lab.js';
import { jobsOf, textOf, untilEnded } from '../../support/labWaits.js';
import { deleteDataFolder, makeDataFolder, spawnTestServer, type ServerProcess } from '../../support/localServer.js';

const bucket = 'killed';
const pictures = Array.from({ length: 12 }, (_, index) => `${index}.png`);

describe('a server that is killed in mid-labeling', () => {
  let dataFolder: string;
  let server: ServerProcess;
  before(async () => {
    dataFolder = await makeDataFolder();
    server = await spawnTestServer({ dataFolder });
  });
  after(async () => {
    await server.kill();
    await deleteDataFolder(dataFolder);
  });

  it('loses no answer, counts none twice and completes the job', async () => {
    await prepare(server);
    let answered = 0;
    let me = await PortalUser.signIn(
      server.portal,
      'me@example.org',
      await invitedPassword(dataFolder, 'me@example.org'),
    );
    // Killed between answers, in the middle of one, and while the labels are being written.
    for (const target of [1, 4, pictures.length]) {
      const { session } = me;
      me = new PortalUser(server.portal, session);
      const [job] = await jobsOf(me);
      const tasks = await me.ask<PortalTask[]>(`POST /api/jobs/${job?.jobReferenceCode}/tasks`, { count: 50 });
      assert.equal(tasks.length, pictures.length - answered);
      for (const task of tasks.slice(0, target - answered)) {
        await answer(me, task);
      }
      answered = target;
      await server.kill();
      server = await spawnTestServer({ dataFolder });
    }
    const clients = clientsOf(server.clientConfig);
    const done = await untilEnded(clients, 'Killed');
    assert.equal(done.LabelingJobStatus, 'Completed');
    assert.equal(done.LabelCounters?.HumanLabeled, pictures.length);
    const manifest = await textOf(clients, bucket, 'out/Killed/manifests/output/output.manifest');
    const labels = manifest
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { Killed: number }).Killed);
    assert.deepEqual(
      labels,
      pictures.map((_, index) => index % 2),
    );
  });
});

async function prepare(server: ServerProcess): Promise<void> {
  const clients = clientsOf(server.clientConfig);
  await createInput(clients, {
    bucket,
    pictures,
    lines: pictures.map((key) => `{"source-ref":"s3://${bucket}/${key}"}`),
  });
  const { workteamArn } = await createTeam(clients, { name: 'team', emails: ['me@example.org'] });
  const roleArn = await createRole(clients, 'role');
  const request = labelingJobRequest({ name: 'Killed', bucket, roleArn, workteamArn });
  await createJob(clients, { ...request, OutputConfig: { S3OutputPath: `s3://${bucket}/out` } });
}

async function answer(worker: PortalUser, { taskId, datasetObjectId }: PortalTask): Promise<void> {
  await worker.ask(`POST /api/tasks/${taskId}/accept`, {});
  const label = Number(datasetObjectId) % 2 === 0 ? 'cat' : 'dog';
  await worker.ask(`POST /api/tasks/${taskId}/answer`, { answerContent: { 'crowd-image-classifier': { label } } });
}
