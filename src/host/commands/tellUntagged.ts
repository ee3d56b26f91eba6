import * as vscode from 'vscode';
import { nextStep, tell } from '../support/prompts.js';

/** What is made without its tags is made all the same, and is in the ledger: `action` is the permission it takes. */
export function tellUntagged(action: string): void {
  tell(
    vscode.l10n.t(
      'AWS does not allow you {0}, so that what you make goes without tags. It works all the same, and is deleted with the lab; ask for that permission if costs are counted by tags.',
      action,
    ),
    nextStep(vscode.l10n.t('Show Lab Resources'), 'groundTruth.showLabResources'),
  );
}
