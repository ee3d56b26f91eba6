import { byDeletionOrder, type LabResource, resourceId } from './labResources.js';
import type { Tags } from './labTags.js';

/** One thing that the extension made: what, when, where, and with which tags. */
export interface LedgerEntry {
  readonly resource: LabResource;
  /** When it was asked for, in ISO 8601; records of earlier versions do not say. */
  readonly at?: string;
  readonly place?: LabPlace;
  /** Those that it was given; none where that was not allowed, or where it can have none. */
  readonly tags?: Tags;
  /** Asked for, and not yet known to be there: whoever asked was cut short. */
  readonly isBegun?: true;
}

/** Where something was made. */
export type LabPlace =
  | {
      readonly kind: 'local';
      readonly accountId: string;
      readonly region: string;
      readonly endpoint: string;
      /** Where buckets are elsewhere. */
      readonly storage?: { readonly session: string; readonly name: string };
    }
  /** Without a profile, with the environment's credentials. */
  | { readonly kind: 'aws'; readonly accountId: string; readonly region: string; readonly profile?: string };

/** What is kept may be an entry, or the bare resource that earlier versions kept. */
export function readEntries(kept: readonly (LedgerEntry | LabResource)[]): readonly LedgerEntry[] {
  return kept.map((entry) => ('kind' in entry ? { resource: entry } : entry));
}

/** As they are deleted. */
export function inOrder(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  return entries.toSorted((a, b) => byDeletionOrder(a.resource, b.resource));
}

/** The entries with these added: each once, and no object of a bucket that is itself recorded. */
export function withEntries(entries: readonly LedgerEntry[], added: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const all = new Map<string, LedgerEntry>();
  for (const entry of [...entries, ...added]) {
    const id = resourceId(entry.resource);
    all.set(id, merged(all.get(id), entry));
  }
  const ownBuckets = new Set(
    [...all.values()].flatMap(({ resource }) => (resource.kind === 'bucket' ? resource.name : [])),
  );
  return [...all.values()].filter(({ resource: it }) => it.kind !== 'objects' || !ownBuckets.has(it.bucket));
}

function merged(before: LedgerEntry | undefined, added: LedgerEntry): LedgerEntry {
  if (before === undefined) {
    return added;
  }
  const [old, fresh] = [before.resource, added.resource];
  if (old.kind === 'objects' && fresh.kind === 'objects') {
    return { ...before, resource: { ...old, names: [...new Set([...old.names, ...fresh.names])] } };
  }
  if (added.isBegun) {
    return before; // What is there, or was begun before, is not asked for again.
  }
  return before.isBegun && before.at !== undefined ? { ...added, at: before.at } : added;
}

/** What was added to the same folder meanwhile stays. */
export function withoutResource(entries: readonly LedgerEntry[], gone: LabResource): readonly LedgerEntry[] {
  const names = new Set(gone.kind === 'objects' ? gone.names : []);
  return entries.flatMap((entry): readonly LedgerEntry[] => {
    const { resource } = entry;
    if (resourceId(resource) !== resourceId(gone)) {
      return [entry];
    }
    const left = resource.kind === 'objects' ? resource.names.filter((name) => !names.has(name)) : [];
    return resource.kind === 'objects' && left.length > 0 ? [{ ...entry, resource: { ...resource, names: left } }] : [];
  });
}

/** The name of the last role that was made, or begun, for exactly these buckets. */
export function recordedRole(entries: readonly LedgerEntry[], buckets: readonly string[]): string | undefined {
  const isFor = (wanted: readonly string[] = []) => wanted.toSorted().join() === buckets.toSorted().join();
  return entries.flatMap(({ resource: it }) => (it.kind === 'role' && isFor(it.buckets) ? it.name : [])).at(-1);
}

/** Whether a labeling job of this name was asked for, and its reply never heard. */
export function isBegunJob(entries: readonly LedgerEntry[], name: string): boolean {
  return entries.some(({ resource: it, isBegun }) => isBegun === true && it.kind === 'labelingJob' && it.name === name);
}
