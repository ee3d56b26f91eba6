import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Step {
  readonly id: string;
  readonly description: string;
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly contributes: {
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
  };
}

describe('the walkthrough', () => {
  let steps: readonly Step[];
  let commands: ReadonlySet<string>;

  before(async () => {
    const extension = vscode.extensions.getExtension('ground-truth-lab.ground-truth-lab');
    assert.ok(extension);
    await extension.activate();
    const { contributes } = extension.packageJSON as Manifest;
    steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    commands = new Set(await vscode.commands.getCommands());
  });

  it('has a button in each step, for a command that is there', () => {
    for (const { id, description } of steps) {
      const links = [...description.matchAll(/\(command:([^)]+)\)/gu)].map(([, command = '']) => command);
      assert.notDeepEqual(links, [], id);
      assert.deepEqual(
        links.filter((command) => !commands.has(command)),
        [],
        id,
      );
    }
  });

  it('waits for no command that is not there', () => {
    const awaited = steps.flatMap(({ completionEvents }) =>
      completionEvents.flatMap((event) =>
        [...event.matchAll(/(groundTruth\.\w+)\.ran/gu)].map(([, command]) => command),
      ),
    );
    assert.deepEqual(
      awaited.filter((command) => !commands.has(command ?? '')),
      [],
    );
  });
});
