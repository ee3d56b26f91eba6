import * as vscode from 'vscode';
import { explainFailure, type FailureCause, type FailureStep } from '../../core/jobs/failureCause.js';
import type { LabelingJob } from '../../core/ports.js';
import { complain, type NextStep, nextStep } from '../support/prompts.js';

/** Tells of a job's end as `end` does, of what may be behind it, and offers what helps. */
export function tellOfFailure(job: LabelingJob, end: string): void {
  const { cause, steps } = explainFailure(job.failureReason);
  complain(`${end} ${causeTexts[cause]()}`, ...steps.map((step) => stepOf(step, job)));
}

const causeTexts: { readonly [Cause in FailureCause]: () => string } = {
  tasksExpired: () =>
    vscode.l10n.t(
      'Nobody answered for as long as the tasks were offered, or everybody declined them. "Relabel" in the output manifest makes a job of what is missing.',
    ),
  accessDenied: () =>
    vscode.l10n.t(
      'The job’s role may not use a bucket or a key that it needs. The doctor names the permission; another job may get a role of its own.',
    ),
  manifestMissing: () =>
    vscode.l10n.t('The input manifest was deleted, or is in another place. Create another job of the pictures.'),
  manifestUnusable: () =>
    vscode.l10n.t(
      'The input manifest has no objects, or more than a job may have. Create another job of fewer, or of others.',
    ),
  toolUnusable: () =>
    vscode.l10n.t(
      'The file of the labels or the workers’ page is missing or not as it must be. Another job writes both anew.',
    ),
  functionFailed: () =>
    vscode.l10n.t('A function of the job could not be called, or did not answer. Mend it, and create the job again.'),
  serviceFailed: () =>
    vscode.l10n.t('The service failed by itself. Create the job again; if it fails again, ask AWS with its reason.'),
  unknown: () => vscode.l10n.t('The doctor looks for what may be behind it.'),
};

function stepOf(step: FailureStep, job: LabelingJob): NextStep {
  switch (step) {
    case 'runDoctor':
      return nextStep(vscode.l10n.t('Run Doctor'), 'groundTruth.runDoctor', { kind: 'labelingJob', job });
    case 'showOutputManifest':
      return nextStep(vscode.l10n.t('Show Output Manifest'), 'groundTruth.showOutputManifest', {
        kind: 'labelingJob',
        job,
      });
    case 'createLabelingJob':
      return nextStep(vscode.l10n.t('Create Labeling Job…'), 'groundTruth.createLabelingJob');
  }
}
