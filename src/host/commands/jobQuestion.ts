import * as vscode from 'vscode';
import type { LabelingJob } from '../../core/ports.js';
import { type Choice, nextStep, pickOne, tell } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import { statusText, totalObjects } from '../views/labelingJobItems.js';
import type { LabelingJobNode } from '../views/nodes.js';
import type { Deps } from './deps.js';

export interface JobQuestion {
  readonly title: string;
  readonly isWanted: (job: LabelingJob) => boolean;
  /** Where there are jobs, but none that is wanted. */
  readonly none: string;
}

/** The job whose row, or whose file's row, it is. */
export function jobOf(node: LabelingJobNode | undefined): LabelingJob | undefined {
  return node === undefined || node.kind === 'problem' || node.kind === 'more' ? undefined : node.job;
}

/** `undefined` where the user chose none, or there is none to choose, which is told. */
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
