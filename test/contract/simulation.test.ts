import assert from 'node:assert/strict';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAwsServices } from '../../src/aws/services.js';
import { Failure } from '../../src/core/failure.js';
import { evenConfusion } from '../../src/core/simulation/simulatedWorker.js';
import { simulatedMembers } from '../../src/core/simulation/simulatedTeam.js';
import { simulate } from '../../src/core/simulation/simulation.js';
import { trueClassOf } from '../../src/core/simulation/trueClass.js';
import { httpWorkerPortal } from '../../src/node/httpWorkerPortal.js';
import { type Clients, createJob, createRole, labelingJobRequest } from '../support/lab.js';
import { textOf, untilEnded } from '../support/labWaits.js';
import { startTestServer, type TestServer } from '../support/localServer.js';
import { prepareLabelingJob } from '../support/preparedLab.js';

const { signal } = new AbortController();
const bucket = 'simulation';
const job = 'Simulated';
const seed = 3;
const objects = 24;
const workersPerObject = 3;
const labels = ['cat', 'dog'];

interface Response {
  readonly answers: readonly {
    readonly workerId: string;
    readonly answerContent: Readonly<Record<string, { readonly label: string }>>;
    readonly workerMetadata: { readonly identityData: { readonly sub: string } };
  }[];
}

describe('simulated workers on a labeling job', () => {
  let server: TestServer;
  let clients: Clients;
  beforeEach(async () => {
    server = await startTestServer();
    const pictures = Array.from({ length: objects }, (_, index) => `${labels[index % 2]}/${index}.png`);
    const emails = ['me@example.org'];
    clients = await prepareLabelingJob(server.clientConfig, { bucket, pictures, emails, job, workersPerObject });
  });
  afterEach(async () => server.stop());

  it('label it to its end, each under a name of its own, and nobody gets mail', async () => {
    const progress = await run({ members: 4, accuracy: 1 });
    assert.deepEqual(progress, { answered: objects * workersPerObject, declined: 0 });
    const { LabelCounters: counters } = await untilEnded(clients, job);
    assert.equal(counters?.HumanLabeled, objects);
    const mails = await readdir(join(server.dataFolder, 'outbox'));
    assert.equal(
      mails.filter((name) => name.endsWith('.eml')).length,
      1,
      'only the member who is a person gets a mail',
    );
    const lines = await manifestLines();
    assert.deepEqual(
      lines.map((line) => line.className),
      lines.map(({ source }) => labels[trueClassOf(source, labels, seed)]),
    );
    const responses = await workerResponses();
    assert.equal(responses.length, objects);
    for (const { answers } of responses) {
      const names = answers.map(({ workerMetadata }) => workerMetadata.identityData.sub);
      assert.ok(
        names.every((name) => /^simulated-0[1-4]-[0-9a-f]{8}$/u.test(name)),
        names.join(' '),
      );
      assert.equal(new Set(names).size, workersPerObject);
    }
  });

  it('are as wrong as they are said to be', async () => {
    const { answered } = await run({ members: 3, accuracy: 0.75 });
    const responses = await workerResponses();
    const wrong = responses.flatMap(({ answers }) =>
      new Set(answers.map(({ answerContent }) => answerContent['crowd-image-classifier']?.label)).size > 1 ? [1] : [],
    );
    assert.equal(answered, objects * workersPerObject);
    assert.ok(wrong.length > objects / 5, `they disagree about ${wrong.length} objects only`);
    assert.ok(wrong.length < objects, 'they disagree about everything');
  });

  it('leave what they decline to the others, and end where there is nobody left for it', async () => {
    const { answered, declined } = await run({ members: 4, accuracy: 1, declineRate: 0.3 });
    assert.ok(declined > 0);
    // An object is offered until three have answered, or all four have seen it.
    assert.ok(answered + declined >= objects * workersPerObject, `${answered} answers, ${declined} declined`);
    assert.ok(answered + declined <= objects * 4, `${answered} answers, ${declined} declined`);
  });

  it('stop where they are when they are told to', async () => {
    const stop = new AbortController();
    let answers = 0;
    const running = run({
      members: 2,
      accuracy: 1,
      signal: stop.signal,
      onAnswer: () => ++answers === 5 && stop.abort(),
    });
    await assert.rejects(running, { name: 'AbortError' });
    assert.ok(answers >= 5);
    const services = createAwsServices({ kind: 'local', server });
    const { status } = await services.labelingJobs.describe(job, signal);
    assert.equal(status, 'InProgress');
  });

  it('refuse a job that asks for something else than one label', async () => {
    const services = createAwsServices({ kind: 'local', server });
    const [team] = await services.privateTeams.list(signal);
    const roleArn = await createRole(clients, 'boxes');
    const task = { name: 'Boxes', bucket, roleArn, workteamArn: team?.arn ?? '', taskType: 'BoundingBox' } as const;
    await createJob(clients, labelingJobRequest(task));
    const members = await joinTeam(1, { accuracy: 1 });
    const ports = { portal: httpWorkerPortal(server.portal), wait };
    await assert.rejects(
      simulate({ labelingJobName: 'Boxes', members, seed }, ports, () => undefined, signal),
      (error) => Failure.is(error, 'simulation.otherTask') && error.details.job === 'Boxes',
    );
  });

  interface Run {
    readonly members: number;
    readonly accuracy: number;
    readonly declineRate?: number;
    readonly signal?: AbortSignal;
    readonly onAnswer?: () => unknown;
  }

  async function run({ members: count, onAnswer = () => undefined, signal: stop = signal, ...how }: Run) {
    const members = await joinTeam(count, how);
    const ports = { portal: httpWorkerPortal(server.portal), wait };
    return simulate({ labelingJobName: job, members, seed }, ports, () => void onAnswer(), stop);
  }

  async function joinTeam(count: number, { accuracy, declineRate = 0 }: Pick<Run, 'accuracy' | 'declineRate'>) {
    const worker = { confusion: evenConfusion([accuracy, accuracy]), declineRate, secondsPerTask: 0 };
    const members = simulatedMembers(count, worker, 'Correct-horse-1');
    const { privateTeams } = createAwsServices({ kind: 'local', server });
    const [team] = await privateTeams.list(signal);
    assert.ok(team);
    for (const member of members) {
      await privateTeams.addMember(team, member, signal);
      await privateTeams.addMember(team, member, signal); // As a second run does: they are there already.
    }
    const emails = new Set((await privateTeams.members(team, signal)).map(({ email }) => email));
    assert.deepEqual(
      members.filter(({ email }) => !emails.has(email)),
      [],
    );
    return members;
  }

  async function manifestLines() {
    const text = await textOf(clients, bucket, `output/${job}/manifests/output/output.manifest`);
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, string & { readonly 'class-name': string }>>)
      .map((line) => ({
        source: line['source-ref'] ?? '',
        className: Object.entries(line).find(([key]) => key.endsWith('-metadata'))?.[1]['class-name'],
      }));
  }

  async function workerResponses(): Promise<readonly Response[]> {
    const Prefix = `output/${job}/annotations/worker-response/`;
    const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix }));
    const texts = await Promise.all(Contents.map(({ Key = '' }) => textOf(clients, bucket, Key)));
    return texts.map((text) => JSON.parse(text) as Response);
  }
});

function wait(ms: number, waiting: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal: waiting });
}
