import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeLabelingJobCommand, ListLabelingJobsCommand } from '@aws-sdk/client-sagemaker';
import type { PortalTask } from '../../../src/core/portal/workerPortal.js';
import { type Clients, onePixel, PortalUser } from '../../support/lab.js';
import { jobsOf, textOf, untilEnded } from '../../support/labWaits.js';
import {
  deleteDataFolder,
  makeDataFolder,
  type ServerProcess,
  spawnTestServer,
  type TestServer,
} from '../../support/localServer.js';
import { evenCat, labelTask, prepareLabelingJobWith, signInInvited } from '../../support/preparedLab.js';
import { clientsWith, giveStore, storeAt, type TestStore } from '../../support/storageLab.js';

const bucket = 'elsewhere';
const email = 'me@example.org';
const pictures = Array.from({ length: 6 }, (_, index) => `pictures/${index} ü.png`);
const job = 'Elsewhere';
const output = `output/${job}/manifests/output/output.manifest`;

describe('a labeling job whose buckets are in a storage elsewhere', () => {
  let store: ServerProcess;
  let elsewhere: TestStore;
  let server: ServerProcess;
  let dataFolder: string;
  let clients: Clients;
  let me: PortalUser;

  before(async () => {
    dataFolder = await makeDataFolder();
    store = await spawnTestServer();
    elsewhere = storeAt(store);
    server = await spawnTestServer({ dataFolder });
    clients = clientsWith(server, elsewhere, await giveStore(server, elsewhere));
    await prepareLabelingJobWith(clients, { bucket, pictures, emails: [email], job });
    me = await signInInvited(server, email);
  });

  after(async () => {
    await Promise.all([server.kill(), store.kill()]);
    await Promise.all([deleteDataFolder(dataFolder), deleteDataFolder(store.dataFolder)]);
  });

  const describeJob = async () => clients.sageMaker.send(new DescribeLabelingJobCommand({ LabelingJobName: job }));

  /** What the job waits for, as soon as it does; or that it waits for nothing any more. */
  const waitingFor = async (expected: RegExp | undefined): Promise<void> => {
    for (;;) {
      const { FailureReason: reason, LabelingJobStatus: status } = await describeJob();
      assert.equal(status, 'InProgress');
      if (expected === undefined ? reason === undefined : expected.test(reason ?? '')) {
        return;
      }
    }
  };

  const answerOne = async (): Promise<void> => {
    const [task = assert.fail()] = await tasks();
    await labelTask(me, task, evenCat(task));
  };

  const tasks = async (): Promise<readonly PortalTask[]> => {
    const [listed] = await jobsOf(me);
    return me.ask<PortalTask[]>(`POST /api/jobs/${listed?.jobReferenceCode}/tasks`, { count: 50 });
  };

  it('takes in its input from there, and shows workers its pictures', async () => {
    const [task = assert.fail()] = await tasks();
    const uri = `s3://${bucket}/${pictures[0]}`;
    const reply = await fetch(`${server.portal}/api/tasks/${task.taskId}/object?uri=${encodeURIComponent(uri)}`, {
      headers: { authorization: `Bearer ${me.session.token}` },
    });
    assert.equal(reply.status, 200);
    assert.deepEqual(Buffer.from(await reply.arrayBuffer()), onePixel);
    await waitingFor(undefined);
    await labelTask(me, task, 'cat');
  });

  it('is listed with its storage alone', async () => {
    const listed = await clients.sageMaker.send(new ListLabelingJobsCommand({}));
    assert.deepEqual(
      listed.LabelingJobSummaryList?.map(({ LabelingJobName }) => LabelingJobName),
      [job],
    );
    const own = clientsWith(server, elsewhere, '').sageMaker;
    assert.deepEqual((await own.send(new ListLabelingJobsCommand({}))).LabelingJobSummaryList, []);
  });

  it('waits for keys after a restart, and takes answers meanwhile', async () => {
    await server.kill();
    server = await spawnTestServer({ dataFolder });
    me = new PortalUser(server.portal, me.session);
    clients = clientsWith(server, elsewhere, await giveStore(server, elsewhere, {}));
    await waitingFor(/^Waiting for the keys of the storage at http:\/\/127\.0\.0\.1:\d+: Choose Connection…/u);
    await answerOne();
  });

  it('goes on when it is given keys, and waits again when those have expired', async () => {
    await giveStore(server, elsewhere);
    await waitingFor(undefined);
    await giveStore(server, elsewhere, { keys: { ...elsewhere.keys, expiration: new Date(0) } });
    await waitingFor(/^Waiting for new keys .* have expired: sign in again/u);
    await answerOne();
    await giveStore(server, elsewhere);
    await waitingFor(undefined);
  });

  it('waits while the store is down, and writes all when it is back', async () => {
    await store.kill();
    for (const task of await tasks()) {
      await labelTask(me, task, evenCat(task));
    }
    await waitingFor(/^Cannot reach the storage at http:\S+ \(ECONNREFUSED\)/u);
    store = await spawnTestServer({ dataFolder: store.dataFolder });
    const done = await untilEnded(clients, job);
    assert.equal(done.LabelingJobStatus, 'Completed');
    assert.equal(done.LabelCounters?.HumanLabeled, pictures.length);
    assert.equal(done.FailureReason, undefined);
    const lines = (await textOf(clients, bucket, output)).trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { Elsewhere: number }).Elsewhere),
      pictures.map((_, index) => index % 2),
    );
  });

  it('leaves no secret on disk', async () => {
    const files = await filesIn(server);
    assert.ok(files.length > 3);
    const holders = files.filter(({ bytes }) => bytes.includes(elsewhere.keys.secretAccessKey));
    assert.deepEqual(holders, []);
    assert.ok(!server.log.join('\n').includes(elsewhere.keys.secretAccessKey));
    assert.ok(!files.some(({ bytes }) => bytes.includes(elsewhere.keys.accessKeyId)));
  });
});

async function filesIn({ dataFolder }: Pick<TestServer, 'dataFolder'>) {
  const entries = await readdir(dataFolder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
}
