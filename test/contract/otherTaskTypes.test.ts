import assert from 'node:assert/strict';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { JsonObject } from '../../src/core/json.js';
import type { BuiltInTaskType } from '../../src/core/labels/builtInFunctions.js';
import type { PortalTask } from '../../src/core/portal/workerPortal.js';
import type { Clients } from '../support/lab.js';
import { jobsOf, textOf, untilEnded } from '../support/labWaits.js';
import { builtServer, deleteDataFolder, type ServerProcess, spawnTestServer } from '../support/localServer.js';
import { pngFile } from '../support/pngFile.js';
import { answerTask, prepareLabelingJob, signInInvited } from '../support/preparedLab.js';

const bucket = 'other-task-types';
const emails = ['ana@example.org', 'ben@example.org'];
const size = { height: 1, width: 1 };

// What becomes of which answers is tested beside the engine: here they go through the server, from request to file.
describe('a labeling job of another task type, answered by a script', () => {
  let server: ServerProcess;
  beforeEach(async () => {
    server = await spawnTestServer({ program: builtServer }); // With the program for masks beside it.
  });
  afterEach(async () => {
    await server.end();
    await deleteDataFolder(server.dataFolder);
  });

  it('gives boxes', async () => {
    const clients = await prepare('BoundingBox', 'boxes');
    await answerAll({
      boundingBox: {
        boundingBoxes: [{ height: 1, label: 'dog', left: 0, top: 0, width: 1 }],
        inputImageProperties: size,
      },
    });
    const line = await outputOf(clients, 'boxes');
    assert.deepEqual(line['boxes'], {
      image_size: [{ width: 1, height: 1, depth: 3 }],
      annotations: [{ class_id: 1, top: 0, left: 0, height: 1, width: 1 }],
    });
    assert.deepEqual((line['boxes-metadata'] as JsonObject)['objects'], [{ confidence: 0.93 }]);
  });

  it('gives masks, whose files can be fetched', async () => {
    const clients = await prepare('SemanticSegmentation', 'masks-ref');
    const png = pngFile({ ...size, bitDepth: 8, colorType: 6 }, [44, 160, 44, 255]);
    await answerAll({
      'crowd-semantic-segmentation': {
        inputImageProperties: size,
        labelMappings: { cat: { color: '#2ca02c' } },
        labeledImage: { pngImageData: Buffer.from(png).toString('base64') },
      },
    });
    const { 'masks-ref': uri } = await outputOf(clients, 'masks-ref');
    assert.ok(typeof uri === 'string');
    const Key = uri.replace(`s3://${bucket}/`, '');
    const file = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    assert.equal(file.ContentType, 'image/png');
    assert.match((await file.Body?.transformToString('latin1')) ?? '', /^.PNG/u);
  });

  it('says what is wrong with an answer', async () => {
    await prepare('ImageMultiClassMultiLabel', 'tags');
    await assert.rejects(
      answerAll({ 'crowd-image-classifier-multi-select': { labels: ['cow'] } }),
      /400 .*has the label \\"cow\\", which is none of the job's labels/u,
    );
  });

  async function prepare(taskType: BuiltInTaskType, job: string): Promise<Clients> {
    return prepareLabelingJob(server.clientConfig, {
      bucket,
      pictures: ['0.png'],
      emails,
      job,
      workersPerObject: emails.length,
      taskType,
    });
  }

  async function answerAll(answer: JsonObject): Promise<void> {
    for (const email of emails) {
      const worker = await signInInvited(server, email);
      const [job] = await jobsOf(worker);
      const [task] = await worker.ask<PortalTask[]>(`POST /api/jobs/${job?.jobReferenceCode}/tasks`, { count: 1 });
      assert.ok(task);
      await answerTask(worker, task, answer);
    }
  }
});

/** The line of the only object in the output manifest. */
async function outputOf(clients: Clients, job: string): Promise<JsonObject> {
  const { LabelingJobStatus: status } = await untilEnded(clients, job);
  assert.equal(status, 'Completed');
  return JSON.parse(await textOf(clients, bucket, `output/${job}/manifests/output/output.manifest`)) as JsonObject;
}
