import type * as vscode from 'vscode';
import { isCancellation } from '../support/cancellation.js';
import { noticeFor } from '../support/notices.js';
import type { BucketNode, LabelingJobNode, PrivateTeamNode } from './nodes.js';
import { treeWith } from './treeWith.js';

interface Explanation {
  readonly log: (error: Error | string) => void;
  /** Above the rows, where there is room for whole sentences; empty where there is nothing to explain. */
  readonly show: (message: string) => void;
}

/** The same tree, whose failed listings are in the log; one of the whole view is explained at its full length. */
export function explainedTree<Node extends BucketNode | LabelingJobNode | PrivateTeamNode>(
  tree: vscode.TreeDataProvider<Node>,
  { log, show }: Explanation,
): vscode.TreeDataProvider<Node> {
  let lastOfAll = {};
  const getChildren = async (parent?: Node): Promise<Node[]> => {
    const turn = {};
    if (parent === undefined) {
      lastOfAll = turn;
    }
    const rows = (await tree.getChildren(parent)) ?? [];
    const [problem] = rows.flatMap((row) => (row.kind === 'problem' ? { error: row.error } : []));
    if (problem && isCancellation(problem.error)) {
      return rows; // It was given up for another listing.
    }
    if (problem) {
      log(problem.error instanceof Error ? problem.error : String(problem.error));
    }
    if (lastOfAll === turn) {
      show(problem ? noticeFor(problem.error).message : '');
    }
    return rows;
  };
  return treeWith(tree, { getChildren });
}
