import { Failure } from '../failure.js';
import { pause } from '../pause.js';
import type { Services } from '../ports.js';
import type { LabResource } from './labResources.js';

const keysPerStep = 1_000;
const attempts = 9;
const firstDelayMs = 100;

/** Deletes one thing. That it is gone already is no error: a run that was cut short is run again. */
export async function deleteResource(services: Services, resource: LabResource, signal: AbortSignal): Promise<void> {
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
      return deleteBucket(services, resource.name, signal);
    case 'team':
      return deleteTeam(services, resource.name, signal);
    case 'workforce':
      return services.privateTeams.deleteWorkforce(signal);
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

async function deleteTeam({ privateTeams }: Services, name: string, signal: AbortSignal): Promise<void> {
  const team = (await privateTeams.list(signal)).find((it) => it.name === name);
  if (team) {
    await privateTeams.delete(team, signal);
  }
}

async function deleteBucket(services: Services, bucket: string, signal: AbortSignal): Promise<void> {
  try {
    for (let attempt = 1; ; attempt += 1) {
      await emptyBucket(services, bucket, signal);
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

async function emptyBucket(services: Services, bucket: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    // Always the first page: the one before it is gone.
    const { objects } = await services.objects.listObjects({ bucket, pageSize: keysPerStep }, signal);
    if (objects.length === 0) {
      return;
    }
    await deleteKeys(
      services,
      bucket,
      objects.map(({ key }) => key),
      signal,
    );
  }
}

async function deleteKeys({ objects }: Services, bucket: string, keys: readonly string[], signal: AbortSignal) {
  const [failed] = await objects.deleteObjects(bucket, keys, signal);
  if (failed) {
    throw new Failure('aws.refused', { action: 's3:DeleteObject', name: failed.key, reason: failed.reason });
  }
}
