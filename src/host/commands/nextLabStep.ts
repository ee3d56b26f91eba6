import * as vscode from 'vscode';
import type { Bucket, LabelingJob, ObjectStore, PrivateTeam, Services } from '../../core/ports.js';
import { type NextStep, nextStep } from '../support/prompts.js';
import { takesAnswers } from '../views/labelingJobItems.js';

/** What comes next in the lab, by what is there already. */
export async function nextLabStep(services: Services, signal: AbortSignal): Promise<NextStep> {
  return nextOf(await progressOf(services, signal));
}

export interface LabSteps {
  readonly next: NextStep;
  /** All of them, in the lab's order, the next one among them by its title. */
  readonly all: readonly NextStep[];
}

export async function labSteps(services: Services, signal: AbortSignal): Promise<LabSteps> {
  const progress = await progressOf(services, signal);
  const { active, ended } = progress;
  return {
    next: nextOf(progress),
    all: [
      createBucket(),
      getSampleImages(),
      createTeam(),
      createJob(),
      ...(active ? [startLabeling(active)] : []),
      ...(ended ? [showOutput(ended)] : []),
    ],
  };
}

interface Progress {
  readonly buckets: readonly Bucket[];
  readonly hasObjects: boolean;
  readonly teams: readonly PrivateTeam[];
  /** The newest of each. */
  readonly active: LabelingJob | undefined;
  readonly ended: LabelingJob | undefined;
}

async function progressOf(services: Services, signal: AbortSignal): Promise<Progress> {
  const { objects, privateTeams, labelingJobs } = services;
  const [buckets, teams, jobs] = await Promise.all([
    whatIsThere(objects.listBuckets(signal), signal),
    whatIsThere(privateTeams.list(signal), signal),
    whatIsThere(labelingJobs.list(signal), signal),
  ]);
  return {
    buckets,
    hasObjects: await anyHolds(objects, buckets, signal),
    teams,
    active: jobs.find(takesAnswers),
    ended: jobs.find((job) => !takesAnswers(job)),
  };
}

/** Whoever has many buckets is not asked about each: something will be in them. */
async function anyHolds(objects: ObjectStore, buckets: readonly Bucket[], signal: AbortSignal): Promise<boolean> {
  const most = 10;
  if (buckets.length > most) {
    return true;
  }
  const firsts = await Promise.all(buckets.map(({ name }) => whatIsThere(firstObject(objects, name, signal), signal)));
  return firsts.some(({ length }) => length > 0);
}

async function firstObject(objects: ObjectStore, bucket: string, signal: AbortSignal) {
  return (await objects.listObjects({ bucket, pageSize: 1 }, signal)).objects;
}

function nextOf({ buckets, hasObjects, teams, active, ended }: Progress): NextStep {
  if (active) {
    return startLabeling(active);
  }
  if (buckets.length === 0) {
    return createBucket(); // What jobs wrote went with theirs.
  }
  if (ended) {
    return showOutput(ended);
  }
  if (!hasObjects) {
    return getSampleImages();
  }
  return teams.length === 0 ? createTeam() : createJob();
}

function createBucket(): NextStep {
  return nextStep(vscode.l10n.t('Create Bucket…'), 'groundTruth.createBucket');
}

function getSampleImages(): NextStep {
  return nextStep(vscode.l10n.t('Get Sample Images'), 'groundTruth.getSampleImages');
}

function createTeam(): NextStep {
  return nextStep(vscode.l10n.t('Create Private Team…'), 'groundTruth.createPrivateTeam');
}

function createJob(): NextStep {
  return nextStep(vscode.l10n.t('Create Labeling Job…'), 'groundTruth.createLabelingJob');
}

function startLabeling(job: LabelingJob): NextStep {
  return nextStep(vscode.l10n.t('Start Labeling'), 'groundTruth.startLabeling', { kind: 'labelingJob', job });
}

function showOutput(job: LabelingJob): NextStep {
  return nextStep(vscode.l10n.t('Show Output Manifest'), 'groundTruth.showOutputManifest', {
    kind: 'labelingJob',
    job,
  });
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
