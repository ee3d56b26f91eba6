import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const extensionId = 'ground-truth-lab.ground-truth-lab';

describe('the extension', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });
});
