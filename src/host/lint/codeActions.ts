import * as vscode from 'vscode';
import type { TextEdit } from '../../core/manifest/lint/lintFinding.js';
import { fixableIn, type LintKind, type LintReport } from '../../core/manifest/lint/lintReport.js';
import { commandLink } from '../commands/signatures.js';
import { editorRange, type ShownFinding } from './diagnostics.js';
import { fixText } from './fixText.js';

/** What is known of the text of an editor. */
export interface LintedText {
  readonly report: LintReport;
  readonly shown: readonly ShownFinding[];
  fix(kinds: readonly LintKind[] | undefined): Promise<readonly TextEdit[]>;
}

/** Its edit may be made when it is chosen: that of all problems of a kind may be large. */
export class FixAction extends vscode.CodeAction {
  readonly makeEdit: (() => Promise<vscode.WorkspaceEdit>) | undefined;

  constructor(title: string, kind: vscode.CodeActionKind, makeEdit?: () => Promise<vscode.WorkspaceEdit>) {
    super(title, kind);
    this.makeEdit = makeEdit;
  }
}

export function fixActions(
  document: vscode.TextDocument,
  { range, only }: { readonly range: vscode.Range; readonly only: vscode.CodeActionKind | undefined },
  text: LintedText,
): readonly FixAction[] {
  const wants = (kind: vscode.CodeActionKind) => only === undefined || only.contains(kind);
  if (vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false) {
    return wants(vscode.CodeActionKind.QuickFix) && fixableIn(text.report) > 0
      ? copyActions(document, range, text)
      : [];
  }
  return [
    ...(wants(vscode.CodeActionKind.QuickFix) ? quickFixes(document, range, text) : []),
    ...(wants(fixAllKind) && fixableIn(text.report) > 0 ? [fixAllAction(document, text)] : []),
  ];
}

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('groundTruth');

function quickFixes(document: vscode.TextDocument, range: vscode.Range, text: LintedText): readonly FixAction[] {
  const here = fixableAt(range, text);
  const kinds = new Set(here.map(({ finding }) => finding.problem.kind));
  const several = text.report.counts.filter(({ kind, fixable }) => kinds.has(kind) && fixable > 1);
  return [
    ...here.flatMap((shown) => oneFix(document, shown) ?? []),
    ...several.map(({ kind, fixable }) => {
      const title = `${fixText(kind)?.all ?? ''} (${fixable.toLocaleString('en')})`;
      const makeEdit = async () => edit(document, await text.fix([kind]));
      const action = new FixAction(title, vscode.CodeActionKind.QuickFix, makeEdit);
      const ofKind = here.filter(({ finding }) => finding.problem.kind === kind);
      action.diagnostics = ofKind.map(({ diagnostic }) => diagnostic);
      return action;
    }),
  ];
}

function fixableAt(range: vscode.Range, { shown }: LintedText): readonly ShownFinding[] {
  return shown.filter(({ finding, diagnostic }) => finding.fix && diagnostic.range.intersection(range));
}

function oneFix(document: vscode.TextDocument, { finding, diagnostic }: ShownFinding): FixAction | undefined {
  const { fix, problem } = finding;
  const title = fixText(problem.kind)?.one;
  if (!fix || title === undefined) {
    return undefined;
  }
  const action = new FixAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = true;
  switch (fix.kind) {
    case 'edit':
      action.edit = edit(document, fix.edits);
      break;
    case 'useLineFeeds':
      action.edit = edit(document, [], [lineFeeds()]);
      break;
    case 'removeByteOrderMark':
      action.command = commandLink('groundTruth.removeByteOrderMark', title, document.uri);
  }
  return action;
}

function fixAllAction(document: vscode.TextDocument, text: LintedText): FixAction {
  const hasReturns = text.report.counts.some(({ kind }) => kind === 'carriageReturns');
  return new FixAction(vscode.l10n.t('Fix all that Ground Truth Lab can fix'), fixAllKind, async () =>
    edit(document, await text.fix(undefined), hasReturns ? [lineFeeds()] : []),
  );
}

/** Objects in buckets are read only. */
function copyActions({ uri }: vscode.TextDocument, range: vscode.Range, text: LintedText): readonly FixAction[] {
  const here = fixableAt(range, text);
  if (here.length === 0) {
    return [];
  }
  const title = vscode.l10n.t('Save Fixed Copy As…');
  const action = new FixAction(title, vscode.CodeActionKind.QuickFix);
  action.command = commandLink('groundTruth.saveFixedManifest', title, uri);
  action.diagnostics = here.map(({ diagnostic }) => diagnostic);
  return [action];
}

function edit(
  { uri }: vscode.TextDocument,
  edits: readonly TextEdit[],
  others: readonly vscode.TextEdit[] = [],
): vscode.WorkspaceEdit {
  const whole = new vscode.WorkspaceEdit();
  const replaced = edits.map(({ range, text }) => vscode.TextEdit.replace(editorRange(range), text));
  whole.set(uri, [...replaced, ...others]);
  return whole;
}

function lineFeeds(): vscode.TextEdit {
  return vscode.TextEdit.setEndOfLine(vscode.EndOfLine.LF);
}
