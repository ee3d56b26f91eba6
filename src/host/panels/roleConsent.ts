import * as vscode from 'vscode';
import { executionRoleText } from '../../core/lab/executionRole.js';
import { confirm } from '../support/prompts.js';

const scheme = 'groundtruth-role';

/** Asks before a role is created on AWS, beside the policies that it will have: a document that nobody can edit. */
export async function consentToRole(buckets: readonly string[]): Promise<boolean> {
  const uri = vscode.Uri.from({ scheme, path: `/${vscode.l10n.t('New execution role')}.json` });
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: () => executionRoleText(buckets),
  });
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const viewColumn = vscode.ViewColumn.Beside;
    await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true, viewColumn });
    return await confirm(
      vscode.l10n.t('Create this role in your AWS account?'),
      vscode.l10n.t(
        'SageMaker may act as it, and it may list, read and write {0}, and write logs and metrics. Its trust policy and its permissions are in the editor. Nothing is created before you say so.',
        buckets.map((bucket) => `"${bucket}"`).join(', '),
      ),
      vscode.l10n.t('Create Role'),
    );
  } finally {
    await closeTabs();
    registration.dispose();
  }
}

/** It can be read as long as it is asked about; IAM shows what has become of it. */
async function closeTabs(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all);
  const own = tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === scheme);
  await vscode.window.tabGroups.close(own);
}
