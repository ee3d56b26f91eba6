import type * as vscode from 'vscode';
import { objectScheme } from '../../core/objectUri.js';

export const manifestLanguage = 'ground-truth-manifest';

/** Where the first text of a file must be, at the latest. */
const mostBlankLines = 1_000;

/**
 * Whether the document is a manifest of Ground Truth: others have files of that name too, which are XML or lists of
 * addresses.
 */
export function isManifest(document: vscode.TextDocument): boolean {
  return (
    document.languageId === manifestLanguage &&
    (document.uri.scheme === objectScheme || /^[{["]/u.test(firstCharacter(document)))
  );
}

/** Such as the manifests of Windows programs, whose language VS Code knows. */
export function isXml(document: vscode.TextDocument): boolean {
  return document.languageId === manifestLanguage && firstCharacter(document) === '<';
}

function firstCharacter(document: vscode.TextDocument): string {
  for (let line = 0; line < Math.min(document.lineCount, mostBlankLines); line += 1) {
    const [first] = document.lineAt(line).text.trimStart();
    if (first !== undefined) {
      return first;
    }
  }
  return '';
}
