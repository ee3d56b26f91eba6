import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import {
  type Clients,
  clientsOf,
  createInput,
  createJob,
  createRole,
  createTeam,
  labelingJobRequest,
  type PortalUser,
} from './lab.js';
import { textOf } from './labWaits.js';
import type { ServerProcess, TestServer } from './localServer.js';
import { signInInvited } from './preparedLab.js';
import type { TeamWork } from './teamAtWork.js';

export interface TeamJob {
  readonly bucket: string;
  readonly job: string;
  readonly objects: number;
  readonly workers: number;
  readonly workersPerObject: number;
}

export interface PreparedTeam {
  readonly users: readonly PortalUser[];
  readonly workteamArn: string;
  readonly roleArn: string;
}

/** A manifest whose objects all show the same picture, and a team whose members are signed in. */
export async function prepareTeam(
  server: TestServer | ServerProcess,
  { bucket, objects, workers }: TeamJob,
): Promise<PreparedTeam> {
  const clients = clientsOf(server.clientConfig);
  const lines = Array.from({ length: objects }, (_, index) => `{"source-ref":"s3://${bucket}/0.png","i":${index}}`);
  const emails = Array.from({ length: workers }, (_, index) => `worker-${index}@example.org`);
  await createInput(clients, { bucket, pictures: ['0.png'], lines });
  const { workteamArn } = await createTeam(clients, { name: 'team', emails });
  const roleArn = await createRole(clients, 'role');
  const users = await Promise.all(emails.map(async (email) => signInInvited(server, email)));
  return { users, workteamArn, roleArn };
}

export async function createTeamJob(
  clients: Clients,
  { bucket, job: name, workersPerObject }: TeamJob,
  { workteamArn, roleArn }: PreparedTeam,
): Promise<void> {
  await createJob(clients, labelingJobRequest({ name, bucket, roleArn, workteamArn, workersPerObject }));
}

/** What is wrong with the job's counters and files after its team's work, whose objects are cats where they are even. */
export async function problemsOf(work: TeamWork, job: TeamJob): Promise<readonly string[]> {
  const clients = clientsOf(work.server.clientConfig);
  const kept = await keptAnswers(clients, job);
  const workers = new Map<string, number>();
  for (const answer of kept) {
    const [object = ''] = answer.split(' ');
    workers.set(object, (workers.get(object) ?? 0) + 1);
  }
  const keptOnce = new Set(kept);
  const manifest = await textOf(clients, job.bucket, `output/${job.job}/manifests/output/output.manifest`);
  const lines = manifest.trimEnd().split('\n');
  return [
    ...work.wrongCounters.map((counters) => `counters: ${counters}`),
    ...repeated(work.acknowledged).map((answer) => `answered twice: ${answer}`),
    ...repeated(kept).map((answer) => `kept twice: ${answer}`),
    ...work.acknowledged.filter((answer) => !keptOnce.has(answer)).map((answer) => `lost: ${answer}`),
    ...Array.from({ length: job.objects }, (_, object) => String(object))
      .filter((object) => workers.get(object) !== job.workersPerObject)
      .map((object) => `object ${object} has ${workers.get(object) ?? 0} answers`),
    ...(lines.length === job.objects ? [] : [`the manifest has ${lines.length} lines`]),
    ...lines.filter((line, object) => !isRight(line, { job: job.job, object })).map((line) => `wrong line: ${line}`),
  ];
}

function isRight(line: string, { job, object }: { readonly job: string; readonly object: number }): boolean {
  const entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
  return entry['i'] === object && entry[job] === object % 2;
}

function repeated(values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

/** `<object> <worker id>` of each answer that a label was made of. */
async function keptAnswers(clients: Clients, { bucket, job }: TeamJob): Promise<readonly string[]> {
  const listed = await clients.s3.send(
    new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: `output/${job}/annotations/consolidated-annotation/consolidation-request/`,
    }),
  );
  const kept: string[] = [];
  for (const { Key: key = '' } of listed.Contents ?? []) {
    const objects = JSON.parse(await textOf(clients, bucket, key)) as readonly {
      readonly datasetObjectId: string;
      readonly annotations: readonly { readonly workerId: string }[];
    }[];
    kept.push(
      ...objects.flatMap(({ datasetObjectId: id, annotations }) =>
        annotations.map(({ workerId }) => `${id} ${workerId}`),
      ),
    );
  }
  return kept;
}
