import { Failure } from '../failure.js';
import { pause } from '../pause.js';
import type { Services } from '../ports.js';
import { type Emptying, emptyBucket } from './emptyBucket.js';
import type { LabResource } from './labResources.js';
import { isOfLab } from './labTags.js';

type Lab<Kind extends LabResource['kind']> = Extract<LabResource, { readonly kind: Kind }>;

const attempts = 9;
const firstDelayMs = 100;

export interface Deletion {
  readonly services: Services;
  readonly resource: LabResource;
  /** Told now and then of how many objects of a bucket are gone. */
  readonly onDeleted?: (count: number) => void;
}

/** Deletes one thing. That it is gone already is no error: a run that was cut short is run again. */
export async function deleteResource(
  { services, resource, onDeleted = () => undefined }: Deletion,
  signal: AbortSignal,
): Promise<void> {
  switch (resource.kind) {
    case 'labelingJob':
      return stopJob(services, resource.name, signal);
    case 'objects':
      return deleteKeys(
        services,
        resource.bucket,
        resource.names.map((name) => resource.folder + name),
        signal,
      );
    case 'bucket':
      return deleteBucket({ services, bucket: resource.name, onDeleted }, signal);
    case 'team':
      return deleteTeam(services, resource, signal);
    case 'workforce':
      return deleteWorkforce(services, resource, signal);
    case 'userPool':
      return deleteUserPool(services, resource, signal);
    case 'role':
      return services.executionRoles.delete(resource, signal);
  }
}

/** Resolves when it has stopped: until then it reads and writes. Where that takes minutes, it is not waited for. */
async function stopJob({ labelingJobs }: Services, name: string, signal: AbortSignal): Promise<void> {
  const statusOf = async () => (await labelingJobs.list(signal)).find((it) => it.name === name)?.status;
  const before = await statusOf();
  if (before === 'InProgress' || before === 'Initializing') {
    await labelingJobs.stop(name, signal);
  }
  let status = before && (await statusOf());
  for (let attempt = 1; attempt < attempts && status === 'Stopping'; attempt += 1) {
    await pause(firstDelayMs * 2 ** (attempt - 1), signal);
    status = await statusOf();
  }
}

/** A run that was cut short may have left the group alone, which the list of teams does not tell. */
async function deleteTeam({ privateTeams }: Services, recorded: Lab<'team'>, signal: AbortSignal): Promise<void> {
  const { name } = recorded;
  const team = (await privateTeams.list(signal)).find((it) => it.name === name);
  const userPoolId = recorded.userPoolId ?? (team ? undefined : (await privateTeams.workforce(signal))?.userPoolId);
  await privateTeams.delete(team ?? { name, userGroup: name, ...(userPoolId !== undefined && { userPoolId }) }, signal);
}

/** AWS deletes no workforce that has teams: those that stay are somebody else's, or could not be deleted. */
async function deleteWorkforce({ privateTeams }: Services, { name }: Lab<'workforce'>, signal: AbortSignal) {
  const workforce = await privateTeams.workforce(signal);
  const by = workforce ? (await privateTeams.list(signal)).map((team) => team.name) : [];
  if (workforce && by.length > 0) {
    throw new Failure('lab.retained', { name: workforce.name, by });
  }
  await privateTeams.deleteWorkforce(signal);
  const pool = name === undefined ? (workforce?.userPoolId ?? (await privateTeams.userPool(signal))?.id) : undefined;
  return pool === undefined ? undefined : privateTeams.deleteUserPool(pool, signal);
}

async function deleteUserPool({ privateTeams }: Services, { id }: Lab<'userPool'>, signal: AbortSignal) {
  const found = id === undefined ? await privateTeams.userPool(signal) : undefined;
  // There is one of that name in most accounts that have used Ground Truth: it must say that it is ours.
  const pool = id ?? (found && isOfLab(found.tags) ? found.id : undefined);
  if (pool === undefined) {
    return;
  }
  const workforce = await privateTeams.workforce(signal);
  if (workforce?.userPoolId === pool) {
    throw new Failure('lab.retained', { name: pool, by: [workforce.name] }); // Its workers could not sign in any more.
  }
  await privateTeams.deleteUserPool(pool, signal);
}

async function deleteBucket(
  { services, bucket, onDeleted }: Emptying & { readonly services: Services },
  signal: AbortSignal,
): Promise<void> {
  try {
    for (let attempt = 1; ; attempt += 1) {
      await emptyBucket({ services, bucket, onDeleted }, signal);
      try {
        await services.objects.deleteBucket(bucket, signal);
        return;
      } catch (error) {
        // A job that is stopping writes its results meanwhile.
        if (attempt === attempts || !Failure.is(error, 'aws.refused') || error.details.name !== 'BucketNotEmpty') {
          throw error;
        }
        await pause(firstDelayMs * 2 ** (attempt - 1), signal);
      }
    }
  } catch (error) {
    if (!Failure.is(error, 'bucket.notFound')) {
      throw error;
    }
  }
}

async function deleteKeys({ objects }: Services, bucket: string, keys: readonly string[], signal: AbortSignal) {
  const [failed] = await objects.deleteObjects(bucket, keys, signal);
  if (failed?.code === 'AccessDenied') {
    throw new Failure('aws.accessDenied', { action: 's3:DeleteObject', resource: `${bucket}/${failed.key}` });
  }
  if (failed) {
    throw new Failure('aws.refused', { action: 's3:DeleteObject', name: failed.key, reason: failed.reason });
  }
}
