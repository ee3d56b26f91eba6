import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createAwsServices } from '../../src/aws/services.js';
import { examineAll, placeOf } from '../../src/core/doctor/examine.js';
import { jobSubject } from '../../src/core/doctor/subject.js';
import type { Services } from '../../src/core/ports.js';
import type { PortalTask } from '../../src/core/portal/workerPortal.js';
import { labelingJobRequest } from '../support/lab.js';
import { jobsOf, untilEnded } from '../support/labWaits.js';
import { startTestServer, type TestServer } from '../support/localServer.js';
import { labelTask, prepareLabelingJob, signInInvited } from '../support/preparedLab.js';

const { signal } = new AbortController();

describe('the doctor on a job that has ended', () => {
  let server: TestServer;
  let services: Services;

  before(async () => {
    server = await startTestServer();
    services = createAwsServices({ kind: 'local', server });
    const job = {
      bucket: 'pictures',
      pictures: ['a.png'],
      missing: ['gone.png'],
      emails: ['ann@example.com'],
      job: 'cats',
    };
    const clients = await prepareLabelingJob(server.clientConfig, job);
    const ann = await signInInvited(server, 'ann@example.com');
    const [offered] = await jobsOf(ann);
    const tasks = await ann.ask<PortalTask[]>(`POST /api/jobs/${offered?.jobReferenceCode}/tasks`, { count: 2 });
    for (const task of tasks) {
      await labelTask(ann, task, 'cat');
    }
    await untilEnded(clients, 'cats');
  });

  after(async () => {
    services.dispose();
    await server.stop();
  });

  const examine = async () => {
    const subject = jobSubject(await services.labelingJobs.describe('cats', signal));
    const { results } = await examineAll({ services, place: placeOf({ kind: 'local', server }), subject }, signal);
    return results.flatMap(({ lines }) => lines);
  };

  it('43: train.manifest finds lines that break a training, and writes a manifest without them', async () => {
    const before = (await examine()).find(({ finding }) => finding.id === 'train.manifest');
    assert.equal(before?.finding.status, 'warning');
    assert.equal(before.finding.fix?.before.split('\n').length, 3);
    assert.match(before.fix?.makes?.key ?? '', /manifests\/output\/training\.manifest$/u);
    await before.fix?.apply(signal);
    const after = (await examine()).find(({ finding }) => finding.id === 'train.manifest');
    assert.equal(after?.finding.status, 'ok');
    assert.match(after.finding.cause, /num_training_samples 1/u);
    assert.match(after.finding.where, /manifests\/output\/training\.manifest$/u);
  });

  it('23: result.missing tells of objects without a label', async () => {
    const missing = (await examine()).find(({ finding }) => finding.id === 'result.missing');
    assert.equal(missing?.finding.status, 'warning');
    assert.match(missing.finding.cause, /1 object has no label: 1 failed/u);
  });

  it('is a program for CI, too', async () => {
    const { accessKeyId, secretAccessKey, endpoint } = server;
    const env = { ...process.env, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const run = (...args: readonly string[]) =>
      promisify(execFile)(process.execPath, [join('dist', 'doctor.js'), ...args], { env }).then(
        ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
        (error: unknown) => error as { code: number; stdout: string; stderr: string },
      );
    const sick = await run('--json', '--endpoint', endpoint, '--job', 'cats');
    assert.equal(sick.code, 1); // The role of this lab may read no bucket's list, and no picture is there for a line.
    const report = JSON.parse(sick.stdout) as { findings: { id: string; status: string }[]; counts: { error: number } };
    assert.ok(report.counts.error > 0);
    assert.ok(report.findings.some(({ id, status }) => id === 's3.object.readable' && status === 'error'));

    const fine = await run('--endpoint', endpoint, '--worker');
    assert.equal(fine.code, 0, fine.stdout);
    assert.match(fine.stdout, /✓ Local Ground Truth/u);

    // What goes to AWS goes here, too, for whoever names a profile: it has its price.
    const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
    const [request, credentials, table] = ['job.json', 'credentials', 'prices.json'].map((name) => join(folder, name));
    const ids = { roleArn: 'arn:aws:iam::123456789012:role/none', workteamArn: '' };
    await writeFile(request ?? '', JSON.stringify(labelingJobRequest({ name: 'dogs', bucket: 'pictures', ...ids })));
    const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    await writeFile(credentials ?? '', `[lab]\n${keys}`);
    Object.assign(env, { AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_ENDPOINT_URL: endpoint });
    const prices = JSON.parse(await readFile(join('media', 'prices.json'), 'utf8')) as object;
    const all = [{ regions: ['*'], taskTypes: ['*'], perObject: [{ usd: 3 }], perWorkerTask: 0 }];
    await writeFile(table ?? '', JSON.stringify({ ...prices, prices: all }));
    const onAws = ['--profile', 'lab', '--request', request ?? ''];
    assert.match((await run(...onAws)).stdout, /Price: About \$0\.16: 2 objects/u);
    assert.match((await run(...onAws, '--prices', table ?? '')).stdout, /Price: About \$6\.00: 2 objects/u);
    await rm(folder, { recursive: true });

    const refused = await run('--endpoint', endpoint, '--job', 'none');
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /DescribeLabelingJob/u);
    assert.equal((await run('--what')).code, 2);
  });
});
