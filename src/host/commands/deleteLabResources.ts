import * as vscode from 'vscode';
import { inDeletionOrder, type LabObjects, type LabResource } from '../../core/lab/labResources.js';
import { deleteResource } from '../../core/lab/deleteResource.js';
import { withProgress } from '../support/progress.js';
import { complain, confirm, nextStep, tell } from '../support/prompts.js';
import { markDone } from '../support/walkthrough.js';
import type { Deps } from './deps.js';

interface Row extends vscode.QuickPickItem {
  readonly resource: LabResource;
}

/** What is to go, and where: the same names may stand for other things in another account. */
export interface LabDeletion {
  readonly kind: 'labDeletion';
  readonly account: string;
  readonly resources: readonly LabResource[];
}

export function deleteLabResources(deps: Deps) {
  return async (rest?: LabDeletion): Promise<void> => {
    if (rest?.kind === 'labDeletion') {
      await deleteAll(deps, rest); // It was confirmed before.
      return;
    }
    const { record } = await withProgress(vscode.l10n.t('Looking for lab resources'), (signal) =>
      deps.ledger.open(signal),
    );
    const recorded = inDeletionOrder(record.list());
    if (recorded.length === 0) {
      tell(
        vscode.l10n.t('The extension has made nothing in this account and region, so there is nothing to delete.'),
        nextStep(vscode.l10n.t('Create Bucket…'), 'groundTruth.createBucket'),
      );
      return;
    }
    const resources = await chooseResources(recorded);
    if (resources.length > 0 && (await isSure(resources))) {
      await deleteAll(deps, { kind: 'labDeletion', account: record.account, resources });
    }
  };
}

/** The dry run: all that would go, in the order in which it would. */
async function chooseResources(recorded: readonly LabResource[]): Promise<readonly LabResource[]> {
  const rows: Row[] = recorded.map((resource) => ({ ...describe(resource), picked: true, resource }));
  const picked = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('Delete Lab Resources: what would be deleted, in this order'),
    placeHolder: vscode.l10n.t('Nothing is deleted before you confirm. Uncheck what shall stay.'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return (picked ?? []).map(({ resource }) => resource);
}

function isSure(chosen: readonly LabResource[]): Promise<boolean> {
  return confirm(
    vscode.l10n.t('Delete these {0} resources?', chosen.length),
    [
      ...chosen.slice(0, 10).map((resource) => `${describe(resource).description}: ${plainLabel(resource)}`),
      ...(chosen.length > 10 ? ['…'] : []),
      '',
      vscode.l10n.t('Buckets are deleted with all that is in them. This cannot be undone.'),
    ].join('\n'),
    vscode.l10n.t('Delete'),
  );
}

interface Outcome {
  readonly deleted: readonly LabResource[];
  readonly left: readonly LabResource[];
  readonly end: 'reached' | 'cancelled' | 'elsewhere';
}

async function deleteAll(deps: Deps, deletion: LabDeletion): Promise<void> {
  const title = vscode.l10n.t('Deleting lab resources');
  const outcome = await withProgress(title, async (signal, report): Promise<Outcome> => {
    const { services, record } = await deps.ledger.open(signal);
    const { account, resources } = deletion;
    const left = new Set(resources);
    const outcomeAt = (end: Outcome['end']) => ({
      end,
      left: [...left],
      deleted: resources.filter((it) => !left.has(it)),
    });
    if (record.account !== account) {
      return outcomeAt('elsewhere');
    }
    try {
      for (const [index, resource] of resources.entries()) {
        report(index / resources.length, plainLabel(resource));
        try {
          await deleteResource(services, resource, signal);
          await record.remove(resource);
          left.delete(resource);
        } catch (error) {
          if (signal.aborted) {
            return outcomeAt('cancelled');
          }
          deps.log.error(`${plainLabel(resource)} was not deleted`, error instanceof Error ? error : String(error));
        }
      }
      return outcomeAt('reached');
    } finally {
      deps.buckets.refresh();
      deps.labelingJobs.refresh();
      deps.privateTeams.refresh();
    }
  });
  summarize(deletion, outcome);
}

function summarize(deletion: LabDeletion, { deleted, left, end }: Outcome): void {
  const { length: total } = deletion.resources;
  const rest = { ...deletion, resources: left };
  if (end === 'elsewhere') {
    complain(
      vscode.l10n.t(
        'Nothing was deleted: these resources are in an account or region that you are not connected to any more.',
      ),
      nextStep(vscode.l10n.t('Choose Connection…'), 'groundTruth.chooseConnection'),
      nextStep(vscode.l10n.t('Retry'), 'groundTruth.deleteLabResources', rest),
    );
    return;
  }
  const jobsNote = deleted.some(({ kind }) => kind === 'labelingJob')
    ? ` ${vscode.l10n.t('Labeling jobs were stopped; AWS has no way to delete them, so they stay in the list.')}`
    : '';
  if (left.length === 0) {
    markDone('groundTruth.deleteLabResources');
    tell(
      vscode.l10n.t('{0} lab resources were deleted.', total) + jobsNote,
      nextStep(vscode.l10n.t('Create Bucket…'), 'groundTruth.createBucket'),
    );
    return;
  }
  if (end === 'cancelled') {
    tell(
      vscode.l10n.t('Cancelled: {0} of {1} lab resources were deleted.', deleted.length, total) + jobsNote,
      nextStep(vscode.l10n.t('Delete the Rest'), 'groundTruth.deleteLabResources', rest),
    );
    return;
  }
  const names = left.slice(0, 5).map(plainLabel);
  complain(
    vscode.l10n.t(
      '{0} of {1} lab resources remain: {2}{3}. The log says why for each.',
      left.length,
      total,
      names.join(', '),
      left.length > names.length ? '…' : '',
    ) + jobsNote,
    nextStep(vscode.l10n.t('Retry'), 'groundTruth.deleteLabResources', rest),
    nextStep(vscode.l10n.t('Show Log'), 'groundTruth.showLog'),
  );
}

function plainLabel(resource: LabResource): string {
  return describe(resource).label.replace(/^\$\([^)]*\) /u, '');
}

function describe(resource: LabResource): { readonly label: string; readonly description: string } {
  switch (resource.kind) {
    case 'labelingJob':
      return {
        label: `$(debug-stop) ${resource.name}`,
        description: vscode.l10n.t('labeling job: is stopped, and cannot be deleted'),
      };
    case 'objects':
      return describeObjects(resource);
    case 'bucket':
      return { label: `$(archive) ${resource.name}`, description: vscode.l10n.t('bucket, with all that is in it') };
    case 'team':
      return { label: `$(organization) ${resource.name}`, description: vscode.l10n.t('private team') };
    case 'workforce':
      return {
        label: `$(organization) ${vscode.l10n.t('private workforce')}`,
        description: vscode.l10n.t('workforce and its user pool, with all members'),
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
