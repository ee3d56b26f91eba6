import * as vscode from 'vscode';
import { nextStep, tell } from '../support/prompts.js';
import type { Deps } from './deps.js';

/** To AWS; Local Ground Truth has nothing to sign in to. */
export function signIn({ connection }: Deps) {
  return async (): Promise<void> => {
    const { choice } = connection;
    if (choice.kind === 'local') {
      tell(
        vscode.l10n.t('Local Ground Truth needs no sign-in.'),
        nextStep(vscode.l10n.t('Choose Connection…'), 'groundTruth.chooseConnection'),
      );
      return;
    }
    if (await connection.signIn(new AbortController().signal)) {
      tell(vscode.l10n.t('Signed in to AWS in {0}.', choice.region));
    }
  };
}
