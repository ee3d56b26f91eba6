import * as vscode from 'vscode';
import type { LabelingJob } from '../../core/ports.js';
import { answered } from '../support/answered.js';
import { confirm, nextStep, tell } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import { takesAnswers, totalObjects } from '../views/labelingJobItems.js';
import type { BucketNode, LabelingJobNode, PrivateTeamNode } from '../views/nodes.js';
import type { Deps } from './deps.js';
import { askForJob, jobOf, type JobQuestion } from './jobQuestion.js';

export function createLabelingJob({ jobSetupPanels }: Deps) {
  return async (from?: BucketNode | PrivateTeamNode): Promise<void> => {
    switch (from?.kind) {
      case 'bucket':
        return jobSetupPanels.open({ bucket: from.bucket.name });
      case 'folder':
        return jobSetupPanels.open({ bucket: from.bucket, prefix: from.prefix });
      case 'privateTeam':
      case 'teamMember':
        return jobSetupPanels.open({ team: from.team });
      case 'object':
      case 'more':
      case 'empty':
      case 'problem':
      case undefined:
        return jobSetupPanels.open();
    }
  };
}

export function stopLabelingJob(deps: Deps) {
  return async (node?: LabelingJobNode): Promise<void> => {
    const job = jobOf(node) ?? (await askForJob(deps, jobToStop()));
    if (!job) {
      return;
    }
    const isSure = await confirm(
      vscode.l10n.t('Stop labeling job "{0}"?', job.name),
      vscode.l10n.t(
        '{0} of {1} objects are labeled and stay so. A job that was stopped cannot be started again.',
        job.counters.totalLabeled,
        totalObjects(job),
      ),
      vscode.l10n.t('Stop'),
    );
    if (isSure) {
      await answered(() => stop(deps, job));
    }
  };
}

async function stop(deps: Deps, job: LabelingJob): Promise<void> {
  const title = vscode.l10n.t('Stopping "{0}"', job.name);
  await withServices(title, deps.connection, ({ labelingJobs }, signal) => labelingJobs.stop(job.name, signal));
  deps.labelingJobs.refresh();
  tell(
    vscode.l10n.t('Labeling job "{0}" is stopping. What is labeled is in its output manifest.', job.name),
    nextStep(vscode.l10n.t('Show Output Manifest'), 'groundTruth.showOutputManifest', { kind: 'labelingJob', job }),
  );
}

function jobToStop(): JobQuestion {
  const none = vscode.l10n.t('Every labeling job has ended: there is none to stop.');
  return { title: vscode.l10n.t('Stop Labeling Job'), isWanted: takesAnswers, none };
}
