import * as vscode from 'vscode';
import type { LabResource } from '../../core/lab/labResources.js';
import { inOrder, type LedgerEntry } from '../../core/lab/ledgerEntries.js';
import type { Services } from '../../core/ports.js';
import { deleteResource } from '../../core/lab/deleteResource.js';
import type { LabRecord } from '../support/ledger.js';
import { answered } from '../support/answered.js';
import { withProgress } from '../support/progress.js';
import { complain, confirm, nextStep, tell } from '../support/prompts.js';
import { markDone } from '../support/walkthrough.js';
import { takesAnswers } from '../views/labelingJobItems.js';
import type { Deps } from './deps.js';
import { describe, history, plainLabel } from './labResourceText.js';

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
      await answered(() => deleteAll(deps, rest)); // It was confirmed before.
      return;
    }
    const { record, recorded } = await withProgress(vscode.l10n.t('Looking for lab resources'), async (signal) => {
      const { services, record: made } = await deps.ledger.open(signal);
      for (const job of await endedJobs(services, recordedIn(made), signal)) {
        await made.remove(job);
      }
      return { record: made, recorded: made.entries() };
    });
    if (recorded.length === 0) {
      tell(
        vscode.l10n.t('The extension has made nothing in this account and region, so there is nothing to delete.'),
        nextStep(vscode.l10n.t('Create Bucket…'), 'groundTruth.createBucket'),
      );
      return;
    }
    const resources = await chooseResources(recorded);
    if (resources.length > 0 && (await isSure(resources))) {
      await answered(() => deleteAll(deps, { kind: 'labDeletion', account: record.account, resources }));
    }
  };
}

function recordedIn(record: LabRecord): readonly LabResource[] {
  return record.entries().map(({ resource }) => resource);
}

/** A job cannot be deleted, only stopped: with one that has ended there is nothing left to do. */
async function endedJobs(
  services: Services,
  recorded: readonly LabResource[],
  signal: AbortSignal,
): Promise<readonly LabResource[]> {
  const recordedJobs = recorded.filter(isJob);
  if (recordedJobs.length === 0) {
    return [];
  }
  const jobs = await services.labelingJobs.list(signal);
  const running = new Set(jobs.filter(takesAnswers).map(({ name }) => name));
  return recordedJobs.filter(({ name }) => !running.has(name));
}

function isJob(resource: LabResource): resource is Extract<LabResource, { readonly kind: 'labelingJob' }> {
  return resource.kind === 'labelingJob';
}

/** The dry run: all that would go, in the order in which it would. */
async function chooseResources(recorded: readonly LedgerEntry[]): Promise<readonly LabResource[]> {
  const rows: Row[] = inOrder(recorded).map((entry) => rowOf(entry));
  const picked = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('Delete Lab Resources: what would be deleted, in this order'),
    placeHolder: vscode.l10n.t('Nothing is deleted before you confirm. Uncheck what shall stay.'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return (picked ?? []).map(({ resource }) => resource);
}

function rowOf(entry: LedgerEntry): Row {
  return { ...describe(entry.resource), detail: history(entry), picked: true, resource: entry.resource };
}

function isSure(chosen: readonly LabResource[]): Promise<boolean> {
  const jobs = chosen.filter(isJob).length;
  return confirm(
    questionText(chosen.length - jobs, jobs),
    [
      ...chosen.slice(0, 10).map((resource) => `${describe(resource).description}: ${plainLabel(resource)}`),
      ...(chosen.length > 10 ? ['…'] : []),
      '',
      vscode.l10n.t('Buckets are deleted with all that is in them. This cannot be undone.'),
    ].join('\n'),
    jobs === chosen.length ? vscode.l10n.t('Stop') : vscode.l10n.t('Delete'),
  );
}

function questionText(resources: number, jobs: number): string {
  if (resources === 0) {
    return jobs === 1 ? vscode.l10n.t('Stop this labeling job?') : vscode.l10n.t('Stop these {0} labeling jobs?', jobs);
  }
  if (jobs > 0) {
    return vscode.l10n.t('Delete these resources ({0}), and stop labeling jobs ({1})?', resources, jobs);
  }
  return resources === 1
    ? vscode.l10n.t('Delete this resource?')
    : vscode.l10n.t('Delete these {0} resources?', resources);
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
        const onDeleted = (count: number) =>
          report(index / resources.length, vscode.l10n.t('{0}: {1} objects', plainLabel(resource), count));
        report(index / resources.length, plainLabel(resource));
        try {
          await deleteResource({ services, resource, onDeleted }, signal);
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
  const total = deletion.resources.filter((resource) => !isJob(resource)).length;
  const gone = deleted.filter((resource) => !isJob(resource)).length;
  const rest = { ...deletion, resources: left };
  if (end === 'elsewhere') {
    complain(
      vscode.l10n.t(
        'Nothing was deleted: these resources are in an account or region that you are not connected to any more.',
      ),
      nextStep(vscode.l10n.t('Choose Connection…'), 'groundTruth.chooseConnection'),
      nextStep(vscode.l10n.t('Try Again'), 'groundTruth.deleteLabResources', rest),
    );
    return;
  }
  const jobsNote =
    deleted.length > gone
      ? ` ${vscode.l10n.t('Labeling jobs were stopped; AWS has no way to delete them, so they stay in the list.')}`
      : '';
  if (left.length === 0) {
    markDone('groundTruth.deleteLabResources');
    tell(
      `${total > 0 ? deletedText(total) : ''}${jobsNote}`.trim(),
      nextStep(vscode.l10n.t('Create Bucket…'), 'groundTruth.createBucket'),
    );
    return;
  }
  if (end === 'cancelled') {
    tell(
      vscode.l10n.t('Cancelled: {0} of {1} lab resources were deleted.', gone, total) + jobsNote,
      nextStep(vscode.l10n.t('Delete the Rest'), 'groundTruth.deleteLabResources', rest),
    );
    return;
  }
  const names = left.slice(0, 5).map(plainLabel);
  complain(
    vscode.l10n.t(
      '{0} of {1} lab resources remain: {2}{3}. The log says why for each.',
      left.length,
      deletion.resources.length,
      names.join(', '),
      left.length > names.length ? '…' : '',
    ) + jobsNote,
    nextStep(vscode.l10n.t('Try Again'), 'groundTruth.deleteLabResources', rest),
    nextStep(vscode.l10n.t('Show Log'), 'groundTruth.showLog'),
  );
}

function deletedText(count: number): string {
  return count === 1
    ? vscode.l10n.t('1 lab resource was deleted.')
    : vscode.l10n.t('{0} lab resources were deleted.', count);
}
