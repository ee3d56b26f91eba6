import * as vscode from 'vscode';
import type { LabResource } from '../../core/lab/labResources.js';
import type { JobInTheWay, LabSurvey } from '../../core/lab/labSurvey.js';
import type { LedgerEntry } from '../../core/lab/ledgerEntries.js';
import { nameOf } from '../../core/lab/namedResources.js';
import { askText, type Choice, confirm, pickOne } from '../support/prompts.js';
import { describe, groupText, history, placeText, plainLabel, type Shared } from './labResourceText.js';

interface Row extends vscode.QuickPickItem {
  /** None for what is not recorded, and named next. */
  readonly resource?: LabResource;
}

export interface Chosen {
  readonly resources: readonly LabResource[];
  readonly wantsMore: boolean;
}

/** The dry run: all that would go, in the order in which it would. `undefined` where the user changed their mind. */
export async function chooseResources(
  { entries }: Pick<LabSurvey, 'entries'>,
  shared: Shared,
): Promise<Chosen | undefined> {
  const more: Row = {
    label: `$(edit) ${vscode.l10n.t('Something else, by its name…')}`,
    description: vscode.l10n.t('what the extension did not make'),
  };
  const picked = await vscode.window.showQuickPick([...groupedRows(entries, shared), separator(), more], {
    title: vscode.l10n.t('Delete Lab Resources: what would be deleted, in this order ({0})', placeText(shared.place)),
    placeHolder: vscode.l10n.t('Nothing is deleted before you confirm. Uncheck what shall stay.'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return (
    picked && {
      resources: picked.flatMap(({ resource }) => resource ?? []),
      wantsMore: picked.some(({ resource }) => resource === undefined),
    }
  );
}

function groupedRows(entries: readonly LedgerEntry[], shared: Shared): readonly Row[] {
  return entries.flatMap((entry, index) => {
    const { kind } = entry.resource;
    const isFirst = entries[index - 1]?.resource.kind !== kind;
    const row: Row = {
      ...describe(entry.resource),
      detail: history(entry, shared),
      picked: true,
      resource: entry.resource,
    };
    return isFirst ? [separator(groupText(kind)), row] : [row];
  });
}

function separator(label = ''): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** What is not in the ledger goes only under its name, typed by whoever wants it gone. */
export async function askForName(named: readonly LabResource[]): Promise<LabResource | undefined> {
  const title = vscode.l10n.t('Delete Something Else');
  const name = await askText({
    title,
    prompt: vscode.l10n.t(
      'Type the whole name of a bucket, private team, execution role or workforce, or the id of the user pool. The extension did not make it, as far as it knows.',
    ),
    validate: (text) =>
      named.some((resource) => nameOf(resource) === text)
        ? undefined
        : vscode.l10n.t('Nothing here that can be deleted has just this name.'),
  });
  const choices = named
    .filter((resource) => name !== undefined && nameOf(resource) === name)
    .map((resource) => choiceOf(resource));
  const [only, ...others] = choices;
  return others.length === 0 ? only?.value : pickOne(title, vscode.l10n.t('Several things have this name'), choices);
}

function choiceOf(resource: LabResource): Choice<LabResource> {
  return { ...describe(resource), value: resource };
}

export type JobsAnswer = { readonly kind: 'goOn'; readonly stop: readonly string[] } | { readonly kind: 'giveUp' };

/** A labeling job that goes on would fail: its owner is asked. One that is not recorded is stopped by its typed name. */
export async function askAboutJobs(
  jobs: readonly JobInTheWay[],
  isRecorded: (job: string) => boolean,
): Promise<JobsAnswer> {
  if (jobs.length === 0) {
    return { kind: 'goOn', stop: [] };
  }
  const [stopFirst, anyway] = [vscode.l10n.t('Stop Jobs First'), vscode.l10n.t('Delete Anyway')];
  const message =
    jobs.length === 1
      ? vscode.l10n.t('A labeling job is running that needs what you delete. Stop it first?')
      : vscode.l10n.t('{0} labeling jobs are running that need what you delete. Stop them first?', jobs.length);
  const lines = jobs.map(({ name, uses }) =>
    vscode.l10n.t('"{0}" uses {1}', name, uses.map((resource) => `"${plainLabel(resource)}"`).join(', ')),
  );
  const note = vscode.l10n.t('A stopped job keeps the labels that it has, and cannot be started again.');
  const detail = [...lines.slice(0, 10), ...(lines.length > 10 ? ['…'] : []), '', note].join('\n');
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, stopFirst, anyway);
  if (chosen === anyway) {
    return { kind: 'goOn', stop: [] };
  }
  if (chosen !== stopFirst) {
    return { kind: 'giveUp' };
  }
  for (const { name } of jobs.filter((job) => !isRecorded(job.name))) {
    if (!(await typesName(name))) {
      return { kind: 'giveUp' };
    }
  }
  return { kind: 'goOn', stop: jobs.map(({ name }) => name) };
}

async function typesName(job: string): Promise<boolean> {
  const typed = await askText({
    title: vscode.l10n.t('Stop Labeling Job "{0}"', job),
    prompt: vscode.l10n.t('The extension did not create this job, as far as it knows. Type its name to stop it.'),
    validate: (text) => (text === job ? undefined : vscode.l10n.t('The name is "{0}".', job)),
  });
  return typed === job;
}

export function isSure(chosen: readonly LabResource[]): Promise<boolean> {
  const jobs = chosen.filter(({ kind }) => kind === 'labelingJob').length;
  return confirm(
    questionText(chosen.length - jobs, jobs),
    [
      ...chosen.slice(0, 10).map((resource) => `${describe(resource).description}: ${plainLabel(resource)}`),
      ...(chosen.length > 10 ? ['…'] : []),
      '',
      vscode.l10n.t('Buckets are deleted with all that is in them. This cannot be undone.'),
    ].join('\n'),
    jobs === chosen.length ? vscode.l10n.t('Stop') : vscode.l10n.t('Delete'),
  );
}

function questionText(resources: number, jobs: number): string {
  if (resources === 0) {
    return jobs === 1 ? vscode.l10n.t('Stop this labeling job?') : vscode.l10n.t('Stop these {0} labeling jobs?', jobs);
  }
  if (jobs > 0) {
    return vscode.l10n.t('Delete these resources ({0}), and stop labeling jobs ({1})?', resources, jobs);
  }
  return resources === 1
    ? vscode.l10n.t('Delete this resource?')
    : vscode.l10n.t('Delete these {0} resources?', resources);
}
