import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { labTags } from './core/lab/labTags.js';
import { tellUntagged } from './host/commands/tellUntagged.js';
import type { Connection } from './host/support/connection.js';
import { Ledger } from './host/support/ledger.js';
import { LedgerFiles } from './node/ledgerFiles.js';

/** The ledger, for each bundle that writes into it: all of them, in all windows, share its files. */
export function labLedger(
  { globalState, globalStorageUri, workspaceState }: vscode.ExtensionContext,
  connection: Connection,
): Ledger {
  const journal = new LedgerFiles(vscode.Uri.joinPath(globalStorageUri, 'ledger').fsPath);
  return new Ledger(
    connection,
    { journal, earlier: globalState },
    { tags: labTags(workspaceId(workspaceState)), onUntagged: tellUntagged },
  );
}

/** Says nothing of the workspace but that it is the same one. */
function workspaceId(memory: vscode.Memento): string {
  const kept = memory.get<string>('ledger.workspace');
  const id = kept ?? randomUUID();
  if (kept === undefined) {
    void memory.update('ledger.workspace', id);
  }
  return id;
}
