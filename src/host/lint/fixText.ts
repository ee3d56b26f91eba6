import * as vscode from 'vscode';
import type { LintKind } from '../../core/manifest/lint/lintReport.js';

/** What the fix of one finding does, and that of all of its kind. */
export interface FixText {
  readonly one: string;
  readonly all: string;
}

/** `undefined` of kinds that only a person can put right. */
export function fixText(kind: LintKind): FixText | undefined {
  const texts: Partial<Record<LintKind, FixText>> = {
    blank: { one: vscode.l10n.t('Delete the blank line'), all: vscode.l10n.t('Delete all blank lines') },
    array: {
      one: vscode.l10n.t('Turn the list into lines'),
      all: vscode.l10n.t('Turn all of the list into lines'),
    },
    trailingComma: {
      one: vscode.l10n.t('Delete the comma after the object'),
      all: vscode.l10n.t('Delete the commas after all objects'),
    },
    severalLines: {
      one: vscode.l10n.t('Put the object on one line'),
      all: vscode.l10n.t('Put each object on one line'),
    },
    otherSourceKey: {
      one: vscode.l10n.t('Rename to "source-ref"'),
      all: vscode.l10n.t('Rename all such keys to "source-ref"'),
    },
    notAnS3Uri: {
      one: vscode.l10n.t('Write the address as s3://bucket/key'),
      all: vscode.l10n.t('Write all web addresses of objects as s3://bucket/key'),
    },
    duplicateSource: {
      one: vscode.l10n.t('Delete this line, which is the same as the first'),
      all: vscode.l10n.t('Delete all lines that are the same as an earlier one'),
    },
    indexIsText: {
      one: vscode.l10n.t('Write the index as a number'),
      all: vscode.l10n.t('Write all indexes as numbers'),
    },
    otherMetadataKey: {
      one: vscode.l10n.t('Rename to the key of the metadata'),
      all: vscode.l10n.t('Rename all such keys to those of the metadata'),
    },
    byteOrderMark: {
      one: vscode.l10n.t('Save without the byte order mark'),
      all: vscode.l10n.t('Save without the byte order mark'),
    },
    carriageReturns: {
      one: vscode.l10n.t('End all lines with LF'),
      all: vscode.l10n.t('End all lines with LF'),
    },
  };
  return texts[kind];
}
