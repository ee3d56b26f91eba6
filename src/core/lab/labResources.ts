/** What this product made in an account, so that it can clean up after itself. */
export type LabResource =
  | { readonly kind: 'bucket'; readonly name: string }
  | LabObjects
  | { readonly kind: 'role'; readonly name: string; readonly arn: string }
  | { readonly kind: 'team'; readonly name: string }
  /** The one workforce of the account and region, with its user pool. */
  | { readonly kind: 'workforce' }
  | { readonly kind: 'labelingJob'; readonly name: string };

/** In a bucket that was there before; what is in a bucket of our own goes with it. */
export interface LabObjects {
  readonly kind: 'objects';
  readonly bucket: string;
  /** With its slash at the end, or empty. A hundred thousand keys are kept, so what they share is kept once. */
  readonly folder: string;
  readonly names: readonly string[];
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
const order: readonly LabResource['kind'][] = ['labelingJob', 'objects', 'bucket', 'team', 'workforce', 'role'];

export function inDeletionOrder(resources: readonly LabResource[]): readonly LabResource[] {
  return resources.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function resourceId(resource: LabResource): string {
  switch (resource.kind) {
    case 'objects':
      return `objects ${resource.bucket}/${resource.folder}`;
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
  const all = new Map<string, LabResource>();
  for (const resource of [...record, ...added]) {
    const id = resourceId(resource);
    all.set(id, merged(all.get(id), resource));
  }
  const ownBuckets = new Set([...all.values()].flatMap((it) => (it.kind === 'bucket' ? it.name : [])));
  return [...all.values()].filter((it) => it.kind !== 'objects' || !ownBuckets.has(it.bucket));
}

function merged(before: LabResource | undefined, added: LabResource): LabResource {
  return before?.kind === 'objects' && added.kind === 'objects'
    ? { ...added, names: [...new Set([...before.names, ...added.names])] }
    : added;
}

/** What was added to the same folder meanwhile stays. */
export function withoutResource(record: readonly LabResource[], gone: LabResource): readonly LabResource[] {
  const names = new Set(gone.kind === 'objects' ? gone.names : []);
  return record.flatMap((resource) => {
    if (resourceId(resource) !== resourceId(gone)) {
      return resource;
    }
    const left = resource.kind === 'objects' ? resource.names.filter((name) => !names.has(name)) : [];
    return resource.kind === 'objects' && left.length > 0 ? { ...resource, names: left } : [];
  });
}
