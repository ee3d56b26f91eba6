import * as vscode from 'vscode';
import { type Choice, type NextStep, pickOne } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import type { Deps } from './deps.js';
import { labSteps } from './nextLabStep.js';

/** Where the lab goes on: a message that offered it may be gone. */
export function showNextStep({ connection }: Deps) {
  return async (): Promise<void> => {
    const title = vscode.l10n.t('Looking where the lab is');
    const { next, all } = await withServices(title, connection, labSteps);
    const others = all.filter((step) => step.title !== next.title);
    const choices: readonly Choice<NextStep>[] = [
      { label: `$(arrow-right) ${next.title}`, description: vscode.l10n.t('next'), value: next },
      ...others.map((step) => ({ label: `$(blank) ${step.title}`, value: step })),
    ];
    const step = await pickOne(vscode.l10n.t('Next Step'), vscode.l10n.t('Where the lab goes on'), choices);
    await step?.run();
  };
}
