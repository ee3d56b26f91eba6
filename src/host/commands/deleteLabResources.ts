import * as vscode from 'vscode';
import { inDeletionOrder, type LabResource, resourceId } from '../../core/lab/labResources.js';
import { jobsInTheWay, type LabSurvey, surveyLab } from '../../core/lab/labSurvey.js';
import { namedResources } from '../../core/lab/namedResources.js';
import { answered } from '../support/answered.js';
import type { Lab } from '../support/ledger.js';
import { withProgress } from '../support/progress.js';
import { nextStep, tell } from '../support/prompts.js';
import { askAboutJobs, askForName, type Chosen, chooseResources, isSure } from './deletionQuestions.js';
import type { Deps } from './deps.js';
import { deleteAll, type LabDeletion } from './labDeletion.js';

/** What is not recorded, and will be named. */
interface ByName {
  readonly kind: 'byName';
}

/** With what an earlier run left, or to name what the extension did not make. */
export type DeletionStart = LabDeletion | ByName;

export function deleteLabResources(deps: Deps) {
  return async (start?: DeletionStart): Promise<void> => {
    if (start?.kind === 'labDeletion') {
      await answered(() => deleteAll(deps, start)); // It was confirmed before.
      return;
    }
    const { lab, survey } = await withProgress(vscode.l10n.t('Looking for lab resources'), (signal) =>
      lookAround(deps, signal),
    );
    const chosen = start?.kind === 'byName' ? { resources: [], wantsMore: true } : await choose(lab, survey);
    const resources = chosen && (await withMore(lab, chosen));
    const doomed = resources && (await withJobs(lab, survey, resources));
    if (doomed && doomed.length > 0 && (await isSure(doomed))) {
      const deletion: LabDeletion = {
        kind: 'labDeletion',
        account: lab.record.account,
        resources: doomed,
        endedJobs: survey.endedJobs,
        unclear: survey.unclear.map(({ resource }) => resource),
      };
      await answered(() => deleteAll(deps, deletion));
    }
  };
}

async function lookAround(
  { ledger }: Deps,
  signal: AbortSignal,
): Promise<{ readonly lab: Lab; readonly survey: LabSurvey }> {
  const lab = await ledger.open(signal);
  const survey = await surveyLab(lab.services, lab.record.entries(), signal);
  for (const { resource } of survey.gone) {
    await lab.record.remove(resource);
  }
  return { lab, survey };
}

async function choose({ record }: Lab, survey: LabSurvey): Promise<Chosen | undefined> {
  if (survey.entries.length > 0) {
    return chooseResources(survey, record);
  }
  for (const job of survey.endedJobs) {
    await record.remove(job);
  }
  tell(
    nothingText(survey),
    nextStep(vscode.l10n.t('Create Bucket…'), 'groundTruth.createBucket'),
    nextStep(vscode.l10n.t('Delete by Name…'), 'groundTruth.deleteLabResources', { kind: 'byName' }),
  );
  return undefined;
}

function nothingText({ unclear, endedJobs }: LabSurvey): string {
  if (unclear.length > 0) {
    return vscode.l10n.t(
      'Only a workforce or user pool is left here that was begun and cut short. It does not have the tags of the extension and may be somebody else’s, so it is deleted only by its name.',
    );
  }
  return endedJobs.length > 0
    ? vscode.l10n.t(
        'Nothing is left to delete in this account and region but labeling jobs that have ended, which AWS has no way to delete.',
      )
    : vscode.l10n.t('The extension has made nothing in this account and region, so there is nothing to delete.');
}

/** With what is named now; `undefined` where it was not. */
async function withMore(
  { services }: Lab,
  { resources, wantsMore }: Chosen,
): Promise<readonly LabResource[] | undefined> {
  if (!wantsMore) {
    return resources;
  }
  const title = vscode.l10n.t('Looking for what has a name');
  const named = await withProgress(title, (signal) => namedResources(services, signal));
  const more = await askForName(named);
  const isChosen = more && resources.some((resource) => resourceId(resource) === resourceId(more));
  return more && inDeletionOrder(isChosen ? resources : [...resources, more]);
}

/** With the labeling jobs that are to be stopped first; `undefined` where the user changed their mind. */
async function withJobs(
  { services, record }: Lab,
  { runningJobs }: LabSurvey,
  doomed: readonly LabResource[],
): Promise<readonly LabResource[] | undefined> {
  const stopped = new Set(doomed.flatMap((it) => (it.kind === 'labelingJob' ? it.name : [])));
  const jobs = runningJobs.filter(({ name, status }) => !stopped.has(name) && status !== 'Stopping');
  const inTheWay = await withProgress(vscode.l10n.t('Looking at running labeling jobs'), (signal) =>
    jobsInTheWay(services, { jobs, doomed }, signal),
  );
  const recorded = new Set(record.entries().map(({ resource }) => resourceId(resource)));
  const answer = await askAboutJobs(inTheWay, (name) => recorded.has(resourceId({ kind: 'labelingJob', name })));
  return answer.kind === 'giveUp'
    ? undefined
    : inDeletionOrder([...answer.stop.map((name): LabResource => ({ kind: 'labelingJob', name })), ...doomed]);
}
