import * as vscode from 'vscode';

export type LabContext =
  'groundTruth.hasBuckets' | 'groundTruth.hasTeams' | 'groundTruth.hasJobs' | 'groundTruth.hasLabels';

/**
 * Sets the context key as soon as the tree has a row that counts, which ticks a step of the walkthrough off. Asks only
 * when the tree is shown or listed anew, so that nobody connects for its sake.
 */
export function followLabProgress<Node>(
  context: LabContext,
  { view, tree, counts }: ProgressSource<Node>,
): vscode.Disposable {
  let isReached = false;
  const check = async () => {
    if (!isReached) {
      isReached = ((await tree.getChildren()) ?? []).some(counts);
      await (isReached && vscode.commands.executeCommand('setContext', context, true));
    }
  };
  return vscode.Disposable.from(
    view.onDidChangeVisibility(({ visible }) => (visible ? check() : undefined)),
    tree.onDidChangeTreeData?.((node) => (node === undefined ? check() : undefined)) ?? { dispose: () => undefined },
  );
}

export interface ProgressSource<Node> {
  readonly view: vscode.TreeView<Node>;
  readonly tree: vscode.TreeDataProvider<Node>;
  readonly counts: (row: Node) => boolean;
}
