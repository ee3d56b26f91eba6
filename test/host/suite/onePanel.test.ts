import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { OnePanel } from '../../../src/host/support/onePanel.js';

const viewType = 'groundTruth.onePanelTest';

describe('a page of which there is one at a time', () => {
  it('takes the place of its tab from before a reload that nobody has looked at yet', async () => {
    const extension = vscode.extensions.getExtension('ground-truth-lab.ground-truth-lab');
    assert.ok(extension);
    const tab = vscode.window.createWebviewPanel(viewType, 'Form', vscode.ViewColumn.Active);
    await until(() => formTabs().length === 1);
    const panel = new OnePanel({
      extension: extension.extensionUri,
      viewType,
      page: 'jobSetup',
      title: 'Form again',
      handlers: () => ({}),
    });
    try {
      panel.show();
      await until(() => formTabs().join() === 'Form again');
    } finally {
      panel.dispose();
      tab.dispose();
    }
  });
});

function formTabs(): readonly string[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType))
    .map(({ label }) => label);
}

/** Resolves when the tabs are as they should be; the test's own time limit ends the wait. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise<void>((resolve) => {
      const listening = vscode.window.tabGroups.onDidChangeTabs(() => {
        listening.dispose();
        resolve();
      });
    });
  }
}
