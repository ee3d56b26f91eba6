import * as vscode from 'vscode';
import type { Deps } from './host/commands/deps.js';
import { explainedIn } from './host/lint/explained.js';
import { lintCommands } from './host/lint/lintCommands.js';
import { ManifestLint } from './host/lint/manifestLint.js';
import type { LoadedLint } from './host/lint/registerManifestLint.js';
import { labLedger } from './labLedger.js';
import { LintThreads } from './node/lintThread.js';
import { createFile } from './node/newFile.js';
import { startBySize } from './node/workerBySize.js';

/** The composition root of what tells what is wrong with manifests. */
export function createManifestLint(
  context: vscode.ExtensionContext,
  { connection, log }: Pick<Deps, 'connection' | 'log'>,
): LoadedLint {
  const lint = new ManifestLint({
    lints: new LintThreads(context.asAbsolutePath('dist/node/lintWorker.js'), startBySize),
    store: async () => (await connection.services()).objects,
    explained: explainedIn(vscode.Uri.joinPath(context.extensionUri, 'media', 'manifestProblems.md')),
    log: (error) => log.error(error instanceof Error ? error : String(error)),
  });
  context.subscriptions.push(lint);
  return { lint, commands: lintCommands({ lint, createFile, ledger: labLedger(context, connection) }) };
}
