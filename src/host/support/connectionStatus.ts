import * as vscode from 'vscode';
import type { SwitchableConnection } from './switchableConnection.js';

/** Names the connection in the status bar; a click chooses another. */
export function showConnection(connection: SwitchableConnection): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('groundTruth.connection', vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t('Ground Truth Connection');
  item.command = 'groundTruth.chooseConnection';
  const draw = () => {
    const { choice } = connection;
    switch (choice.kind) {
      case 'local':
        item.text = `$(tag) ${vscode.l10n.t('Ground Truth: Local')}`;
        item.tooltip = vscode.l10n.t('Connected to Local Ground Truth, on this machine alone. Click to choose AWS.');
        return;
      case 'aws':
        item.text = `$(tag) ${vscode.l10n.t('Ground Truth: {0} · {1}', choice.profile, choice.region)}`;
        item.tooltip = vscode.l10n.t(
          'Connected to AWS with the profile "{0}" in {1}. Click to choose another connection.',
          choice.profile,
          choice.region,
        );
        return;
    }
  };
  draw();
  item.show();
  return vscode.Disposable.from(item, connection.onDidChange(draw));
}
