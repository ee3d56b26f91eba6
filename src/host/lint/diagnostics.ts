import * as vscode from 'vscode';
import type { LintFinding, LintSeverity, TextRange } from '../../core/manifest/lint/lintFinding.js';
import { foundIn, type LintKind, type LintReport } from '../../core/manifest/lint/lintReport.js';
import { findingText } from './findingText.js';

const diagnosticSource = 'Ground Truth';

/** VS Code shows a thousand of a file; the last one here says how many more there are. */
export const mostShown = 999;

export interface ShownFinding {
  readonly finding: LintFinding;
  readonly diagnostic: vscode.Diagnostic;
}

/** Where a kind of problem is explained. */
export type Explained = (kind: LintKind) => vscode.Uri;

export function shownFindings(uri: vscode.Uri, report: LintReport, explained: Explained): readonly ShownFinding[] {
  return report.findings.map((finding) => ({ finding, diagnostic: diagnosticOf(uri, finding, explained) }));
}

/** With one more that says what is not shown, where there is more. */
export function diagnosticsOf(report: LintReport, shown: readonly ShownFinding[]): vscode.Diagnostic[] {
  const diagnostics = shown.map(({ diagnostic }) => diagnostic);
  const more = foundIn(report) - shown.length;
  const last = diagnostics.at(-1);
  return more > 0 && last ? [...diagnostics, moreThanShown(more, last.range.start.line)] : diagnostics;
}

function diagnosticOf(
  uri: vscode.Uri,
  { problem, range, severity }: LintFinding,
  explained: Explained,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(editorRange(range), findingText(problem), severities[severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: problem.kind, target: explained(problem.kind) };
  if (problem.kind === 'duplicateSource') {
    const first = new vscode.Location(uri, new vscode.Position(problem.firstLine, 0));
    diagnostic.relatedInformation = [
      new vscode.DiagnosticRelatedInformation(first, vscode.l10n.t('The object is here first')),
    ];
  }
  return diagnostic;
}

function moreThanShown(more: number, line: number): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(line, 0, line, 0),
    vscode.l10n.t(
      '{0} more problems are not shown. Run "Ground Truth: Check Manifest", and choose "List All" to see them.',
      more.toLocaleString('en'),
    ),
    vscode.DiagnosticSeverity.Information,
  );
  diagnostic.source = diagnosticSource;
  return diagnostic;
}

export function editorRange({ startLine, startColumn, endLine, endColumn }: TextRange): vscode.Range {
  return new vscode.Range(startLine, startColumn, endLine, endColumn);
}

const severities: Readonly<Record<LintSeverity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};
