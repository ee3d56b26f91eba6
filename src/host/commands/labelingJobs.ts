import * as vscode from 'vscode';
import type { LabelingJob } from '../../core/ports.js';
import { answered } from '../support/answered.js';
import { confirm, nextStep, tell } from '../support/prompts.js';
import { objectUri } from '../support/s3FileSystem.js';
import { markDone } from '../support/walkthrough.js';
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

export function showOutputManifest(deps: Deps) {
  return async (node?: LabelingJobNode): Promise<void> => {
    const job = jobOf(node) ?? (await askForJob(deps, jobToShow()));
    if (job) {
      await answered(() => showOutput(deps, job));
    }
  };
}

async function showOutput(deps: Deps, { name }: LabelingJob): Promise<void> {
  const title = vscode.l10n.t('Looking for results');
  const { job, manifest } = await withServices(title, deps.connection, async ({ objects, labelingJobs }, signal) => {
    const described = await labelingJobs.describe(name, signal);
    const uri = await deps.labelingJobs.outputManifest(described);
    const isThere = uri !== undefined && (await objects.headObject(uri, signal)) !== undefined;
    return { job: described, manifest: isThere && hasResults(described) ? uri : undefined };
  });
  if (manifest) {
    await vscode.commands.executeCommand('vscode.open', objectUri(manifest));
    markDone('groundTruth.showOutputManifest');
    return;
  }
  if (takesAnswers(job)) {
    tell(
      vscode.l10n.t('"{0}" has no labels yet: its output manifest gets them while objects are labeled.', name),
      nextStep(vscode.l10n.t('Start Labeling'), 'groundTruth.startLabeling', { kind: 'labelingJob', job }),
    );
    return;
  }
  tell(
    vscode.l10n.t('"{0}" has ended, and there is no output manifest of it.', name),
    nextStep(vscode.l10n.t('Create Labeling Job…'), 'groundTruth.createLabelingJob'),
  );
}

/** A manifest of a job that has just begun names objects only, as its input does. */
function hasResults(job: LabelingJob): boolean {
  return job.counters.totalLabeled + job.counters.failedNonRetryableError > 0 || !takesAnswers(job);
}

function jobToStop(): JobQuestion {
  const none = vscode.l10n.t('Every labeling job has ended: there is none to stop.');
  return { title: vscode.l10n.t('Stop Labeling Job'), isWanted: takesAnswers, none };
}

function jobToShow(): JobQuestion {
  return { title: vscode.l10n.t('Show Output Manifest'), isWanted: () => true, none: '' };
}
