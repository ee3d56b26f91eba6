import * as vscode from 'vscode';
import { tell } from '../support/prompts.js';
import type { Deps } from './deps.js';

export function showLabelingEvents({ connection, labelingEvents }: Deps) {
  return async (): Promise<void> => {
    if (connection.kind === 'aws') {
      tell(
        vscode.l10n.t(
          'AWS sends the events of labeling jobs to EventBridge, and what workers do to the log group "{0}" of CloudWatch. Look there.',
          '/aws/sagemaker/groundtruth/WorkerActivity',
        ),
      );
      return;
    }
    await labelingEvents.show();
  };
}
