import * as vscode from 'vscode';
import { treeWith } from './treeWith.js';

const mostKept = 200;

/**
 * The tree view of this id, whose rows come back as they were left: VS Code itself forgets which are open when the
 * window is loaded anew, and where a row was away for a moment.
 */
export function createTreeView<Node>(
  id: string,
  options: vscode.TreeViewOptions<Node>,
  memory: vscode.Memento,
): vscode.TreeView<Node> {
  const key = `expandedRows.${id}`;
  const tree = options.treeDataProvider;
  const remembered = () => memory.get<readonly string[]>(key, []);
  const remember = async (node: Node, isExpanded: boolean) => {
    const { id: row } = await tree.getTreeItem(node);
    if (row !== undefined) {
      const others = remembered().filter((other) => other !== row);
      await memory.update(key, [...(isExpanded ? [row] : []), ...others].slice(0, mostKept));
    }
  };
  const view = vscode.window.createTreeView(id, { ...options, treeDataProvider: expanding(tree, remembered) });
  view.onDidExpandElement(({ element }) => void remember(element, true));
  view.onDidCollapseElement(({ element }) => void remember(element, false));
  return view;
}

function expanding<Node>(
  tree: vscode.TreeDataProvider<Node>,
  expandedIds: () => readonly string[],
): vscode.TreeDataProvider<Node> {
  const getTreeItem = async (node: Node): Promise<vscode.TreeItem> => {
    const item = await tree.getTreeItem(node);
    const canExpand = item.collapsibleState === vscode.TreeItemCollapsibleState.Collapsed;
    if (canExpand && item.id !== undefined && expandedIds().includes(item.id)) {
      item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
    }
    return item;
  };
  return treeWith(tree, { getTreeItem });
}
