const vscode = require('vscode');

/** The first time that the workspace is opened; after that its windows and tabs are as they were left. */
async function activate(/** @type {import('vscode').ExtensionContext} */ context) {
  if (context.workspaceState.get('hasOpened') !== true) {
    await context.workspaceState.update('hasOpened', true);
    await vscode.commands.executeCommand('workbench.view.extension.groundTruth');
    await vscode.commands.executeCommand('groundTruth.openWalkthrough');
  }
}

module.exports = { activate };
