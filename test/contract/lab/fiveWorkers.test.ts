import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { PortalTask } from '../../../src/core/portal/workerPortal.js';
import { pythonCommand } from '../../support/awsCli.js';
import { type Clients, clientsOf, type PortalUser } from '../../support/lab.js';
import { jobsOf, textOf, untilEnded } from '../../support/labWaits.js';
import { startTestServer, type TestServer } from '../../support/localServer.js';
import { labelTask } from '../../support/preparedLab.js';
import { createTeamJob, prepareTeam } from '../../support/teamJob.js';

const job = { bucket: 'five', job: 'Five', objects: 300, workers: 5, workersPerObject: 5 };
const labels = ['cat', 'dog', 'bird', 'fish'];
const program = fileURLToPath(new URL('publishedEstimate.py', import.meta.url));

/** What each worker answered, by object. */
type Batch = Readonly<Record<string, Readonly<Record<string, number>>>>;
type Estimates = Readonly<Record<string, readonly [label: number, confidence: number]>>;

function publishedEstimate(batches: readonly Batch[], classes: number): Estimates {
  const output = execFileSync(pythonCommand, [program], { input: JSON.stringify({ classes, batches }) });
  return JSON.parse(output.toString()) as Estimates;
}

interface VectorCase {
  readonly name: string;
  readonly classes: number;
  readonly annotations: Batch;
  readonly expected: Readonly<Record<string, { readonly class: number; readonly confidence: number }>>;
}

describe('the published estimate, written once more', () => {
  const { cases } = JSON.parse(
    readFileSync(new URL('../../fixtures/consolidationVectors.json', import.meta.url), 'utf8'),
  ) as { readonly cases: readonly VectorCase[] };
  for (const { name, classes, annotations, expected } of cases) {
    it(`gives the known labels and confidences of ${name}`, () => {
      const expectedPairs = Object.entries(expected).map(([id, each]) => [id, [each.class, each.confidence]]);
      assert.deepEqual(publishedEstimate([annotations], classes), Object.fromEntries(expectedPairs));
    });
  }
});

describe('three hundred objects that five workers label', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(async () => server.stop());

  it('have the labels and confidences that the published estimate gives their batches, to the digit', async () => {
    const clients = clientsOf(server.clientConfig);
    const team = await prepareTeam(server, job);
    const Body = JSON.stringify({ labels: labels.map((label) => ({ label })) });
    await clients.s3.send(new PutObjectCommand({ Bucket: job.bucket, Key: 'labels.json', Body }));
    await createTeamJob(clients, job, team);
    await Promise.all(team.users.map(async (user, index) => labelAll(user, index)));
    const { LabelCounters: counters } = await untilEnded(clients, job.job);
    assert.equal(counters?.HumanLabeled, job.objects);

    const batches = await requestedBatches(clients);
    assert.ok(batches.length >= job.objects / 50 && batches.every((batch) => Object.keys(batch).length <= 50));
    const estimates = publishedEstimate(batches, labels.length);
    const manifest = await textOf(clients, job.bucket, `output/${job.job}/manifests/output/output.manifest`);
    const lines = manifest.replaceAll(/(?<="creation-date":")[^"]+/gu, 'DATE').trimEnd();
    const expected = Array.from({ length: job.objects }, (_, object) => line(object, estimates[object]));
    assert.deepEqual(lines.split('\n'), expected);
    const confidences = new Set(Object.values(estimates).map(([, confidence]) => confidence));
    assert.ok(confidences.size > 10, `there are ${confidences.size} confidences: the objects should differ`);
  }).timeout(180_000);
});

/** In turns of ten, so that the objects' answers come in a mixed order; the better, the lower the worker's index. */
async function labelAll(user: PortalUser, index: number): Promise<void> {
  const [found] = await jobsOf(user);
  for (;;) {
    const tasks = await user.ask<PortalTask[]>(`POST /api/jobs/${found?.jobReferenceCode}/tasks`, { count: 10 });
    if (tasks.length === 0) {
      return;
    }
    for (const task of tasks) {
      const object = Number(task.datasetObjectId);
      const chance = (object * 7_919 + index * 104_729 + object * object * 31) % 100;
      const isRight = chance < 80 - 10 * index;
      await labelTask(user, task, labels[(object + (isRight ? 0 : 1 + (chance % 3))) % labels.length] ?? '');
    }
  }
}

async function requestedBatches(clients: Clients): Promise<readonly Batch[]> {
  const Prefix = `output/${job.job}/annotations/consolidated-annotation/consolidation-request/`;
  const listed = await clients.s3.send(new ListObjectsV2Command({ Bucket: job.bucket, Prefix }));
  return Promise.all(
    (listed.Contents ?? []).map(async ({ Key = '' }) => {
      const objects = JSON.parse(await textOf(clients, job.bucket, Key)) as readonly {
        readonly datasetObjectId: string;
        readonly annotations: readonly {
          readonly workerId: string;
          readonly annotationData: { readonly content: string };
        }[];
      }[];
      return Object.fromEntries(
        objects.map(({ datasetObjectId: id, annotations }) => [
          id,
          Object.fromEntries(
            annotations.map(({ workerId, annotationData: { content } }) => [workerId, place(content)]),
          ),
        ]),
      );
    }),
  );
}

function place(content: string): number {
  const answer = JSON.parse(content) as { readonly 'crowd-image-classifier': { readonly label: string } };
  return labels.indexOf(answer['crowd-image-classifier'].label);
}

function line(object: number, [label, confidence]: readonly [number, number] = [0, 0]): string {
  return (
    `{"source-ref":"s3://${job.bucket}/0.png","i":${object},"Five":${label},"Five-metadata":{"confidence":${confidence},` +
    `"job-name":"labeling-job/five","class-name":"${labels[label]}","human-annotated":"yes",` +
    '"creation-date":"DATE","type":"groundtruth/image-classification"}}'
  );
}
