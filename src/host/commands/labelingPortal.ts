import * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import type { LabelingJob, PrivateTeam } from '../../core/ports.js';
import { answered } from '../support/answered.js';
import { nextStep, tell } from '../support/prompts.js';
import { takesAnswers } from '../views/labelingJobItems.js';
import type { LabelingJobNode, PrivateTeamNode } from '../views/nodes.js';
import type { Deps } from './deps.js';
import { askForJob, jobOf, type JobQuestion } from './jobQuestion.js';
import type { InvitedWorker } from './signatures.js';
import { listTeams, tellOfNoPortal, tellOfNoTeam } from './teamQuestion.js';

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
  const team = (await listTeams(deps)).find(({ arn }) => arn === job.workteamArn);
  if (!team) {
    throw new Failure('job.teamGone', { job: job.name });
  }
  await openInBrowser(team);
}

export function openLabelingPortal(deps: Deps) {
  return async (from?: PrivateTeamNode | InvitedWorker): Promise<void> => {
    const email = workerOf(from);
    const team = from?.kind === 'privateTeam' || from?.kind === 'teamMember' ? from.team : undefined;
    if (deps.connection.kind === 'aws') {
      await openInBrowser(team ?? (await listTeams(deps))[0]); // All teams of a workforce share one portal.
    } else if (email !== undefined) {
      await deps.labelingPanels.openPortalAs(email);
    } else {
      await deps.labelingPanels.openPortal(team);
    }
  };
}

/** The one worker whose row or invitation it was opened from. */
function workerOf(from: PrivateTeamNode | InvitedWorker | undefined): string | undefined {
  switch (from?.kind) {
    case 'invitedWorker':
      return from.email;
    case 'teamMember':
      return from.member.email;
    case 'privateTeam':
    case 'problem':
    case undefined:
      return undefined;
  }
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

function jobToLabel(): JobQuestion {
  const none = vscode.l10n.t('Every labeling job has ended: there is nothing left to label.');
  return { title: vscode.l10n.t('Start Labeling'), isWanted: takesAnswers, none };
}

async function openInBrowser(team: PrivateTeam | undefined): Promise<void> {
  if (team === undefined) {
    tellOfNoTeam();
  } else if (team.portalUrl === undefined) {
    tellOfNoPortal(team);
  } else {
    await vscode.env.openExternal(vscode.Uri.parse(team.portalUrl, true));
  }
}
