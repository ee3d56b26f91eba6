import * as vscode from 'vscode';
import type { LabelingJob } from '../../core/ports.js';
import { formatS3Uri, objectName } from '../../core/s3Uri.js';
import { commandLink } from '../commands/signatures.js';
import { objectUri } from '../support/s3FileSystem.js';
import type { JobFileRole, LabelingJobNode } from './nodes.js';

type Node<Kind extends LabelingJobNode['kind']> = Extract<LabelingJobNode, { kind: Kind }>;

export function jobNodeId(node: LabelingJobNode): string {
  switch (node.kind) {
    case 'labelingJob':
      return node.job.arn;
    case 'jobFile':
      return `${node.job.arn}#${node.role}#${node.uri.key}`;
    case 'jobFolder':
      return `${node.job.arn}#responses`;
    case 'more':
      return `${jobNodeId(node.parent)}#more`;
    case 'problem':
      return `${node.parent ? jobNodeId(node.parent) : ''}#problem`;
  }
}

/** Whether its status will still change by itself. */
export function isActive(job: LabelingJob): boolean {
  return takesAnswers(job) || job.status === 'Stopping';
}

/** Whether workers can still have something to do. */
export function takesAnswers({ status }: LabelingJob): boolean {
  return status === 'Initializing' || status === 'InProgress';
}

/** What it waits for, other than its workers: a job that goes on has a reason only then. */
export function waits(job: LabelingJob): string | undefined {
  return isActive(job) ? job.failureReason : undefined;
}

export function totalObjects({ counters }: LabelingJob): number {
  return counters.totalLabeled + counters.failedNonRetryableError + counters.unlabeled;
}

export function jobItem(node: Node<'labelingJob'>): vscode.TreeItem {
  const { job } = node;
  const item = new vscode.TreeItem(job.name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = jobNodeId(node);
  item.contextValue = takesAnswers(job) ? 'labelingJob active' : 'labelingJob';
  item.iconPath = statusIcon(job);
  const counts = `${job.counters.totalLabeled}/${totalObjects(job)}`;
  const waitingFor = waits(job);
  item.description = waitingFor === undefined ? counts : `${counts} · ${waitingFor}`;
  item.tooltip = jobTooltip(job);
  item.accessibilityInformation = {
    label: vscode.l10n.t(
      '{0}, {1}, {2} of {3} objects labeled',
      job.name,
      waitingFor ?? statusText(job),
      job.counters.totalLabeled,
      totalObjects(job),
    ),
  };
  return item;
}

export function jobFileItem(node: Node<'jobFile'>): vscode.TreeItem {
  const { role, uri } = node;
  const isManifest = role === 'inputManifest' || role === 'outputManifest';
  const item = new vscode.TreeItem(role === 'workerResponse' ? responseLabel(uri.key) : roleTexts[role]());
  item.id = jobNodeId(node);
  item.contextValue = isManifest ? 'jobFile manifest' : 'jobFile';
  item.description = role === 'workerResponse' ? responseDescription(uri.key) : objectName(uri);
  item.resourceUri = objectUri(uri);
  item.iconPath = new vscode.ThemeIcon(roleIcons[role]);
  item.tooltip = formatS3Uri(uri);
  item.command = commandLink('groundTruth.openObject', vscode.l10n.t('Open'), node);
  return item;
}

export function jobFolderItem(node: Node<'jobFolder'>): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Worker responses'), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = jobNodeId(node);
  item.contextValue = 'jobFolder';
  item.iconPath = new vscode.ThemeIcon('comment-discussion');
  item.tooltip = formatS3Uri(node.uri);
  return item;
}

export function statusText({ status }: LabelingJob): string {
  switch (status) {
    case 'Initializing':
      return vscode.l10n.t('Initializing');
    case 'InProgress':
      return vscode.l10n.t('In progress');
    case 'Completed':
      return vscode.l10n.t('Complete');
    case 'Failed':
      return vscode.l10n.t('Failed');
    case 'Stopping':
      return vscode.l10n.t('Stopping');
    case 'Stopped':
      return vscode.l10n.t('Stopped');
  }
}

function statusIcon(job: LabelingJob): vscode.ThemeIcon {
  if (waits(job) !== undefined) {
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  }
  switch (job.status) {
    case 'Initializing':
    case 'Stopping':
      return new vscode.ThemeIcon('loading~spin');
    case 'InProgress':
      return new vscode.ThemeIcon('play-circle', new vscode.ThemeColor('charts.blue'));
    case 'Completed':
      return new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'));
    case 'Failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
    case 'Stopped':
      return new vscode.ThemeIcon('circle-slash');
  }
}

function jobTooltip(job: LabelingJob): vscode.MarkdownString {
  const { counters } = job;
  const lines = [
    `${job.name}: ${statusText(job)}`,
    vscode.l10n.t('{0} of {1} objects labeled', counters.totalLabeled, totalObjects(job)),
    ...(counters.failedNonRetryableError > 0 ? [failedText(counters.failedNonRetryableError)] : []),
    ...(job.failureReason === undefined ? [] : [job.failureReason]),
    vscode.l10n.t('Created {0}', job.createdAt.toLocaleString()),
  ];
  return new vscode.MarkdownString().appendText(lines.join('\n'));
}

function failedText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 object failed') : vscode.l10n.t('{0} objects failed', count);
}

const roleTexts: { readonly [Role in Exclude<JobFileRole, 'workerResponse'>]: () => string } = {
  inputManifest: () => vscode.l10n.t('Input manifest'),
  outputManifest: () => vscode.l10n.t('Output manifest'),
  template: () => vscode.l10n.t('Worker task template'),
  labelCategories: () => vscode.l10n.t('Label categories'),
};

const roleIcons: { readonly [Role in JobFileRole]: string } = {
  inputManifest: 'checklist',
  outputManifest: 'checklist',
  template: 'file-code',
  labelCategories: 'tag',
  workerResponse: 'json',
};

// …/worker-response/iteration-<n>/<index of the manifest line, from 0>/<time>.json
const responseKey = /iteration-(\d+)\/(\d+)\/([^/]+)\.json$/u;

function responseLabel(key: string): string {
  const [, , index] = responseKey.exec(key) ?? [];
  return index === undefined ? key.slice(key.lastIndexOf('/') + 1) : vscode.l10n.t('Object {0}', index);
}

function responseDescription(key: string): string {
  const [, iteration, , time] = responseKey.exec(key) ?? [];
  return iteration === undefined || time === undefined
    ? ''
    : vscode.l10n.t('iteration {0} · {1}', iteration, time.replace('_', ' '));
}
