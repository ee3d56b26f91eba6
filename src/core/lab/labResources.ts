/** What this product made in an account, so that it can clean up after itself. */
export type LabResource =
  | { readonly kind: 'bucket'; readonly name: string }
  | LabObjects
  | LabRole
  /** With its group, which has the same name and is in this pool; records of earlier versions do not name the pool. */
  | { readonly kind: 'team'; readonly name: string; readonly userPoolId?: string }
  /** The one of the account and region. Records of earlier versions have no name and stand for its user pool, too. */
  | { readonly kind: 'workforce'; readonly name?: string }
  /** The one that has the console's name. Without its id where the reply that would have told it never came. */
  | { readonly kind: 'userPool'; readonly id?: string }
  | { readonly kind: 'labelingJob'; readonly name: string };

/** In a bucket that was there before; what is in a bucket of our own goes with it. */
export interface LabObjects {
  readonly kind: 'objects';
  readonly bucket: string;
  /** With its slash at the end, or empty. A hundred thousand keys are kept, so what they share is kept once. */
  readonly folder: string;
  readonly names: readonly string[];
}

interface LabRole {
  readonly kind: 'role';
  readonly name: string;
  /** Empty until the role is known to be there. */
  readonly arn: string;
  /** What it lets SageMaker read and write; records of earlier versions do not say. */
  readonly buckets?: readonly string[];
}

/** One resource for each folder that the keys are in. */
export function labObjects(bucket: string, keys: readonly string[]): readonly LabObjects[] {
  const folders = new Map<string, string[]>();
  for (const key of keys) {
    const folder = key.slice(0, key.lastIndexOf('/') + 1);
    const names = folders.get(folder) ?? [];
    names.push(key.slice(folder.length));
    folders.set(folder, names);
  }
  return [...folders].map(([folder, names]) => ({ kind: 'objects', bucket, folder, names }));
}

/**
 * Jobs are stopped before what they read and write goes; a workforce can only go after its teams, and its user pool
 * after it; the role last, because a job that is stopping still uses it.
 */
const order: readonly LabResource['kind'][] = [
  'labelingJob',
  'objects',
  'bucket',
  'team',
  'workforce',
  'userPool',
  'role',
];

export function inDeletionOrder(resources: readonly LabResource[]): readonly LabResource[] {
  return resources.toSorted(byDeletionOrder);
}

export function byDeletionOrder(a: LabResource, b: LabResource): number {
  return order.indexOf(a.kind) - order.indexOf(b.kind);
}

/** The same for all records of one thing, whatever else they say of it. */
export function resourceId(resource: LabResource): string {
  switch (resource.kind) {
    case 'objects':
      return `objects ${resource.bucket}/${resource.folder}`;
    case 'workforce':
    case 'userPool':
      return resource.kind;
    case 'bucket':
    case 'role':
    case 'team':
    case 'labelingJob':
      return `${resource.kind} ${resource.name}`;
  }
}
