import * as vscode from 'vscode';
import { inDeletionOrder, type LabResource } from '../../core/lab/labResources.js';
import { deleteResource } from '../../core/lab/deleteResource.js';
import { withProgress } from '../support/progress.js';
import { confirm, nextStep, tell } from '../support/prompts.js';
import type { Deps } from './deps.js';

interface Row extends vscode.QuickPickItem {
  readonly resource: LabResource;
}

export function deleteLabResources(deps: Deps) {
  return async (): Promise<void> => {
    const recorded = inDeletionOrder(await deps.ledger.list());
    if (recorded.length === 0) {
      tell(vscode.l10n.t('The extension has made nothing in this account and region, so there is nothing to delete.'));
      return;
    }
    const chosen = await chooseResources(recorded);
    if (chosen.length === 0 || !(await isSure(chosen))) {
      return;
    }
    await deleteAll(deps, chosen);
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

async function deleteAll(deps: Deps, chosen: readonly LabResource[]): Promise<void> {
  const failed: LabResource[] = [];
  await withProgress(vscode.l10n.t('Deleting lab resources'), async (signal, report) => {
    const services = await deps.connection.services();
    try {
      for (const [index, resource] of chosen.entries()) {
        report(index / chosen.length, plainLabel(resource));
        try {
          await deleteResource(services, resource, signal);
          await deps.ledger.remove(resource);
        } catch (error) {
          signal.throwIfAborted();
          deps.log.error(`${plainLabel(resource)} was not deleted`, error instanceof Error ? error : String(error));
          failed.push(resource);
        }
      }
    } finally {
      deps.buckets.refresh();
      deps.labelingJobs.refresh();
      deps.privateTeams.refresh();
    }
  });
  summarize(deps, chosen, failed);
}

function summarize(deps: Deps, chosen: readonly LabResource[], failed: readonly LabResource[]): void {
  const jobsNote = chosen.some(({ kind }) => kind === 'labelingJob')
    ? ` ${vscode.l10n.t('Labeling jobs were stopped; AWS has no way to delete them, so they stay in the list.')}`
    : '';
  if (failed.length === 0) {
    tell(vscode.l10n.t('{0} lab resources were deleted.', chosen.length) + jobsNote);
    return;
  }
  tell(
    vscode.l10n.t(
      '{0} of {1} lab resources remain: {2}. The log says why for each.',
      failed.length,
      chosen.length,
      failed.map(plainLabel).join(', '),
    ) + jobsNote,
    { title: vscode.l10n.t('Retry'), run: () => deleteAll(deps, failed) },
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
    case 'object':
      return { label: `$(file) s3://${resource.bucket}/${resource.key}`, description: vscode.l10n.t('object') };
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
