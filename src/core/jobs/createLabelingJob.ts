import { keeping, type LabKeeper } from '../lab/labKeeper.js';
import { labObjects, type LabResource } from '../lab/labResources.js';
import type { ExecutionRole, ExecutionRoles, RoleWish } from '../executionRoles.js';
import type { LabelingJobs, ObjectStore } from '../ports.js';
import type { JobFile, LabelingJobPlan } from './labelingJobPlan.js';

export type CreationStep =
  | { readonly kind: 'role' }
  | { readonly kind: 'file'; readonly role: JobFile['role'] }
  | { readonly kind: 'pages'; readonly bucket: string }
  | { readonly kind: 'job' };

export interface CreationWatcher {
  onStep(step: CreationStep): void;
  /** As soon as it exists. */
  onRole(role: ExecutionRole): void;
  /** Told before and after of all that is made, so that it is known to whoever cleans up. */
  readonly keeper: LabKeeper;
  /** A role that was made, or begun, for the same buckets. */
  readonly roleName?: string;
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
  const { keeper } = watcher;
  // First, because AWS needs some seconds until it lets a new role be assumed.
  const roleArn = plan.role.kind === 'existing' ? plan.role.arn : await createRole(plan.role.buckets);
  const encoder = new TextEncoder();
  for (const { role, uri, contentType, text } of plan.files) {
    watcher.onStep({ kind: 'file', role });
    for (const resource of labObjects(uri.bucket, [uri.key])) {
      await keeping(keeper, resource, () => objects.writeObject(uri, encoder.encode(text), { contentType }, signal));
    }
  }
  for (const bucket of plan.pictureBuckets) {
    watcher.onStep({ kind: 'pages', bucket });
    await objects.allowLabelingPages(bucket, signal);
  }
  watcher.onStep({ kind: 'job' });
  const resource: LabResource = { kind: 'labelingJob', name: plan.request.labelingJobName };
  const request = { ...plan.request, roleArn, tags: { ...plan.request.tags, ...keeper.tags } };
  const { arn, deniedTagging } = await keeping(keeper, resource, () => labelingJobs.create(request, signal));
  await keeper.made(resource, deniedTagging);
  return { arn };

  async function createRole(buckets: readonly string[]): Promise<string> {
    watcher.onStep({ kind: 'role' });
    const wish: RoleWish = { buckets, ...(watcher.roleName !== undefined && { name: watcher.roleName }) };
    const created = await executionRoles.create(wish, keeper, signal);
    watcher.onRole(created);
    return created.arn;
  }
}
