import { Failure } from '../failure.js';
import type { ExecutionRole, Services } from '../ports.js';
import type { LabelingJobPlan } from './labelingJobPlan.js';

export type CreationStep =
  | { readonly kind: 'role' }
  | { readonly kind: 'file'; readonly role: LabelingJobPlan['files'][number]['role'] }
  | { readonly kind: 'pages'; readonly bucket: string }
  | { readonly kind: 'job' }
  /** The role is not known everywhere yet: the job is asked for again. */
  | { readonly kind: 'waitingForRole' };

export interface CreationOptions {
  readonly onStep: (step: CreationStep) => void;
  /** Told at once, so that the role is known to whoever cleans up, whatever comes after. */
  readonly onRole: (role: ExecutionRole) => void;
  /** Whether the plan's role is so young that AWS may not know it everywhere. */
  readonly isRoleNew: boolean;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

type JobServices = Pick<Services, 'objects' | 'labelingJobs' | 'executionRoles'>;

/** Carries the plan out. What is done stays done when it is cut short: running it again writes the same again. */
export async function createLabelingJob(
  services: JobServices,
  plan: LabelingJobPlan,
  options: CreationOptions,
  signal: AbortSignal,
): Promise<{ readonly arn: string }> {
  // First, because AWS needs some seconds until it lets a new role be assumed.
  const roleArn = await roleFor(services, plan, options, signal);
  const encoder = new TextEncoder();
  for (const { role, uri, contentType, text } of plan.files) {
    options.onStep({ kind: 'file', role });
    await services.objects.writeObject(uri, encoder.encode(text), { contentType }, signal);
  }
  for (const bucket of plan.pictureBuckets) {
    options.onStep({ kind: 'pages', bucket });
    await services.objects.allowLabelingPages(bucket, signal);
  }
  options.onStep({ kind: 'job' });
  const delays = plan.role.kind === 'create' || options.isRoleNew ? newRoleDelaysMs : [];
  return untilRoleIsKnown(
    () => services.labelingJobs.create({ ...plan.request, roleArn }, signal),
    async (ms) => {
      options.onStep({ kind: 'waitingForRole' });
      await options.wait(ms, signal);
    },
    delays,
  );
}

async function roleFor(
  { executionRoles }: JobServices,
  { role }: LabelingJobPlan,
  options: CreationOptions,
  signal: AbortSignal,
): Promise<string> {
  if (role.kind === 'existing') {
    return role.arn;
  }
  options.onStep({ kind: 'role' });
  const created = await executionRoles.create(role.buckets, signal);
  options.onRole(created);
  return created.arn;
}

/** Half a minute together, as long as others found it to take (reference §1.2). */
const newRoleDelaysMs = [1_000, 2_000, 4_000, 8_000, 15_000];

async function untilRoleIsKnown<T>(
  attempt: () => Promise<T>,
  wait: (ms: number) => Promise<void>,
  delaysMs: readonly number[],
): Promise<T> {
  for (const ms of delaysMs) {
    try {
      return await attempt();
    } catch (error) {
      if (!Failure.is(error, 'aws.refused') || error.details.name !== 'ValidationException') {
        throw error;
      }
      await wait(ms);
    }
  }
  return attempt();
}
