import * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import type { LabelingJob, ObjectStore } from '../../core/ports.js';
import { formatS3Uri, type S3Uri } from '../../core/s3Uri.js';
import { answered } from '../support/answered.js';
import { nextStep, tell } from '../support/prompts.js';
import { objectUri } from '../support/s3FileSystem.js';
import { markDone } from '../support/walkthrough.js';
import { withServices } from '../support/withServices.js';
import { takesAnswers } from '../views/labelingJobItems.js';
import type { LabelingJobNode } from '../views/nodes.js';
import type { Deps } from './deps.js';
import { askForJob, jobOf, type JobQuestion } from './jobQuestion.js';

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
  const { job, output, place } = await withServices(title, deps.connection, async (services, signal) => {
    const described = await services.labelingJobs.describe(name, signal);
    const uri = await deps.labelingJobs.outputManifest(described);
    return { job: described, output: uri, place: uri && (await look(services.objects, uri, signal)) };
  });
  if (output && place === 'there' && hasResults(job)) {
    await vscode.commands.executeCommand('vscode.open', objectUri(output));
    markDone('groundTruth.showOutputManifest');
  } else if (takesAnswers(job) && place !== 'bucketGone') {
    tell(
      vscode.l10n.t('"{0}" has no labels yet: its output manifest gets them while objects are labeled.', name),
      nextStep(vscode.l10n.t('Start Labeling'), 'groundTruth.startLabeling', { kind: 'labelingJob', job }),
    );
  } else {
    tell(
      output && place === 'bucketGone' ? bucketGoneText(job, output) : missingText(job, output),
      nextStep(vscode.l10n.t('Create Labeling Job…'), 'groundTruth.createLabelingJob'),
    );
  }
}

type Place = 'there' | 'gone' | 'bucketGone';

/** Asking for an object does not tell whether it is missing or all of its bucket; a listing does. */
async function look(objects: ObjectStore, uri: S3Uri, signal: AbortSignal): Promise<Place> {
  try {
    if (await objects.headObject(uri, signal)) {
      return 'there';
    }
    await objects.listObjects({ bucket: uri.bucket, prefix: uri.key, pageSize: 1 }, signal);
    return 'gone';
  } catch (error) {
    if (Failure.is(error, 'bucket.notFound')) {
      return 'bucketGone';
    }
    throw error;
  }
}

/** A manifest of a job that has just begun names objects only, as its input does. */
function hasResults(job: LabelingJob): boolean {
  return countedObjects(job) > 0 || !takesAnswers(job);
}

function countedObjects({ counters }: LabelingJob): number {
  return counters.totalLabeled + counters.failedNonRetryableError;
}

function bucketGoneText({ name }: LabelingJob, { bucket }: S3Uri): string {
  return vscode.l10n.t('The output manifest of "{0}" is gone: its bucket "{1}" was deleted.', name, bucket);
}

/** Of a job that has ended. */
function missingText(job: LabelingJob, output: S3Uri | undefined): string {
  const { name, status, failureReason } = job;
  if (output && countedObjects(job) > 0) {
    return vscode.l10n.t('The output manifest of "{0}" is gone: "{1}" was deleted.', name, formatS3Uri(output));
  }
  return status === 'Failed' && failureReason !== undefined
    ? vscode.l10n.t('"{0}" failed, and has no output manifest: {1}', name, failureReason)
    : vscode.l10n.t('"{0}" ended before anything was labeled, so it has no output manifest.', name);
}

function jobToShow(): JobQuestion {
  return { title: vscode.l10n.t('Show Output Manifest'), isWanted: () => true, none: '' };
}
