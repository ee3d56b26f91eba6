import * as vscode from 'vscode';
import { type JobLanguage, jobAsCode } from '../../core/jobs/jobAsCode.js';
import { type Choice, pickOne, tell } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import type { LabelingJobNode } from '../views/nodes.js';
import type { Deps } from './deps.js';
import { askForJob, jobOf } from './jobQuestion.js';

/** Writes what makes the same labeling job again, copies it, and shows it. */
export function copyLabelingJob(deps: Deps) {
  return async (node?: LabelingJobNode): Promise<void> => {
    const title = vscode.l10n.t('Copy Labeling Job as Code');
    const none = vscode.l10n.t('There is no labeling job to copy. Create one first.');
    const job = jobOf(node) ?? (await askForJob(deps, { title, isWanted: () => true, none }));
    const language = job && (await pickOne(title, vscode.l10n.t('What makes the same job again'), languages()));
    if (!job || !language) {
      return;
    }
    const request = await withServices(
      vscode.l10n.t('Reading labeling job "{0}"', job.name),
      deps.connection,
      ({ labelingJobs }, signal) => labelingJobs.requestOf(job.name, signal),
    );
    const [, , , region = 'us-east-1'] = job.arn.split(':');
    const content = jobAsCode({ region, request }, language);
    await vscode.env.clipboard.writeText(content);
    const document = await vscode.workspace.openTextDocument({ language: languageIds[language], content });
    await vscode.window.showTextDocument(document, { preview: true });
    tell(vscode.l10n.t('Copied. Give the job another name before you run it: each has its own.'));
  };
}

function languages(): readonly Choice<JobLanguage>[] {
  return [
    { value: 'awsCli', label: 'AWS CLI', description: vscode.l10n.t('for a shell') },
    { value: 'boto3', label: 'boto3', description: vscode.l10n.t('for Python') },
    { value: 'terraform', label: 'Terraform', description: 'aws_sagemaker_labeling_job' },
  ];
}

const languageIds: Readonly<Record<JobLanguage, string>> = {
  awsCli: 'shellscript',
  boto3: 'python',
  terraform: 'terraform',
};
