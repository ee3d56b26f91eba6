import * as vscode from 'vscode';
import { inOrder } from '../../core/lab/ledgerEntries.js';
import { withProgress } from '../support/progress.js';
import { nextStep, tell } from '../support/prompts.js';
import type { Deps } from './deps.js';
import { describe, history, placeText, plainLabel, tagText } from './labResourceText.js';

/** The ledger of the account and region, to be read. */
export function showLabResources(deps: Deps) {
  return async (): Promise<void> => {
    const title = vscode.l10n.t('Looking for lab resources');
    const { record } = await withProgress(title, (signal) => deps.ledger.open(signal));
    const entries = record.entries();
    if (entries.length === 0) {
      tell(
        vscode.l10n.t('The extension has made nothing in this account and region.'),
        nextStep(vscode.l10n.t('Create Bucket…'), 'groundTruth.createBucket'),
      );
      return;
    }
    const content = [
      `# ${vscode.l10n.t('What the extension made: {0}', placeText(record.place))}`,
      '',
      vscode.l10n.t('In the order in which "Delete Lab Resources…" deletes it.'),
      ...(entries.some(({ tags }) => tags) ? ['', vscode.l10n.t('"Tagged" is: {0}', tagText(record.tags))] : []),
      '',
      ...inOrder(entries).flatMap((entry) => [
        `- **${plainLabel(entry.resource)}** (${describe(entry.resource).description})`,
        `  ${history(entry, record)}`,
      ]),
      '',
    ].join('\n');
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document, { preview: true });
  };
}
