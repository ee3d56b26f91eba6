import type { ExecutionRole, ExecutionRoles, LabelingJobs, ObjectStore } from '../ports.js';
import type { S3Uri } from '../s3Uri.js';
import type { JobFile, LabelingJobPlan } from './labelingJobPlan.js';

export type CreationStep =
  | { readonly kind: 'role' }
  | { readonly kind: 'file'; readonly role: JobFile['role'] }
  | { readonly kind: 'pages'; readonly bucket: string }
  | { readonly kind: 'job' };

export interface CreationWatcher {
  onStep(step: CreationStep): void;
  // Told as soon as it exists, so that it is known to whoever cleans up, whatever comes after.
  onRole(role: ExecutionRole): void;
  onFile(uri: S3Uri): void;
}

/** What of a connection's services it takes. */
export interface JobServices {
  readonly objects: Pick<ObjectStore, 'writeObject' | 'allowLabelingPages'>;
  readonly labelingJobs: Pick<LabelingJobs, 'create'>;
  readonly executionRoles: Pick<ExecutionRoles, 'create'>;
}

/** Carries the plan out. What is done stays done when it is cut short: running it again writes the same again. */
export async function createLabelingJob(
  services: JobServices,
  plan: LabelingJobPlan,
  watcher: CreationWatcher,
  signal: AbortSignal,
): Promise<{ readonly arn: string }> {
  const { objects, labelingJobs, executionRoles } = services;
  // First, because AWS needs some seconds until it lets a new role be assumed.
  const roleArn = plan.role.kind === 'existing' ? plan.role.arn : await createRole(plan.role.buckets);
  const encoder = new TextEncoder();
  for (const { role, uri, contentType, text } of plan.files) {
    watcher.onStep({ kind: 'file', role });
    await objects.writeObject(uri, encoder.encode(text), { contentType }, signal);
    watcher.onFile(uri);
  }
  for (const bucket of plan.pictureBuckets) {
    watcher.onStep({ kind: 'pages', bucket });
    await objects.allowLabelingPages(bucket, signal);
  }
  watcher.onStep({ kind: 'job' });
  return labelingJobs.create({ ...plan.request, roleArn }, signal);

  async function createRole(buckets: readonly string[]): Promise<string> {
    watcher.onStep({ kind: 'role' });
    const created = await executionRoles.create(buckets, signal);
    watcher.onRole(created);
    return created.arn;
  }
}
