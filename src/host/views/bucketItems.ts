import * as vscode from 'vscode';
import { formatS3Uri, objectName } from '../../core/s3Uri.js';
import { commandLink } from '../commands/signatures.js';
import { formatBytes } from '../support/format.js';
import { objectUri } from '../support/s3FileSystem.js';
import type { BucketNode } from './nodes.js';

type Node<Kind extends BucketNode['kind']> = Extract<BucketNode, { kind: Kind }>;

/** The same for the same thing over every refresh, so that what is expanded and selected stays so. */
export function nodeId(node: BucketNode): string {
  switch (node.kind) {
    case 'bucket':
      return node.bucket.name;
    case 'folder':
      return `${node.bucket}/${node.prefix}`;
    case 'object':
      return `${node.object.bucket}/${node.object.key}#`;
    case 'more':
      return `${nodeId(node.parent)}#more`;
    case 'empty':
      return `${nodeId(node.parent)}#empty`;
    case 'problem':
      return `${node.parent ? nodeId(node.parent) : ''}#problem`;
  }
}

export function bucketItem(node: Node<'bucket'>, filter: string): vscode.TreeItem {
  const { name, createdAt } = node.bucket;
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = nodeId(node);
  item.iconPath = new vscode.ThemeIcon('archive');
  const tooltip = createdAt
    ? vscode.l10n.t('Bucket "{0}", created {1}', name, createdAt.toLocaleString())
    : vscode.l10n.t('Bucket "{0}"', name);
  return filtered(item, 'bucket', { filter, tooltip });
}

export function folderItem(node: Node<'folder'>, filter: string): vscode.TreeItem {
  const uri = { bucket: node.bucket, key: node.prefix };
  const item = new vscode.TreeItem(
    objectName(uri).replace(/(?<=.)\/$/su, ''),
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.id = nodeId(node);
  item.iconPath = vscode.ThemeIcon.Folder;
  return filtered(item, 'folder', { filter, tooltip: formatS3Uri(uri) });
}

export function objectItem(node: Node<'object'>): vscode.TreeItem {
  const { object } = node;
  const name = objectName(object);
  const isManifest = name.endsWith('.manifest');
  const item = new vscode.TreeItem(name);
  item.id = nodeId(node);
  item.description = formatBytes(object.bytes);
  item.contextValue = isManifest ? 'object manifest' : 'object';
  item.resourceUri = objectUri(object);
  item.iconPath = isManifest ? new vscode.ThemeIcon('checklist') : vscode.ThemeIcon.File;
  item.command = commandLink('groundTruth.openObject', vscode.l10n.t('Open'), node);
  return item;
}

/** In place of rows: why there are none, and a click that changes it. */
export function emptyItem(node: Node<'empty'>, filter: string): vscode.TreeItem {
  const isFiltered = filter !== '';
  const item = new vscode.TreeItem(
    isFiltered ? vscode.l10n.t('Nothing starts with "{0}"', filter) : vscode.l10n.t('Nothing here yet'),
  );
  item.id = nodeId(node);
  item.description = isFiltered ? vscode.l10n.t('clear the filter') : vscode.l10n.t('upload images');
  item.command = isFiltered
    ? commandLink('groundTruth.clearFilter', vscode.l10n.t('Clear Filter'), node.parent)
    : commandLink('groundTruth.uploadImages', vscode.l10n.t('Upload Images…'), node.parent);
  item.tooltip = isFiltered
    ? vscode.l10n.t('Click to show all.')
    : vscode.l10n.t('Click to upload images, or drop files and folders here.');
  return item;
}

function filtered(
  item: vscode.TreeItem,
  contextValue: string,
  { filter, tooltip }: { readonly filter: string; readonly tooltip: string },
): vscode.TreeItem {
  item.tooltip = tooltip;
  item.contextValue = filter === '' ? contextValue : `${contextValue} filtered`;
  if (filter !== '') {
    item.description = vscode.l10n.t('starts with "{0}"', filter);
    // A long name leaves no room for the description: the icon is what is always seen.
    item.iconPath = new vscode.ThemeIcon('filter-filled', new vscode.ThemeColor('charts.blue'));
    item.tooltip = vscode.l10n.t('{0}\nFiltered: only what starts with "{1}" is shown', tooltip, filter);
  }
  return item;
}
