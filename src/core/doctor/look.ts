import type { LabelingJobs } from '../ports.js';
import type { S3Uri } from '../s3Uri.js';
import { accountSubject, bucketSubject, jobSubject, manifestSubject, type Subject, workerSubject } from './subject.js';

/** What somebody wants looked at. */
export type Look =
  | { readonly kind: 'account' }
  /** "My worker sees nothing." */
  | { readonly kind: 'worker' }
  | { readonly kind: 'job'; readonly name: string }
  | { readonly kind: 'bucket'; readonly name: string }
  | { readonly kind: 'manifest'; readonly uri: S3Uri };

export async function subjectOf(
  look: Look,
  { labelingJobs }: { readonly labelingJobs: Pick<LabelingJobs, 'describe'> },
  signal: AbortSignal,
): Promise<Subject> {
  switch (look.kind) {
    case 'account':
      return accountSubject();
    case 'worker':
      return workerSubject();
    case 'bucket':
      return bucketSubject(look.name);
    case 'manifest':
      return manifestSubject(look.uri);
    case 'job':
      return jobSubject(await labelingJobs.describe(look.name, signal));
  }
}
