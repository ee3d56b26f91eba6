import type { JsonObject } from '../../src/core/json.js';
import type { BuiltInTaskType } from '../../src/core/labels/builtInFunctions.js';
import type { PortalTask } from '../../src/core/portal/workerPortal.js';
import {
  type Clients,
  clientsOf,
  createInput,
  createJob,
  createRole,
  createTeam,
  invitedPassword,
  labelingJobRequest,
  PortalUser,
} from './lab.js';
import type { ClientConfig } from './localServer.js';

export interface LabOptions {
  /** Also where the job's files go, under `output/` and the job's name. */
  readonly bucket: string;
  readonly pictures: readonly string[];
  /** Further pictures of the manifest, which are not there. */
  readonly missing?: readonly string[];
  readonly emails: readonly string[];
  readonly job: string;
  readonly workersPerObject?: number;
  /** Image classification with a single label, where nothing else is said. */
  readonly taskType?: BuiltInTaskType;
}

/** All that comes before the labeling: pictures with their manifest, a team, a role and a job that asks cat or dog. */
export async function prepareLabelingJob(config: ClientConfig, options: LabOptions): Promise<Clients> {
  const clients = clientsOf(config);
  await prepareLabelingJobWith(clients, options);
  return clients;
}

/** The same over clients that need not be of one server. */
export async function prepareLabelingJobWith(clients: Clients, options: LabOptions): Promise<void> {
  const {
    bucket,
    pictures,
    missing = [],
    emails,
    job: name,
    workersPerObject = 1,
    taskType = 'ImageMultiClass',
  } = options;
  const lines = [...pictures, ...missing].map((key) => `{"source-ref":"s3://${bucket}/${key}"}`);
  await createInput(clients, { bucket, pictures, lines });
  const { workteamArn } = await createTeam(clients, { name: 'team', emails });
  const roleArn = await createRole(clients, 'role');
  await createJob(clients, labelingJobRequest({ name, bucket, roleArn, workteamArn, workersPerObject, taskType }));
}

/** As an invited worker does it the first time. */
export async function signInInvited(
  { portal, dataFolder }: { readonly portal: string; readonly dataFolder: string },
  email: string,
): Promise<PortalUser> {
  return PortalUser.signIn(portal, email, await invitedPassword(dataFolder, email));
}

export async function labelTask(
  worker: PortalUser,
  { taskId }: Pick<PortalTask, 'taskId'>,
  label: string,
): Promise<void> {
  await answerTask(worker, { taskId }, { 'crowd-image-classifier': { label } });
}

export async function answerTask(
  worker: PortalUser,
  { taskId }: Pick<PortalTask, 'taskId'>,
  answerContent: JsonObject,
): Promise<void> {
  await worker.ask(`POST /api/tasks/${taskId}/accept`, {});
  await worker.ask(`POST /api/tasks/${taskId}/answer`, { answerContent });
}

/** So that a test can tell from a label alone which object it belongs to: cats are even. */
export function evenCat({ datasetObjectId }: Pick<PortalTask, 'datasetObjectId'>): string {
  return Number(datasetObjectId) % 2 === 0 ? 'cat' : 'dog';
}
