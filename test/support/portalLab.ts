import { readdir, readFile } from 'node:fs/promises';
import { DescribeLabelingJobCommand, type LabelCounters } from '@aws-sdk/client-sagemaker';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { imageClassificationTemplate } from '../../src/core/templates/builtInTemplates.js';
import {
  type Clients,
  clientsOf,
  createInput,
  createJob,
  createRole,
  createTeam,
  invitedPassword,
  labelingJobRequest,
  type Team,
} from './lab.js';
import { startTestServer, type TestServer } from './localServer.js';

export const ana = 'ana@example.org';
export const ben = 'ben@example.org';
export const ownPassword = 'Kittens-and-8';
export const labJobName = 'cats-and-dogs';

export const bucket = 'portal-lab';
const samples = 'media/samples/traindata_cat_dog_images_20';

export type LabServer = Omit<TestServer, 'stop'>;

export interface PortalLabOptions {
  readonly pictures: number;
  readonly workersPerObject?: number;
  /** How many objects are worked on at a time. */
  readonly batchSize?: number;
  /** Instead of the built-in one. */
  readonly template?: string;
  readonly server?: Parameters<typeof startTestServer>[0];
}

/** A real server with a team of two and the lab's job, for browsers to label at. */
export class PortalLab<Server extends LabServer = TestServer> {
  readonly server: Server;
  readonly clients: Clients;
  readonly team: Team;

  private constructor(server: Server, clients: Clients, team: Team) {
    this.server = server;
    this.clients = clients;
    this.team = team;
  }

  static async start(options: PortalLabOptions): Promise<PortalLab> {
    return PortalLab.on(await startTestServer(options.server), options);
  }

  static async on<Server extends LabServer>(server: Server, options: PortalLabOptions): Promise<PortalLab<Server>> {
    const clients = clientsOf(server.clientConfig);
    const names = (await readdir(samples)).toSorted().slice(0, options.pictures);
    const lines = names.map((name) => `{"source-ref":"s3://${bucket}/${name}"}`);
    await createInput(clients, { bucket, lines, pictures: [] });
    const example = (key = '') => ({ source: { bucket, key }, description: `Such as ${key}` });
    const template =
      options.template ??
      imageClassificationTemplate({
        header: 'Cat or dog?',
        shortInstructions: 'Look at the whole animal.',
        goodExample: example(names[0]),
        badExample: example(names[1] ?? names[0]),
      });
    const pictures = await Promise.all(
      names.map(async (name): Promise<[string, Uint8Array]> => [name, await readFile(`${samples}/${name}`)]),
    );
    for (const [Key, Body] of [...pictures, ['template.liquid', template] as const]) {
      const ContentType = Key.endsWith('.jpg') ? 'image/jpeg' : 'text/plain';
      await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType }));
    }
    const team = await createTeam(clients, { name: 'my-team', emails: [ana, ben] });
    const roleArn = await createRole(clients, 'lab-role');
    const { workteamArn } = team;
    const { workersPerObject = 1, batchSize = 1_000 } = options;
    const request = labelingJobRequest({ name: labJobName, bucket, roleArn, workteamArn, workersPerObject });
    const config = { ...request.HumanTaskConfig, MaxConcurrentTaskCount: batchSize };
    await createJob(clients, { ...request, HumanTaskConfig: config });
    return new PortalLab(server, clients, team);
  }

  invitation(email: string): Promise<string> {
    return invitedPassword(this.server.dataFolder, email);
  }

  /** What DescribeLabelingJob says, which is what the explorer shows. */
  async counters(): Promise<LabelCounters> {
    const { sageMaker } = this.clients;
    const { LabelCounters: counters = {} } = await sageMaker.send(
      new DescribeLabelingJobCommand({ LabelingJobName: labJobName }),
    );
    return counters;
  }
}
