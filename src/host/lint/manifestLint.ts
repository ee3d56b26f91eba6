import * as vscode from 'vscode';
import type { ManifestLints } from '../../core/manifest/lint/manifestLints.js';
import type { LintReport } from '../../core/manifest/lint/lintReport.js';
import type { ObjectStore } from '../../core/ports.js';
import { objectScheme } from '../../core/objectUri.js';
import { watchManifest } from '../editors/manifestContent.js';
import { FixAction, fixActions, type LintedText } from './codeActions.js';
import { diagnosticsOf, type Explained, type ShownFinding, shownFindings } from './diagnostics.js';
import { FollowedDocument } from './followedDocument.js';
import { isManifest } from './manifestLanguage.js';

export interface ManifestLintDeps {
  readonly lints: ManifestLints;
  readonly store: () => Promise<ObjectStore>;
  readonly explained: Explained;
  readonly log: (error: unknown) => void;
}

/** What is wrong with manifests, told as VS Code tells it: of those that are open as text, and of those that are checked. */
export class ManifestLint implements vscode.CodeActionProvider, vscode.Disposable {
  readonly lints: ManifestLints;
  readonly store: () => Promise<ObjectStore>;
  readonly #explained: Explained;
  readonly #log: (error: unknown) => void;
  readonly #problems = vscode.languages.createDiagnosticCollection('groundTruth');
  readonly #followed = new Map<vscode.TextDocument, FollowedDocument>();
  readonly #shown = new Map<string, readonly ShownFinding[]>();
  /** Of files that were checked and are not open. */
  readonly #watching = new Map<string, vscode.Disposable>();
  readonly #listening: vscode.Disposable;

  constructor({ lints, store, explained, log }: ManifestLintDeps) {
    this.lints = lints;
    this.store = store;
    this.#explained = explained;
    this.#log = log;
    this.#listening = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        this.#followed.get(document)?.changed(contentChanges);
        this.follow(document); // It may only now have become a manifest.
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
    );
  }

  /** From now on, where the document is a manifest. One that was is still one when its first brace is deleted. */
  follow(document: vscode.TextDocument): void {
    if (this.#followed.has(document) || document.isClosed || !isManifest(document)) {
      return;
    }
    const { uri } = document;
    const followed = new FollowedDocument(document, {
      open: () => this.lints.openDocument(),
      onReport: (report) => this.show(uri, report),
      onError: this.#log,
    });
    this.#followed.set(document, followed);
  }

  /** Of what is open as text, also where it is not saved; `undefined` where it is not. */
  async reportOf(uri: vscode.Uri): Promise<LintReport | undefined> {
    return this.#openAt(uri)?.report();
  }

  show(uri: vscode.Uri, report: LintReport): void {
    const shown = shownFindings(uri, report, this.#explained);
    this.#shown.set(uri.toString(), shown);
    this.#problems.set(uri, diagnosticsOf(report, shown));
  }

  /** Of what is not open as text: it is no longer so when the file is written anew. S3 tells nobody of that. */
  showChecked(uri: vscode.Uri, report: LintReport): void {
    this.show(uri, report);
    const key = uri.toString();
    if (uri.scheme !== objectScheme && !this.#watching.has(key)) {
      const onChange = () => {
        if (!this.#openAt(uri)) {
          this.clear(uri);
        }
      };
      this.#watching.set(key, watchManifest(uri, this.store, { isVisible: () => true, onChange }));
    }
  }

  /** What was told of it is no longer so. */
  clear(uri: vscode.Uri): void {
    this.#watching.get(uri.toString())?.dispose();
    this.#watching.delete(uri.toString());
    this.#shown.delete(uri.toString());
    this.#problems.delete(uri);
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { only }: vscode.CodeActionContext,
  ): Promise<FixAction[]> {
    this.follow(document);
    const followed = this.#followed.get(document);
    const report = await followed?.report();
    if (!followed || !report || followed.isEdited) {
      return []; // Its places may be others by now; VS Code asks again when the problems are told anew.
    }
    const shown = this.#shown.get(document.uri.toString()) ?? [];
    const text: LintedText = { report, shown, fix: (kinds) => followed.fix(kinds) };
    return [...fixActions(document, { range, only }, text)];
  }

  async resolveCodeAction(action: vscode.CodeAction): Promise<vscode.CodeAction> {
    if (action instanceof FixAction && action.makeEdit) {
      action.edit = await action.makeEdit();
    }
    return action;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#problems.dispose();
    this.#watching.forEach((watching) => watching.dispose());
    this.#followed.forEach((followed) => followed.dispose());
    this.#followed.clear();
  }

  #openAt(uri: vscode.Uri): FollowedDocument | undefined {
    for (const [document, followed] of this.#followed) {
      if (document.uri.toString() === uri.toString()) {
        return followed;
      }
    }
    return undefined;
  }

  #forget(document: vscode.TextDocument): void {
    const followed = this.#followed.get(document);
    if (followed) {
      followed.dispose();
      this.#followed.delete(document);
      this.clear(document.uri);
    }
  }
}
