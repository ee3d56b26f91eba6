import * as vscode from 'vscode';
import type { Services } from '../../core/ports.js';
import { type NextStep, nextStep } from '../support/prompts.js';
import { takesAnswers } from '../views/labelingJobItems.js';

/** What comes next in the lab, by what is there already. */
export async function nextLabStep(services: Services, signal: AbortSignal): Promise<NextStep> {
  const { objects, privateTeams, labelingJobs } = services;
  const [buckets, teams, jobs] = await Promise.all([
    whatIsThere(objects.listBuckets(signal), signal),
    whatIsThere(privateTeams.list(signal), signal),
    whatIsThere(labelingJobs.list(signal), signal),
  ]);
  const active = jobs.find(takesAnswers);
  if (active) {
    const node = { kind: 'labelingJob', job: active } as const;
    return nextStep(vscode.l10n.t('Start Labeling'), 'groundTruth.startLabeling', node);
  }
  if (buckets.length === 0) {
    return nextStep(vscode.l10n.t('Create Bucket…'), 'groundTruth.createBucket'); // What jobs wrote went with theirs.
  }
  const [ended] = jobs;
  if (ended) {
    const node = { kind: 'labelingJob', job: ended } as const;
    return nextStep(vscode.l10n.t('Show Output Manifest'), 'groundTruth.showOutputManifest', node);
  }
  return teams.length === 0
    ? nextStep(vscode.l10n.t('Create Private Team…'), 'groundTruth.createPrivateTeam')
    : nextStep(vscode.l10n.t('Create Labeling Job…'), 'groundTruth.createLabelingJob');
}

/** What may not be listed counts as not there: the step that makes it says what is missing. */
export async function whatIsThere<T>(listing: Promise<readonly T[]>, signal: AbortSignal): Promise<readonly T[]> {
  try {
    return await listing;
  } catch {
    signal.throwIfAborted();
    return [];
  }
}
