import * as vscode from 'vscode';
import { executionRoleText } from '../../core/lab/executionRole.js';
import { partitionOf } from '../../core/regions.js';
import type { ShownQuestions } from '../support/shownQuestions.js';

/** Asks before a role is created on AWS, beside the policies that it will have: a document that nobody can edit. */
export async function consentToRole(
  questions: Pick<ShownQuestions, 'besideText'>,
  { buckets, region }: { readonly buckets: readonly string[]; readonly region: string },
  signal: AbortSignal,
): Promise<boolean> {
  const text = executionRoleText(buckets, partitionOf(region));
  const shown = { fileName: `${vscode.l10n.t('New execution role')}.json`, text };
  const message = vscode.l10n.t(
    'Create this role in your AWS account? SageMaker may act as it, and it may list, read and write {0}, and write logs and metrics. Its trust policy and its permissions are in the editor. Nothing is created before you say so.',
    buckets.map((bucket) => `"${bucket}"`).join(', '),
  );
  return questions.besideText(shown, { message, action: vscode.l10n.t('Create Role') }, signal);
}
