import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

const extension = vscode.extensions.getExtension('ground-truth-lab.ground-truth-lab');

describe('the extension', () => {
  it('activates', async () => {
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });

  it('answers to every command that it contributes', async () => {
    assert.ok(extension);
    const { contributes } = extension.packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands());
    const unanswered = contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(unanswered, []);
  });
});
