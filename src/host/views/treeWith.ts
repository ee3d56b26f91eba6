import type * as vscode from 'vscode';

/** The same tree, with some of its methods replaced. */
export function treeWith<Node>(
  tree: vscode.TreeDataProvider<Node>,
  replaced: Partial<vscode.TreeDataProvider<Node>>,
): vscode.TreeDataProvider<Node> {
  return new Proxy(tree, {
    get(target, name) {
      const own: unknown = Reflect.get(replaced, name);
      if (own !== undefined) {
        return own;
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
