import * as vscode from 'vscode';
import { formatS3Uri, type S3Uri } from '../../core/s3Uri.js';
import { askText, tell } from '../support/prompts.js';
import { objectUri } from '../support/s3FileSystem.js';
import type { BucketNode, FolderNode, LabelingJobNode, PrivateTeamNode } from '../views/nodes.js';
import type { Deps } from './deps.js';

type AnyNode = BucketNode | LabelingJobNode | PrivateTeamNode;

type AnyFile = BucketNode | LabelingJobNode | vscode.Uri;

export function refresh({ buckets, labelingJobs, privateTeams }: Deps) {
  return (node?: AnyNode): void => {
    const row = node?.kind === 'problem' ? node.parent : node;
    switch (row?.kind) {
      case 'bucket':
      case 'folder':
      case 'object':
        buckets.refresh(row);
        return;
      case 'labelingJob':
      case 'jobFile':
      case 'jobFolder':
        labelingJobs.refresh(row);
        return;
      case 'privateTeam':
      case 'teamMember':
        privateTeams.refresh(row);
        return;
      case 'more':
      case 'empty':
      case 'problem':
      case undefined:
        buckets.refresh();
        labelingJobs.refresh();
        privateTeams.refresh();
    }
  };
}

export function filterByPrefix({ buckets }: Deps) {
  return async (node?: BucketNode): Promise<void> => {
    if (node?.kind !== 'bucket' && node?.kind !== 'folder') {
      return;
    }
    const folder = node.kind === 'bucket' ? node.bucket.name : `${node.bucket}/${node.prefix}`;
    const prefix = await askText({
      title: vscode.l10n.t('Filter by Prefix'),
      prompt: vscode.l10n.t('Show only what starts with this in "{0}". Empty shows all.', folder),
      value: buckets.filterOf(node),
    });
    if (prefix !== undefined) {
      buckets.filter(node, prefix);
    }
  };
}

export function clearFilter({ buckets }: Deps) {
  return (node?: BucketNode): void => {
    if (node) {
      buckets.filter(node, '');
    }
  };
}

export function loadMore({ buckets, labelingJobs }: Deps) {
  return async (node?: BucketNode | LabelingJobNode): Promise<void> => {
    if (node?.kind !== 'more') {
      return;
    }
    const { parent, token } = node;
    await (isBucketRow(parent) ? buckets.loadMore(parent, token) : labelingJobs.loadMore(parent, token));
  };
}

export function openObject() {
  return async (node?: BucketNode | LabelingJobNode): Promise<void> => {
    const uri = addressOf(node);
    if (uri) {
      await vscode.commands.executeCommand('vscode.open', objectUri(uri));
    }
  };
}

/** Also from the manifest editor's title, whose document is the one that is shown. */
export function openAsText() {
  return async (from?: AnyFile): Promise<void> => {
    const document = documentOf(from);
    if (document) {
      await vscode.commands.executeCommand('vscode.openWith', document, 'default');
    }
  };
}

export function copyS3Uri() {
  return async (node?: BucketNode | LabelingJobNode): Promise<void> => {
    const uri = addressOf(node);
    if (uri) {
      await copy(formatS3Uri(uri));
    }
  };
}

export function copyArn() {
  return async (node?: LabelingJobNode | PrivateTeamNode): Promise<void> => {
    if (node?.kind === 'labelingJob') {
      await copy(node.job.arn);
    } else if (node?.kind === 'privateTeam') {
      await copy(node.team.arn);
    }
  };
}

/** The one that a row or a menu names, or else the one in front. */
export function documentOf(from: AnyFile | undefined): vscode.Uri | undefined {
  const uri = from instanceof vscode.Uri ? from : addressOf(from);
  return uri instanceof vscode.Uri ? uri : uri ? objectUri(uri) : activeDocument();
}

export function addressOf(node: BucketNode | LabelingJobNode | undefined): S3Uri | undefined {
  switch (node?.kind) {
    case 'bucket':
      return { bucket: node.bucket.name, key: '' };
    case 'folder':
      return { bucket: node.bucket, key: node.prefix };
    case 'object':
      return node.object;
    case 'jobFile':
    case 'jobFolder':
      return node.uri;
    case 'labelingJob':
    case 'more':
    case 'empty':
    case 'problem':
    case undefined:
      return undefined;
  }
}

function isBucketRow(node: BucketNode | LabelingJobNode): node is FolderNode {
  return node.kind === 'bucket' || node.kind === 'folder';
}

/** Also one that is too large for VS Code to tell extensions what it says. */
function activeDocument(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  tell(vscode.l10n.t('Copied "{0}".', text));
}
