import * as vscode from 'vscode';
import { severities } from '../../core/manifest/lint/lintFinding.js';
import { fixableIn, foundIn, type LintReport } from '../../core/manifest/lint/lintReport.js';
import type { BucketNode, LabelingJobNode } from '../views/nodes.js';
import { answered } from '../support/answered.js';
import { withProgress } from '../support/progress.js';
import { type NextStep, nextStep, tell, warn } from '../support/prompts.js';
import { chosenManifest, currentBytes, nameOf } from './chosenManifest.js';
import { mostShown } from './diagnostics.js';
import { findingText } from './findingText.js';
import type { LintCommandDeps } from './lintCommands.js';
import type { ManifestLint } from './manifestLint.js';

/** So many findings are listed as text. */
const mostListed = 20_000;

/** Looks through a manifest of any size, wherever it is, and tells VS Code what is wrong with it. */
export function checkManifest({ lint }: LintCommandDeps) {
  return async (from?: BucketNode | LabelingJobNode | vscode.Uri): Promise<void> => {
    const uri = await chosenManifest(vscode.l10n.t('Check Manifest'), from);
    if (uri) {
      await answered(() => check(lint, uri));
    }
  };
}

async function check(lint: ManifestLint, uri: vscode.Uri): Promise<void> {
  const open = await lint.reportOf(uri);
  const report = open ?? (await checked(lint, uri, mostShown));
  if (!open) {
    lint.showChecked(uri, report);
  }
  tellOf(lint, uri, report);
}

async function checked(lint: ManifestLint, uri: vscode.Uri, most: number): Promise<LintReport> {
  return withProgress(vscode.l10n.t('Checking "{0}"', nameOf(uri)), async (signal, report) => {
    const manifest = await currentBytes(uri, lint.store);
    return lint.lints.check({ manifest, most, onProgress: (part) => report(part) }, signal);
  });
}

function tellOf(lint: ManifestLint, uri: vscode.Uri, report: LintReport): void {
  const found = foundIn(report);
  if (found === 0) {
    tell(vscode.l10n.t('"{0}" has no problems. Lines: {1}.', nameOf(uri), report.lines.toLocaleString('en')));
    return;
  }
  const fixable = fixableIn(report);
  const show = { title: vscode.l10n.t('Show Problems'), run: () => showProblems() };
  const save = nextStep(vscode.l10n.t('Save Fixed Copy As…'), 'groundTruth.saveFixedManifest', uri);
  const list: NextStep = { title: vscode.l10n.t('List All'), run: () => answered(() => listAll(lint, uri)) };
  const message = vscode.l10n.t(
    'Problems of "{0}": errors: {1}, warnings: {2}, notes: {3}. Of these can be fixed: {4}.',
    nameOf(uri),
    counted(report, 'error'),
    counted(report, 'warning'),
    counted(report, 'information'),
    fixable.toLocaleString('en'),
  );
  const steps = [show, ...(fixable > 0 ? [save] : []), ...(found > mostShown ? [list] : [])];
  (counted(report, 'error') === '0' ? tell : warn)(message, ...steps);
}

function counted({ counts }: LintReport, severity: 'error' | 'warning' | 'information'): string {
  const own = counts.filter(({ kind }) => severities[kind] === severity);
  return own.reduce((sum, { count }) => sum + count, 0).toLocaleString('en');
}

async function showProblems(): Promise<void> {
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

/** A text that can be searched and saved, and asks nothing when it is closed unsaved and empty. */
async function listAll(lint: ManifestLint, uri: vscode.Uri): Promise<void> {
  const report = await checked(lint, uri, mostListed);
  const lines = report.findings.map(({ range, problem }) =>
    vscode.l10n.t('Line {0}, column {1}: {2}', range.startLine + 1, range.startColumn + 1, findingText(problem)),
  );
  const more = foundIn(report) - lines.length;
  const rest = more > 0 ? [vscode.l10n.t('… and {0} more', more.toLocaleString('en'))] : [];
  const document = await vscode.workspace.openTextDocument({ content: [...lines, ...rest].join('\n') });
  await vscode.window.showTextDocument(document, { preview: true });
}
