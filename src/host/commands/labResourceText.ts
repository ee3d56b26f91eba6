import * as vscode from 'vscode';
import type { LabObjects, LabResource } from '../../core/lab/labResources.js';
import type { Tags } from '../../core/lab/labTags.js';
import type { LabPlace, LedgerEntry } from '../../core/lab/ledgerEntries.js';

/** What is said once for all of a list. */
export interface Shared {
  readonly place: LabPlace;
  readonly tags: Tags;
}

/** When it was made; where, and with which tags, as far as that is not shared with all others of the list. */
export function history({ at, place, tags, isBegun, resource }: LedgerEntry, shared: Shared): string {
  const made = resource.kind === 'objects' ? vscode.l10n.t('written') : vscode.l10n.t('made');
  return [
    at === undefined
      ? vscode.l10n.t('{0} by an earlier version', made)
      : isBegun
        ? vscode.l10n.t('begun {0} and cut short: it may not be there', dateText(at))
        : `${made} ${dateText(at)}`,
    ...(place && placeText(place) !== placeText(shared.place) ? [placeText(place)] : []),
    ...(tags ? [tagsNote(tags, shared.tags)] : []),
  ].join(' · ');
}

function tagsNote(tags: Tags, shared: Tags): string {
  const text = tagText(tags);
  return text === tagText(shared) ? vscode.l10n.t('tagged') : vscode.l10n.t('tagged {0}', text);
}

/** Above all of a kind. */
export function groupText(kind: LabResource['kind']): string {
  return groupTexts[kind]();
}

const groupTexts: { readonly [Kind in LabResource['kind']]: () => string } = {
  labelingJob: () => vscode.l10n.t('stopped first'),
  objects: () => vscode.l10n.t('objects'),
  bucket: () => vscode.l10n.t('buckets'),
  team: () => vscode.l10n.t('teams'),
  workforce: () => vscode.l10n.t('workforce'),
  userPool: () => vscode.l10n.t('user pool'),
  role: () => vscode.l10n.t('roles'),
};

/** `2026-11-29 16:05`, in the time of this machine. */
function dateText(at: string): string {
  const date = new Date(at);
  const [year, ...others] = [
    date.getFullYear(),
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
  ].map((part) => String(part).padStart(2, '0'));
  const [month, day, hour, minute] = others;
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

export function placeText(place: LabPlace): string {
  switch (place.kind) {
    case 'local': {
      const where = `Local Ground Truth ${place.endpoint}`;
      return place.storage ? vscode.l10n.t('{0}, storage {1}', where, place.storage.name) : where;
    }
    case 'aws': {
      const where = vscode.l10n.t('AWS account {0}, {1}', place.accountId, place.region);
      return place.profile === undefined ? where : vscode.l10n.t('{0}, profile "{1}"', where, place.profile);
    }
  }
}

export function tagText(tags: Tags): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

export function plainLabel(resource: LabResource): string {
  return describe(resource).label.replace(/^\$\([^)]*\) /u, '');
}

export function describe(resource: LabResource): { readonly label: string; readonly description: string } {
  switch (resource.kind) {
    case 'labelingJob':
      return {
        label: `$(debug-stop) ${resource.name}`,
        description: vscode.l10n.t('labeling job that is stopped, and stays in the list'),
      };
    case 'objects':
      return describeObjects(resource);
    case 'bucket':
      return { label: `$(archive) ${resource.name}`, description: vscode.l10n.t('bucket, with all that is in it') };
    case 'team':
      return { label: `$(organization) ${resource.name}`, description: vscode.l10n.t('private team') };
    case 'workforce':
      return {
        label: `$(organization) ${resource.name ?? vscode.l10n.t('private workforce')}`,
        description:
          resource.name === undefined
            ? vscode.l10n.t('workforce and its user pool, with all members')
            : vscode.l10n.t('private workforce'),
      };
    case 'userPool':
      return {
        label: `$(account) ${resource.id ?? 'sagemaker-groundtruth-user-pool'}`,
        description: vscode.l10n.t('user pool of the workforce, with all members'),
      };
    case 'role':
      return { label: `$(key) ${resource.name}`, description: vscode.l10n.t('execution role') };
  }
}

function describeObjects({ bucket, folder, names }: LabObjects) {
  const [only] = names;
  return names.length === 1
    ? { label: `$(file) s3://${bucket}/${folder}${only}`, description: vscode.l10n.t('object') }
    : {
        label: `$(folder) s3://${bucket}/${folder}`,
        description: vscode.l10n.t('{0} objects in bucket "{1}"', names.length, bucket),
      };
}
