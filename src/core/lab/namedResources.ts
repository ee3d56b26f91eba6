import type { Services } from '../ports.js';
import type { LabResource } from './labResources.js';

/**
 * All that has a name and can be deleted, whoever made it: buckets, private teams, execution roles, the workforce, the
 * user pool of the console's name. Of what may not be listed there is nothing.
 */
export async function namedResources(services: Services, signal: AbortSignal): Promise<readonly LabResource[]> {
  const { objects, privateTeams, executionRoles } = services;
  const lists = await Promise.allSettled([
    objects.listBuckets(signal).then((all) => all.map(({ name }): LabResource => ({ kind: 'bucket', name }))),
    privateTeams.list(signal).then((all) =>
      all.map(({ name, userPoolId }): LabResource => ({
        kind: 'team',
        name,
        ...(userPoolId !== undefined && { userPoolId }),
      })),
    ),
    executionRoles.list(signal).then((all) => all.map((role): LabResource => ({ kind: 'role', ...role }))),
    privateTeams
      .workforce(signal)
      .then((one): readonly LabResource[] => (one ? [{ kind: 'workforce', name: one.name }] : [])),
    privateTeams
      .userPool(signal)
      .then((one): readonly LabResource[] => (one ? [{ kind: 'userPool', id: one.id }] : [])),
  ]);
  signal.throwIfAborted();
  return lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []));
}

/** What it is called; `undefined` for what has no name of its own. */
export function nameOf(resource: LabResource): string | undefined {
  switch (resource.kind) {
    case 'objects':
      return undefined;
    case 'userPool':
      return resource.id;
    case 'bucket':
    case 'role':
    case 'team':
    case 'workforce':
    case 'labelingJob':
      return resource.name;
  }
}
