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

async function stopJob({ labelingJobs }: Services, name: string, signal: AbortSignal): Promise<void> {
  const job = (await labelingJobs.list(signal)).find((it) => it.name === name);
  if (job?.status === 'InProgress' || job?.status === 'Initializing') {
    await labelingJobs.stop(name, signal);
  }
}

/** A run that was cut short may have left the group alone, which the list of teams does not tell. */
async function deleteTeam({ privateTeams }: Services, recorded: Lab<'team'>, signal: AbortSignal): Promise<void> {
  const { name } = recorded;
  const team = (await privateTeams.list(signal)).find((it) => it.name === name);
  const userPoolId = recorded.userPoolId ?? (team ? undefined : (await privateTeams.workforce(signal))?.userPoolId);
  await privateTeams.delete(team ?? { name, userGroup: name, ...(userPoolId !== undefined && { userPoolId }) }, signal);
}

async function deleteWorkforce({ privateTeams }: Services, { name }: Lab<'workforce'>, signal: AbortSignal) {
  if (name !== undefined) {
    return privateTeams.deleteWorkforce(signal);
  }
  const pool = (await privateTeams.workforce(signal))?.userPoolId ?? (await privateTeams.userPool(signal))?.id;
  await privateTeams.deleteWorkforce(signal);
  return pool === undefined ? undefined : privateTeams.deleteUserPool(pool, signal);
}

async function deleteUserPool({ privateTeams }: Services, { id }: Lab<'userPool'>, signal: AbortSignal) {
  if (id !== undefined) {
    return privateTeams.deleteUserPool(id, signal);
  }
  const found = await privateTeams.userPool(signal);
  // There is one of that name in most accounts that have used Ground Truth: it must say that it is ours.
  return found && isOfLab(found.tags) ? privateTeams.deleteUserPool(found.id, signal) : undefined;
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
