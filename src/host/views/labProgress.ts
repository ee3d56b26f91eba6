import * as vscode from 'vscode';

export type LabContext = 'groundTruth.hasBuckets' | 'groundTruth.hasTeams' | 'groundTruth.hasJobs';

/**
 * Sets the context key as soon as the tree has a first row, which ticks a step of the walkthrough off. Asks only when
 * the tree is shown or listed anew, so that nobody connects for its sake.
 */
export function followLabProgress<Node extends { readonly kind: string }>(
  context: LabContext,
  view: vscode.TreeView<Node>,
  tree: vscode.TreeDataProvider<Node>,
): vscode.Disposable {
  let isReached = false;
  const check = async () => {
    if (isReached) {
      return;
    }
    const rows = (await tree.getChildren()) ?? [];
    isReached = rows.some(({ kind }) => kind !== 'problem');
    if (isReached) {
      await vscode.commands.executeCommand('setContext', context, true);
    }
  };
  return vscode.Disposable.from(
    view.onDidChangeVisibility(({ visible }) => (visible ? check() : undefined)),
    tree.onDidChangeTreeData?.((node) => (node === undefined ? check() : undefined)) ?? { dispose: () => undefined },
  );
}
