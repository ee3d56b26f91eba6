import assert from 'node:assert/strict';
import { clientsOf } from '../../support/lab.js';
import { deleteDataFolder, makeDataFolder, spawnTestServer, type ServerProcess } from '../../support/localServer.js';
import { workAsTeam } from '../../support/teamAtWork.js';
import { createTeamJob, prepareTeam, problemsOf } from '../../support/teamJob.js';

const job = { bucket: 'team', job: 'Team', objects: 400, workers: 50, workersPerObject: 3 };
const answers = job.objects * job.workersPerObject;
/** Also at the beginning, and while the last answers come. */
const killsAfter = [1, 150, 500, 850, answers - 20];

describe('a team of fifty whose server is killed again and again', () => {
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

  it('loses no answer, has none counted twice, and sees no object again', async () => {
    const team = await prepareTeam(server, job);
    await createTeamJob(clientsOf(server.clientConfig), job, team);
    const { users } = team;
    const work = await workAsTeam({ server, users, job: job.job, killsAfter });
    ({ server } = work);
    assert.equal(work.kills, killsAfter.length);
    assert.ok(work.counterReads > 0);
    assert.deepEqual(await problemsOf(work, job), []);
  }).timeout(240_000);
});
