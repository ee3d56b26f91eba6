import * as vscode from 'vscode';
import type { SkipReason } from '../../core/export/exportPart.js';
import { formatBytes } from './format.js';

/** Why something of a manifest was left out. */
export function skipText(reason: SkipReason): string {
  switch (reason.kind) {
    case 'notJson':
      return vscode.l10n.t('not JSON: {0}', reason.message);
    case 'notAnObject':
      return vscode.l10n.t('JSON, but not an object in braces');
    case 'tooLongToRead':
      return vscode.l10n.t('longer than {0}', formatBytes(reason.mostBytes));
    case 'blank':
      return vscode.l10n.t('empty');
    case 'notUtf8':
      return vscode.l10n.t('not in UTF-8');
    case 'severalLines':
      return vscode.l10n.t('goes on to line {0}: an object must be on one line', reason.lastLine + 1);
    case 'trailingComma':
      return vscode.l10n.t('a comma after the object');
    case 'noSource':
      return vscode.l10n.t('neither "source-ref" nor "source"');
    case 'failed':
      return vscode.l10n.t('not labeled, since it failed: {0}', reason.failureReason);
    case 'unlabeled':
      return vscode.l10n.t('not labeled');
    case 'noPart':
      return vscode.l10n.t('in no part of the split');
    case 'malformedLabel':
      return vscode.l10n.t('its label is not as Ground Truth writes it, at "{0}"', reason.member);
    case 'otherForm':
      return vscode.l10n.t('the format has no place for a label of the form "{0}"', reason.form);
    case 'sourceIsText':
      return vscode.l10n.t('a text, not a picture');
    case 'sourceIsFile':
      return vscode.l10n.t('a picture, not a text');
    case 'noImageSize':
      return vscode.l10n.t('the size of its picture is not known');
    case 'duplicateSource':
      return vscode.l10n.t('an earlier line has the same object');
    case 'noClass':
      return vscode.l10n.t('a label without a class');
    case 'severalClasses':
      return vscode.l10n.t('several classes: {0}', reason.classes.join(', '));
    case 'markOutside':
      return vscode.l10n.t('mark {0} has no area within the picture', reason.mark + 1);
    case 'maskUnreadable':
      return vscode.l10n.t('the mask "{0}" cannot be read: {1}', reason.uri, reason.message);
  }
}
