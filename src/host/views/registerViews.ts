import * as vscode from 'vscode';
import type { BucketTree } from './bucketTree.js';
import { BucketDrop, type OnDrop } from './bucketDrop.js';
import { createTreeView } from './expandedRows.js';
import { explainedTree } from './explainedTree.js';
import { followActiveJobs, type OnFailed } from './jobWatch.js';
import { followLabProgress } from './labProgress.js';
import type { LabelingJobTree } from './labelingJobTree.js';
import type { BucketNode, LabelingJobNode, PrivateTeamNode } from './nodes.js';
import type { PrivateTeamTree } from './privateTeamTree.js';

export interface Views {
  readonly buckets: BucketTree;
  readonly labelingJobs: LabelingJobTree;
  readonly privateTeams: PrivateTeamTree;
  /** What dropping files onto a bucket or a folder does. */
  readonly onDrop: OnDrop;
  readonly onFailed: OnFailed;
  /** Of the workspace: which rows are open. */
  readonly memory: vscode.Memento;
  readonly log: Pick<vscode.LogOutputChannel, 'error'>;
}

export function registerViews(views: Views): vscode.Disposable {
  const { buckets, labelingJobs, privateTeams, onDrop } = views;
  const bucketsView = createView('groundTruth.buckets', views, {
    treeDataProvider: buckets,
    canSelectMany: true,
    showCollapseAll: true,
    dragAndDropController: new BucketDrop(onDrop),
  });
  const jobs = { treeDataProvider: labelingJobs, showCollapseAll: true };
  const jobsView = createView('groundTruth.labelingJobs', views, jobs);
  const teamsView = createView('groundTruth.privateTeams', views, { treeDataProvider: privateTeams });
  return vscode.Disposable.from(
    bucketsView,
    jobsView,
    teamsView,
    followActiveJobs(labelingJobs, jobsView, views.onFailed),
    labelingJobs.onDidAskForJob((row) => jobsView.reveal(row, { select: true, focus: true, expand: true })),
    followLabProgress('groundTruth.hasBuckets', {
      view: bucketsView,
      tree: buckets,
      counts: ({ kind }) => kind === 'bucket',
    }),
    followLabProgress('groundTruth.hasTeams', {
      view: teamsView,
      tree: privateTeams,
      counts: ({ kind }) => kind === 'privateTeam',
    }),
    followLabProgress('groundTruth.hasJobs', {
      view: jobsView,
      tree: labelingJobs,
      counts: ({ kind }) => kind === 'labelingJob',
    }),
    followLabProgress('groundTruth.hasLabels', {
      view: jobsView,
      tree: labelingJobs,
      counts: (row) => row.kind === 'labelingJob' && row.job.counters.totalLabeled > 0,
    }),
  );
}

function createView<Node extends BucketNode | LabelingJobNode | PrivateTeamNode>(
  id: string,
  { memory, log }: Pick<Views, 'memory' | 'log'>,
  options: vscode.TreeViewOptions<Node>,
): vscode.TreeView<Node> {
  const treeDataProvider = explainedTree(options.treeDataProvider, {
    log: (error) => log.error(error),
    show: (message) => {
      view.message = message;
    },
  });
  const view = createTreeView(id, { ...options, treeDataProvider }, memory);
  return view;
}
