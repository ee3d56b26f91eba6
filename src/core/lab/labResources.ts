/** What this product made in an account, so that it can clean up after itself. */
export type LabResource =
  | { readonly kind: 'bucket'; readonly name: string }
  /** In a bucket that was there before; what is in a bucket of our own goes with it. */
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'role'; readonly name: string; readonly arn: string }
  | { readonly kind: 'team'; readonly name: string; readonly arn: string }
  /** The one workforce of the account and region, with its user pool. */
  | { readonly kind: 'workforce' }
  | { readonly kind: 'labelingJob'; readonly name: string };

/**
 * Jobs are stopped before what they read and write goes; a workforce can only go after its teams, and its user pool
 * after it; the role last, because a job that is stopping still uses it.
 */
const order: readonly LabResource['kind'][] = ['labelingJob', 'object', 'bucket', 'team', 'workforce', 'role'];

export function inDeletionOrder(resources: readonly LabResource[]): readonly LabResource[] {
  return resources.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function resourceId(resource: LabResource): string {
  switch (resource.kind) {
    case 'object':
      return `object ${resource.bucket}/${resource.key}`;
    case 'workforce':
      return 'workforce';
    case 'bucket':
    case 'role':
    case 'team':
    case 'labelingJob':
      return `${resource.kind} ${resource.name}`;
  }
}

/** The record with these added: each once, and no object of a bucket that is itself recorded. */
export function withResources(record: readonly LabResource[], added: readonly LabResource[]): readonly LabResource[] {
  const all = [...new Map([...record, ...added].map((resource) => [resourceId(resource), resource])).values()];
  const ownBuckets = new Set(all.flatMap((resource) => (resource.kind === 'bucket' ? resource.name : [])));
  return all.filter((resource) => resource.kind !== 'object' || !ownBuckets.has(resource.bucket));
}

export function withoutResource(record: readonly LabResource[], gone: LabResource): readonly LabResource[] {
  return record.filter((resource) => resourceId(resource) !== resourceId(gone));
}
