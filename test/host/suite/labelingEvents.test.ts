import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { connectToLocalServer } from './connectedServer.js';

describe('Show Labeling Events', () => {
  it('shows what is in the file, and what comes', async () => {
    const services = await connectToLocalServer(); // So that there is a data folder.
    services.dispose();
    await vscode.commands.executeCommand('groundTruth.showLabelingEvents');
    const header = await shownText((text) => text.includes('labeling-events.jsonl'));
    const file = /from the file "(?<file>.*)":/u.exec(header)?.groups?.['file'];
    assert.ok(file);
    const line = '{"detail":{"LabelingJobStatus":"Completed"}}';
    await appendFile(file, `${line}\n`);
    assert.ok((await shownText((text) => text.includes(line))).endsWith(`${line}\n`));
  });
});

/** The text of an output channel as soon as it is so. */
async function shownText(isSo: (text: string) => boolean): Promise<string> {
  const find = (): string | undefined =>
    vscode.workspace.textDocuments
      .filter(({ uri }) => uri.scheme === 'output')
      .map((document) => document.getText())
      .find(isSo);
  return new Promise((resolve) => {
    const look = (): void => {
      const text = find();
      if (text !== undefined) {
        listeners.forEach((listener) => void listener.dispose());
        resolve(text);
      }
    };
    const listeners = [vscode.workspace.onDidOpenTextDocument(look), vscode.workspace.onDidChangeTextDocument(look)];
    look();
  });
}
