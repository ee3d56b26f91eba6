import * as vscode from 'vscode';
import type { Notifier } from '../support/notifier.js';
import type { LintCommands } from './lintCommands.js';
import type { ManifestLint } from './manifestLint.js';
import { isManifest, isXml, manifestLanguage } from './manifestLanguage.js';

export interface LoadedLint {
  readonly lint: ManifestLint;
  readonly commands: LintCommands;
}

/** What finds problems of manifests is loaded with the first one that is open as text, or that is checked. */
export function registerManifestLint(load: () => Promise<LoadedLint>, notifier: Notifier): vscode.Disposable {
  const look = notifier.reporting(async (document: vscode.TextDocument) => {
    if (isXml(document)) {
      await vscode.languages.setTextDocumentLanguage(document, 'xml');
    } else if (isManifest(document)) {
      (await load()).lint.follow(document);
    }
  });
  vscode.workspace.textDocuments.forEach((document) => void look(document));
  const kinds = [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.SourceFixAll.append('groundTruth')];
  const fixes: vscode.CodeActionProvider = {
    provideCodeActions: async (document, range, context) =>
      isManifest(document) ? (await load()).lint.provideCodeActions(document, range, context) : [],
    resolveCodeAction: async (action) => (await load()).lint.resolveCodeAction(action),
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => void look(document)),
    // An untitled one becomes a manifest while it is typed.
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.isUntitled) {
        void look(document);
      }
    }),
    vscode.languages.registerCodeActionsProvider({ language: manifestLanguage }, fixes, {
      providedCodeActionKinds: kinds,
    }),
  );
}
