import * as vscode from 'vscode';
import type { BucketTree } from './bucketTree.js';
import { BucketDrop, type OnDrop } from './bucketDrop.js';
import { createTreeView } from './expandedRows.js';
import { followActiveJobs } from './jobWatch.js';
import { followLabProgress } from './labProgress.js';
import type { LabelingJobTree } from './labelingJobTree.js';
import type { PrivateTeamTree } from './privateTeamTree.js';

export interface Views {
  readonly buckets: BucketTree;
  readonly labelingJobs: LabelingJobTree;
  readonly privateTeams: PrivateTeamTree;
  /** What dropping files onto a bucket or a folder does. */
  readonly onDrop: OnDrop;
  /** Of the workspace: which rows are open. */
  readonly memory: vscode.Memento;
}

export function registerViews({ buckets, labelingJobs, privateTeams, onDrop, memory }: Views): vscode.Disposable {
  const bucketsView = createTreeView(
    'groundTruth.buckets',
    {
      treeDataProvider: buckets,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController: new BucketDrop(onDrop),
    },
    memory,
  );
  const jobs = { treeDataProvider: labelingJobs, showCollapseAll: true };
  const jobsView = createTreeView('groundTruth.labelingJobs', jobs, memory);
  const teamsView = createTreeView('groundTruth.privateTeams', { treeDataProvider: privateTeams }, memory);
  return vscode.Disposable.from(
    bucketsView,
    jobsView,
    teamsView,
    followActiveJobs(labelingJobs, jobsView),
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
