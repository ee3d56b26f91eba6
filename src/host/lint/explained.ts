import type * as vscode from 'vscode';
import { severities } from '../../core/manifest/lint/lintFinding.js';
import type { LintKind } from '../../core/manifest/lint/lintReport.js';
import type { Explained } from './diagnostics.js';

/**
 * Where the kinds of problems are explained: each has a section of the document, in the order of the table here, of the
 * same number of lines. VS Code opens a file at the line that its address ends in.
 */
export function explainedIn(document: vscode.Uri): Explained {
  return (kind) => document.with({ fragment: `L${lineOf(kind)}` });
}

function lineOf(kind: LintKind): number {
  return linesBefore + 1 + Object.keys(severities).indexOf(kind) * linesOfSection;
}

const linesBefore = 4;
const linesOfSection = 4;
