import type { LabResource } from '../../src/core/lab/labResources.js';
import type { LabelingJob, LabelingJobRequest, LabelingJobs, PrivateTeams, Services } from '../../src/core/ports.js';
import { connectionTo, type FakeConnection } from './hostConnection.js';
import { hostDeps } from './hostDeps.js';
import type { MemoryObjectStore } from './memoryObjectStore.js';
import type { user } from './vscodeModule.js';

const { signal } = new AbortController();

/** Labeling jobs with these states, which read and write the bucket "one". */
export function jobsOf(states: Readonly<Record<string, LabelingJob['status']>>) {
  const stopped: string[] = [];
  const of = (name: string): LabelingJob['status'] => (stopped.includes(name) ? 'Stopped' : (states[name] ?? 'Failed'));
  const labelingJobs: Pick<LabelingJobs, 'list' | 'describe' | 'stop'> = {
    list: async () => Object.keys(states).map((name) => jobNamed(name, of(name))),
    describe: async (name) => ({ ...jobNamed(name, of(name)), jobReferenceCode: '', request }),
    stop: async (name) => void stopped.push(name),
  };
  return { labelingJobs, stopped };
}

const request: LabelingJobRequest = {
  labelingJobName: 'job',
  labelAttributeName: 'job',
  manifestS3Uri: 's3://one/in.manifest',
  s3OutputPath: 's3://one/output/',
  roleArn: 'arn:aws:iam::111122223333:role/service-role/reader',
  labelCategoryConfigS3Uri: 's3://one/data.json',
  workteamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/cats',
  uiTemplateS3Uri: 's3://one/template.liquid',
  preHumanTaskLambdaArn: '',
  annotationConsolidationLambdaArn: '',
  taskKeywords: [],
  taskTitle: '',
  taskDescription: '',
  numberOfHumanWorkersPerDataObject: 1,
  taskTimeLimitInSeconds: 300,
  taskAvailabilityLifetimeInSeconds: 864_000,
  maxConcurrentTaskCount: 1_000,
  tags: {},
};

function jobNamed(name: string, status: LabelingJob['status']): LabelingJob {
  return {
    name,
    arn: `arn:${name}`,
    status,
    createdAt: new Date(0),
    modifiedAt: new Date(0),
    counters: { totalLabeled: 0, humanLabeled: 0, machineLabeled: 0, failedNonRetryableError: 0, unlabeled: 1 },
    workteamArn: request.workteamArn,
  };
}

export function bucket(name: string): LabResource {
  return { kind: 'bucket', name };
}

export function rest(resources: readonly LabResource[], of: string) {
  return { kind: 'labDeletion', account: of, resources } as const;
}

/** Checks these rows, and answers like this when asked whether that is meant. */
export function choosing(rows: string, answer: string | undefined): typeof user.answers {
  return ({ text, choices }) =>
    choices.includes('Delete') ? answer : text.startsWith('Delete Lab') ? rows : undefined;
}

export async function lab(
  given: Partial<
    Record<'objects', MemoryObjectStore> & Record<'labelingJobs' | 'privateTeams' | 'executionRoles', object>
  >,
  resources: readonly LabResource[],
  connection?: FakeConnection,
) {
  const services = { bucketContents: given.objects, ...jobsOf({}), ...given } as unknown as Partial<Services>;
  const { deleteLabResources } = await import('../../src/host/commands/deleteLabResources.js');
  const { deps, logged } = await hostDeps(services, connection ?? connectionTo(services));
  const { record } = await deps.ledger.open(signal);
  await record.add(resources);
  return {
    run: deleteLabResources(deps),
    recorded: async () => record.entries().map(({ resource }) => resource),
    logged,
  };
}

export const noTeams: Partial<PrivateTeams> = {
  list: async () => [],
  workforce: async () => undefined,
  userPool: async () => undefined,
};

/** By the beginning of the question; the first that fits. */
export function answering(answers: Readonly<Record<string, string | undefined>>): typeof user.answers {
  return ({ text }) => Object.entries(answers).find(([start]) => text.startsWith(start))?.[1];
}

export async function account(): Promise<string> {
  const { deps } = await hostDeps({});
  return (await deps.ledger.open(signal)).record.account;
}

export async function names(objects: MemoryObjectStore): Promise<readonly string[]> {
  return (await objects.listBuckets(signal)).map(({ name }) => name);
}
