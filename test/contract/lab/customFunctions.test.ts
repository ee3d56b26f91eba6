import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateLabelingJobCommand } from '@aws-sdk/client-sagemaker';
import { build } from 'esbuild';
import type { PortalTask } from '../../../src/core/portal/workerPortal.js';
import { parseS3Uri } from '../../../src/core/s3Uri.js';
import {
  type Clients,
  clientsOf,
  createInput,
  createRole,
  createTeam,
  labelingJobRequest,
  type PortalUser,
} from '../../support/lab.js';
import { jobsOf, textOf, untilEnded } from '../../support/labWaits.js';
import { deleteDataFolder, makeDataFolder, type ServerProcess, spawnTestServer } from '../../support/localServer.js';
import { signInInvited } from '../../support/preparedLab.js';

const bucket = 'custom';
const arn = (name: string): string => `arn:aws:lambda:us-east-1:111122223333:function:${name}`;

const pre = `export async function handler({ dataObject }) {
  return { taskInput: { shout: dataObject.source.toUpperCase() } };
}`;

/** As a CommonJS module, with no library: it counts the words that the workers wrote. */
const post = `exports.handler = async (event, context) => {
  const objects = JSON.parse(await context.readObject(event.payload.s3Uri));
  return objects.map(({ datasetObjectId, annotations }) => ({
    datasetObjectId,
    consolidatedAnnotation: {
      content: {
        [event.labelAttributeName]: annotations.map(({ annotationData }) => JSON.parse(annotationData.content).text),
      },
    },
  }));
};`;

/** The programs as they ship: without the sources around them. */
describe('a custom labeling job of the built server', () => {
  let folder: string;
  let server: ServerProcess;
  let clients: Clients;
  let user: PortalUser;
  let team: { readonly workteamArn: string; readonly roleArn: string };
  let address: Server;

  before(async () => {
    folder = await makeDataFolder();
    const common = { bundle: true, platform: 'node', format: 'cjs', target: 'node22' } as const;
    await build({ ...common, entryPoints: ['src/local/server.ts'], outfile: join(folder, 'server.js') });
    const thread = 'src/local/functions/functionThread.ts';
    await build({ ...common, entryPoints: [thread], outfile: join(folder, 'functionThread.js') });
    server = await spawnTestServer({ program: join(folder, 'server.js') });
    clients = clientsOf(server.clientConfig);
    const lines = ['one', 'two', 'three'].map((source) => JSON.stringify({ source }));
    await createInput(clients, { bucket, pictures: [], lines });
    const { workteamArn } = await createTeam(clients, { name: 'team', emails: ['me@example.org'] });
    team = { workteamArn, roleArn: await createRole(clients, 'role') };
    user = await signInInvited(server, 'me@example.org');
    address = createServer((request, response) => {
      request.setEncoding('utf8').once('data', (event: string) => {
        void labels(JSON.parse(event) as Event).then((answer) => response.end(answer));
      });
    });
    address.listen(0, '127.0.0.1');
    await once(address, 'listening');
    await writeFile(join(server.dataFolder, 'pre.mjs'), pre);
    await writeFile(join(server.dataFolder, 'post.cjs'), post);
    await writeFile(
      join(server.dataFolder, 'functions.json'),
      JSON.stringify({
        [arn('pre')]: { module: './pre.mjs' },
        [arn('post')]: { module: './post.cjs', timeoutSeconds: 20 },
        [arn('post-at-address')]: { url: `http://127.0.0.1:${(address.address() as AddressInfo).port}/` },
      }),
    );
  });

  after(async () => {
    address.close();
    assert.equal(await server.end(), 0);
    await deleteDataFolder(server.dataFolder);
    await deleteDataFolder(folder);
  });

  interface Event {
    readonly payload: { readonly s3Uri: string };
    readonly labelAttributeName: string;
  }

  /** Reads the payload with the AWS SDK, as a Lambda function does. */
  async function labels({ payload, labelAttributeName }: Event): Promise<string> {
    const objects = JSON.parse(await textOf(clients, bucket, parseS3Uri(payload.s3Uri)?.key ?? '')) as readonly {
      readonly datasetObjectId: string;
    }[];
    return JSON.stringify(
      objects.map(({ datasetObjectId }) => ({
        datasetObjectId,
        consolidatedAnnotation: { content: { [labelAttributeName]: { at: 'address' } } },
      })),
    );
  }

  async function createJob(name: string, postFunction: string): Promise<void> {
    const request = labelingJobRequest({ name, bucket, ...team });
    await clients.sageMaker.send(
      new CreateLabelingJobCommand({
        ...request,
        HumanTaskConfig: {
          ...request.HumanTaskConfig,
          PreHumanTaskLambdaArn: arn('pre'),
          AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: postFunction },
        },
      }),
    );
  }

  async function labelAll(): Promise<readonly PortalTask[]> {
    const [job] = await jobsOf(user);
    const tasks = await user.ask<PortalTask[]>(`POST /api/jobs/${job?.jobReferenceCode}/tasks`, { count: 10 });
    for (const { taskId, datasetObjectId } of tasks) {
      await user.ask(`POST /api/tasks/${taskId}/accept`, {});
      await user.ask(`POST /api/tasks/${taskId}/answer`, { answerContent: { text: `answer ${datasetObjectId}` } });
    }
    return tasks;
  }

  const jobs = [
    { name: 'Module', post: 'post', label: (object: number) => `["answer ${object}"]` },
    { name: 'Address', post: 'post-at-address', label: () => '{"at":"address"}' },
  ];
  for (const { name, post: postName, label } of jobs) {
    it(`shows what its own function made, and has the labels of the one of "${postName}"`, async () => {
      await createJob(name, arn(postName));
      const tasks = await labelAll();
      assert.deepEqual(
        tasks.map(({ taskInput }) => taskInput),
        [{ shout: 'ONE' }, { shout: 'TWO' }, { shout: 'THREE' }],
      );
      const { LabelingJobStatus: status, LabelCounters: counters } = await untilEnded(clients, name);
      assert.equal(`${status} ${counters?.HumanLabeled}`, 'Completed 3');
      const manifest = await textOf(clients, bucket, `output/${name}/manifests/output/output.manifest`);
      const lines = manifest.trimEnd().split('\n');
      assert.deepEqual(
        lines.map((line) => line.replace(/,"[A-Z]\w+-metadata":.*/u, '')),
        ['one', 'two', 'three'].map((source, object) => `{"source":"${source}","${name}":${label(object)}`),
      );
    });
  }

  it('is refused where the file that names functions is broken, with what is wrong with it', async () => {
    const file = join(server.dataFolder, 'functions.json');
    const before = await readFile(file, 'utf8');
    await writeFile(file, `{"${arn('post')}":{}}`);
    await assert.rejects(createJob('Broken', arn('post')), {
      name: 'ValidationException',
      message: /functions\.json" must give "arn:.*:post" either a "module" or a "url"\.$/u,
    });
    await writeFile(file, before);
  });

  it('is refused where nothing stands for its function', async () => {
    await assert.rejects(createJob('None', arn('none')), {
      name: 'ValidationException',
      message: /:none is none of Ground Truth's ACS- functions, and the file functions\.json/u,
    });
  });
});
