import * as vscode from 'vscode';
import type { LabelingJob, PrivateTeam } from '../../core/ports.js';
import { answered } from '../support/answered.js';
import { type Choice, confirm, nextStep, pickOne, tell } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import { markDone } from '../support/walkthrough.js';
import { statusText, takesAnswers, totalObjects } from '../views/labelingJobItems.js';
import type { BucketNode, LabelingJobNode, PrivateTeamNode } from '../views/nodes.js';
import { objectUri } from '../support/s3FileSystem.js';
import type { Deps } from './deps.js';

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

export function startLabeling(deps: Deps) {
  return async (node?: LabelingJobNode): Promise<void> => {
    const job = jobOf(node) ?? (await askForJob(deps, jobToLabel()));
    if (job) {
      await answered(() => label(deps, job));
    }
  };
}

async function label(deps: Deps, job: LabelingJob): Promise<void> {
  if (deps.connection.kind === 'local') {
    await deps.labelingPanels.startLabeling(job);
    return;
  }
  const teams = await listTeams(deps);
  await openInBrowser(teams.find(({ arn }) => arn === job.workteamArn));
}

export function openLabelingPortal(deps: Deps) {
  return async (node?: PrivateTeamNode): Promise<void> => {
    const team = node === undefined || node.kind === 'problem' ? undefined : node.team;
    if (deps.connection.kind === 'local') {
      await deps.labelingPanels.openPortal(team);
      return;
    }
    await openInBrowser(team ?? (await listTeams(deps))[0]); // All teams of a workforce share one portal.
  };
}

export function chooseWorker({ connection, labelingPanels }: Deps) {
  return async (): Promise<void> => {
    const openPortal = nextStep(vscode.l10n.t('Open Labeling Portal'), 'groundTruth.openLabelingPortal');
    if (connection.kind === 'aws') {
      tell(
        vscode.l10n.t('On AWS, a worker is whoever signs in to the labeling portal, which is a page for the browser.'),
        openPortal,
      );
      return;
    }
    const worker = await labelingPanels.chooseWorker();
    if (worker && !worker.isShown) {
      tell(vscode.l10n.t('You label as "{0}" from now on.', worker.email), openPortal);
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

export function jobOf(node: LabelingJobNode | undefined): LabelingJob | undefined {
  return node === undefined || node.kind === 'problem' || node.kind === 'more' ? undefined : node.job;
}

export interface JobQuestion {
  readonly title: string;
  readonly isWanted: (job: LabelingJob) => boolean;
  /** Where there are jobs, but none that is wanted. */
  readonly none: string;
}

function jobToLabel(): JobQuestion {
  const none = vscode.l10n.t('Every labeling job has ended: there is nothing left to label.');
  return { title: vscode.l10n.t('Start Labeling'), isWanted: takesAnswers, none };
}

function jobToStop(): JobQuestion {
  const none = vscode.l10n.t('Every labeling job has ended: there is none to stop.');
  return { title: vscode.l10n.t('Stop Labeling Job'), isWanted: takesAnswers, none };
}

function jobToShow(): JobQuestion {
  return { title: vscode.l10n.t('Show Output Manifest'), isWanted: () => true, none: '' };
}

export async function askForJob({ connection }: Deps, question: JobQuestion): Promise<LabelingJob | undefined> {
  const { title, isWanted, none } = question;
  const looking = vscode.l10n.t('Looking for labeling jobs');
  const all = await withServices(looking, connection, ({ labelingJobs }, signal) => labelingJobs.list(signal));
  const jobs = all.filter(isWanted);
  if (jobs.length === 0) {
    tell(
      all.length === 0 ? vscode.l10n.t('There is no labeling job yet.') : none,
      nextStep(vscode.l10n.t('Create Labeling Job…'), 'groundTruth.createLabelingJob'),
    );
    return undefined;
  }
  const choices: Choice<LabelingJob>[] = jobs.map((job) => ({
    label: job.name,
    description: `${statusText(job)} · ${job.counters.totalLabeled}/${totalObjects(job)}`,
    value: job,
  }));
  return pickOne(title, vscode.l10n.t('The labeling job'), choices);
}

function listTeams({ connection }: Deps): Promise<readonly PrivateTeam[]> {
  const title = vscode.l10n.t('Looking for private teams');
  return withServices(title, connection, ({ privateTeams }, signal) => privateTeams.list(signal));
}

async function openInBrowser(team: PrivateTeam | undefined): Promise<void> {
  if (team?.portalUrl === undefined) {
    tell(
      vscode.l10n.t('There is no labeling portal before there is a private team.'),
      nextStep(vscode.l10n.t('Create Private Team…'), 'groundTruth.createPrivateTeam'),
    );
    return;
  }
  await vscode.env.openExternal(vscode.Uri.parse(team.portalUrl, true));
}
