import assert from 'node:assert/strict';
import type { PortalTask } from '../../../src/core/portal/workerPortal.js';
import { clientsOf, PortalUser } from '../../support/lab.js';
import { jobsOf, textOf, untilEnded } from '../../support/labWaits.js';
import { deleteDataFolder, makeDataFolder, spawnTestServer, type ServerProcess } from '../../support/localServer.js';
import { evenCat, labelTask, prepareLabelingJob, signInInvited } from '../../support/preparedLab.js';

const bucket = 'killed';
const email = 'me@example.org';
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
    await prepareLabelingJob(server.clientConfig, { bucket, pictures, emails: [email], job: 'Killed' });
    let answered = 0;
    let me = await signInInvited(server, email);
    // Killed after the first answer, after some more, and after the last, while the labels are being written.
    for (const target of [1, 4, pictures.length]) {
      const { session } = me;
      me = new PortalUser(server.portal, session);
      const [job] = await jobsOf(me);
      const tasks = await me.ask<PortalTask[]>(`POST /api/jobs/${job?.jobReferenceCode}/tasks`, { count: 50 });
      assert.equal(tasks.length, pictures.length - answered);
      for (const task of tasks.slice(0, target - answered)) {
        await labelTask(me, task, evenCat(task));
      }
      answered = target;
      await server.kill();
      server = await spawnTestServer({ dataFolder });
    }
    const clients = clientsOf(server.clientConfig);
    const done = await untilEnded(clients, 'Killed');
    assert.equal(done.LabelingJobStatus, 'Completed');
    assert.equal(done.LabelCounters?.HumanLabeled, pictures.length);
    const manifest = await textOf(clients, bucket, 'output/Killed/manifests/output/output.manifest');
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
