import * as vscode from 'vscode';
import { storageEndpoint } from '../../core/storage.js';
import { withProgress } from '../support/progress.js';
import { type NextStep, tell } from '../support/prompts.js';
import type { Deps } from './deps.js';

export function copyCliSetup({ connection }: Deps) {
  return async (): Promise<void> => {
    const title = vscode.l10n.t('Looking for the connection');
    const target = await withProgress(title, (signal) => connection.target(signal)); // The server may have to start.
    if (target.kind === 'aws') {
      await vscode.env.clipboard.writeText(
        [
          // The environment's credentials are there already, in whatever has this environment.
          ...(target.profile === undefined ? [] : [`export AWS_PROFILE='${target.profile}'`]),
          `export AWS_REGION='${target.region}'`,
          '',
        ].join('\n'),
      );
      tell(
        vscode.l10n.t('Copied. Paste it into a terminal, and the AWS CLI works with the same account and region.'),
        openTerminal(),
      );
      return;
    }
    const { storage } = target;
    const { accessKeyId, secretAccessKey, region, endpoint } = target.server;
    const lines = [
      `export AWS_ACCESS_KEY_ID='${accessKeyId}'`,
      `export AWS_SECRET_ACCESS_KEY='${secretAccessKey}'`,
      ...(storage
        ? [
            `export AWS_SESSION_TOKEN='${storage.session}' # Jobs use the buckets at ${storageEndpoint(storage.storage)}, which has keys of its own.`,
          ]
        : []),
      `export AWS_DEFAULT_REGION='${region}'`,
      `export AWS_ENDPOINT_URL='${endpoint}'`,
      `alias aws="aws --endpoint-url '${endpoint}'" # Older versions of the CLI do not read AWS_ENDPOINT_URL.`,
      '',
    ];
    await vscode.env.clipboard.writeText(lines.join('\n'));
    tell(
      vscode.l10n.t('Copied. Paste it into a terminal, and "aws" works with Local Ground Truth there.'),
      openTerminal(),
    );
  };
}

function openTerminal(): NextStep {
  return {
    title: vscode.l10n.t('Open Terminal'),
    run: () => vscode.commands.executeCommand('workbench.action.terminal.new'),
  };
}
