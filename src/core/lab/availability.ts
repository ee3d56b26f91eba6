import { Failure } from '../failure.js';
import type { Services } from '../ports.js';

/**
 * What read-only calls tell of whether an account may have labeling jobs: Ground Truth takes no new customers, and AWS
 * documents no call that says who is one (reference §0). `used`: it has or had jobs. `prepared`: it has a private team
 * and no job. `unused`: nothing of Ground Truth is there. `refused`: the service itself says no. `unknown`: not allowed
 * to look.
 */
export type Availability =
  | { readonly kind: 'used'; readonly jobs: number }
  | { readonly kind: 'prepared' }
  | { readonly kind: 'unused' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown' };

export async function lookForAvailability(
  { labelingJobs, privateTeams }: Pick<Services, 'labelingJobs' | 'privateTeams'>,
  signal: AbortSignal,
): Promise<Availability> {
  try {
    const jobs = await labelingJobs.list(signal);
    if (jobs.length > 0) {
      return { kind: 'used', jobs: jobs.length };
    }
    const teams = await privateTeams.list(signal);
    return { kind: teams.length > 0 ? 'prepared' : 'unused' };
  } catch (error) {
    if (Failure.is(error, 'aws.accessDenied')) {
      return { kind: 'unknown' };
    }
    // How a new account is told no is written nowhere, so any refusal of these calls counts.
    if (Failure.is(error, 'aws.refused')) {
      return { kind: 'refused', reason: error.details.reason };
    }
    throw error;
  }
}
