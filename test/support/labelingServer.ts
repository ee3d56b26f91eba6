import { PutObjectCommand } from '@aws-sdk/client-s3';
import { createAwsServices } from '../../src/aws/services.js';
import type { Services } from '../../src/core/ports.js';
import type { WorkerPortal } from '../../src/core/portal/workerPortal.js';
import { imageClassificationTemplate } from '../../src/core/templates/builtInTemplates.js';
import { httpWorkerPortal } from '../../src/node/httpWorkerPortal.js';
import {
  clientsOf,
  createInput,
  createJob,
  createRole,
  createTeam,
  invitedPassword,
  labelingJobRequest,
} from './lab.js';
import { TestDesk } from './labelingDesk.js';
import type { LocalServer } from '../../src/core/ports.js';
import type { ClientConfig } from './localServer.js';

export const labWorker = 'me@example.org';
export const labBucket = 'labeling-lab';
export const labJobName = 'cats-and-dogs';

export interface LabelingServer {
  readonly services: Services;
  readonly portal: WorkerPortal;
  readonly password: string;
  /** A desk whose portal and objects are the server's. */
  readonly test: TestDesk;
}

/** The lab on a real server: a team of one, and a job with these pictures. */
export async function prepareLab(
  server: LocalServer & { readonly clientConfig: ClientConfig; readonly dataFolder: string },
  pictures: ReadonlyMap<string, Uint8Array>,
): Promise<LabelingServer> {
  const clients = clientsOf(server.clientConfig);
  const keys = [...pictures.keys()];
  const lines = keys.map((key) => `{"source-ref":"s3://${labBucket}/${key}"}`);
  await createInput(clients, { bucket: labBucket, lines, pictures: [] });
  const example = (key = '') => ({ source: { bucket: labBucket, key }, description: key });
  const template = imageClassificationTemplate({
    header: 'Cat or dog?',
    shortInstructions: 'Look at the whole animal.',
    goodExample: example(keys[0]),
    badExample: example(keys[1]),
  });
  for (const [Key, Body] of [...pictures, ['template.liquid', template] as const]) {
    await clients.s3.send(new PutObjectCommand({ Bucket: labBucket, Key, Body }));
  }
  const team = await createTeam(clients, { name: 'my-team', emails: [labWorker] });
  const roleArn = await createRole(clients, 'lab-role');
  const { workteamArn } = team;
  await createJob(clients, labelingJobRequest({ name: labJobName, bucket: labBucket, roleArn, workteamArn }));
  const services = createAwsServices({ kind: 'local', server });
  const portal = httpWorkerPortal(server.portal);
  const test = new TestDesk(portal);
  test.readAsset = async (uri, signal) => {
    try {
      const { bytes, contentType = '' } = await services.objects.readObject(uri, {}, signal);
      return { ...uri, kind: 'read', bytes, contentType };
    } catch (error) {
      return { ...uri, kind: 'failed', reason: String(error) };
    }
  };
  return { services, portal, password: await invitedPassword(server.dataFolder, labWorker), test };
}
