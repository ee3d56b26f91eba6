import * as vscode from 'vscode';
import { commandLink } from '../commands/signatures.js';
import { noticeFor } from '../support/notices.js';
import type { BucketNode, LabelingJobNode, PrivateTeamNode } from './nodes.js';

type AnyNode = BucketNode | LabelingJobNode | PrivateTeamNode;
type ProblemNode = Extract<AnyNode, { readonly kind: 'problem' }>;
type MoreNode = Extract<BucketNode | LabelingJobNode, { readonly kind: 'more' }>;

/** Where a listing failed: what is wrong, and a click that tries again. */
export function problemItem(id: string, node: ProblemNode): vscode.TreeItem {
  const { message } = noticeFor(node.error);
  const item = new vscode.TreeItem(vscode.l10n.t('Retry'));
  item.id = id;
  item.contextValue = 'problem';
  if (node.parent !== undefined) {
    item.description = message; // Of a whole view, it stands above the row, where there is room for it.
  }
  item.tooltip = message;
  item.accessibilityInformation = { label: vscode.l10n.t('Retry: {0}', message) };
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.command = commandLink('groundTruth.refresh', vscode.l10n.t('Retry'), node);
  return item;
}

/** Below a page that is not the last one. */
export function moreItem(id: string, node: MoreNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Load more…'));
  item.id = id;
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = commandLink('groundTruth.loadMore', vscode.l10n.t('Load More'), node);
  return item;
}
