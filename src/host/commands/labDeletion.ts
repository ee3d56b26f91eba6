import * as vscode from 'vscode';
import { deleteResource } from '../../core/lab/deleteResource.js';
import type { LabResource } from '../../core/lab/labResources.js';
import { withProgress } from '../support/progress.js';
import { complain, nextStep, type NextStep, tell } from '../support/prompts.js';
import { markDone } from '../support/walkthrough.js';
import type { Deps } from './deps.js';
import { plainLabel } from './labResourceText.js';
import { type Left, reportText, whyLeft } from './deletionReport.js';

/** What is to go, and where: the same names may stand for other things in another account. */
export interface LabDeletion {
  readonly kind: 'labDeletion';
  readonly account: string;
  readonly resources: readonly LabResource[];
  /** Labeling jobs that have ended: forgotten with the rest, and said to stay. */
  readonly endedJobs?: readonly LabResource[];
  /** What stays because nobody can say whose it is. */
  readonly unclear?: readonly LabResource[];
}

interface Outcome {
  readonly deleted: readonly LabResource[];
  readonly left: readonly Left[];
  readonly end: 'reached' | 'cancelled' | 'elsewhere';
}

/** Deletes it all, one after the other, goes on after what fails, and says what remains and why. */
export async function deleteAll(deps: Deps, deletion: LabDeletion): Promise<void> {
  const title = vscode.l10n.t('Deleting lab resources');
  const outcome = await withProgress(title, async (signal, report): Promise<Outcome> => {
    const { services, record } = await deps.ledger.open(signal);
    const { account, resources, endedJobs = [] } = deletion;
    if (record.account !== account) {
      return { end: 'elsewhere', deleted: [], left: resources.map((resource) => ({ resource, why: '' })) };
    }
    const deleted: LabResource[] = [];
    const left: Left[] = [];
    try {
      for (const [index, resource] of resources.entries()) {
        const onDeleted = (count: number) =>
          report(index / resources.length, vscode.l10n.t('{0}: {1} objects', plainLabel(resource), count));
        report(index / resources.length, plainLabel(resource));
        try {
          await deleteResource({ services, resource, onDeleted }, signal);
          await record.remove(resource);
          deleted.push(resource);
        } catch (error) {
          if (signal.aborted) {
            const rest = resources.slice(index).map((it) => ({ resource: it, why: vscode.l10n.t('cancelled') }));
            return { end: 'cancelled', deleted, left: [...left, ...rest] };
          }
          deps.log.error(`${plainLabel(resource)} was not deleted`, error instanceof Error ? error : String(error));
          left.push({ resource, why: whyLeft(error) });
        }
      }
      for (const job of endedJobs) {
        await record.remove(job); // Nobody can do more about it.
      }
      return { end: 'reached', deleted, left };
    } finally {
      deps.buckets.refresh();
      deps.labelingJobs.refresh();
      deps.privateTeams.refresh();
    }
  });
  summarize(deletion, outcome);
}

function summarize(deletion: LabDeletion, outcome: Outcome): void {
  const { deleted, left, end } = outcome;
  const total = deletion.resources.filter((resource) => !isJob(resource)).length;
  const gone = deleted.filter((resource) => !isJob(resource)).length;
  const rest: LabDeletion = { ...deletion, resources: left.map(({ resource }) => resource) };
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
  const stays = jobsNote(deletion, outcome);
  const show = showsReport(deletion, outcome);
  if (left.length === 0) {
    markDone('groundTruth.deleteLabResources');
    tell(
      `${total > 0 ? deletedText(total) : ''}${stays}`.trim(),
      nextStep(vscode.l10n.t('Create Bucket…'), 'groundTruth.createBucket'),
      ...(stays === '' ? [] : [show]),
    );
    return;
  }
  if (end === 'cancelled') {
    tell(
      vscode.l10n.t('Cancelled: {0} of {1} lab resources were deleted.', gone, total) + stays,
      nextStep(vscode.l10n.t('Delete the Rest'), 'groundTruth.deleteLabResources', rest),
      show,
    );
    return;
  }
  const names = left.slice(0, 5).map(({ resource }) => plainLabel(resource));
  complain(
    vscode.l10n.t(
      '{0} of {1} lab resources remain: {2}{3}.',
      left.length,
      deletion.resources.length,
      names.join(', '),
      left.length > names.length ? '…' : '',
    ) + stays,
    show,
    nextStep(vscode.l10n.t('Try Again'), 'groundTruth.deleteLabResources', rest),
  );
}

function showsReport(deletion: LabDeletion, { deleted, left }: Outcome): NextStep {
  const content = reportText({
    deleted: deleted.filter((resource) => !isJob(resource)),
    left,
    jobs: [...deleted.filter(isJob), ...(deletion.endedJobs ?? [])],
    unclear: deletion.unclear ?? [],
  });
  return {
    title: vscode.l10n.t('Show What Remains'),
    run: async () => {
      const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
      await vscode.window.showTextDocument(document, { preview: true });
    },
  };
}

function jobsNote({ endedJobs = [], unclear = [] }: LabDeletion, { deleted }: Outcome): string {
  const notes = [
    ...(deleted.some(isJob)
      ? [vscode.l10n.t('Labeling jobs were stopped; AWS has no way to delete them, so they stay in the list.')]
      : endedJobs.length > 0
        ? [vscode.l10n.t('AWS has no way to delete labeling jobs, so they stay in the list.')]
        : []),
    ...(unclear.length > 0 ? [vscode.l10n.t('Some stay because they may be somebody else’s.')] : []),
  ];
  return notes.map((note) => ` ${note}`).join('');
}

function deletedText(count: number): string {
  return count === 1
    ? vscode.l10n.t('1 lab resource was deleted.')
    : vscode.l10n.t('{0} lab resources were deleted.', count);
}

function isJob({ kind }: LabResource): boolean {
  return kind === 'labelingJob';
}
