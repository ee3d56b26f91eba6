import assert from 'node:assert/strict';
import type { TreeDataProvider, TreeItem } from 'vscode';
import { fakeVscode } from '../../support/fakeVscode.js';
import { MemoryMemento } from '../../support/memoryMemento.js';
import { openedViews } from '../../support/vscodeModule.js';

const [none, collapsed, expanded] = [0, 1, 2];

describe('the rows of a tree', () => {
  before(fakeVscode);

  it('come back as they were left when the window is loaded anew', async () => {
    const memory = new MemoryMemento();
    const first = await open(memory);
    assert.deepEqual(await first.states(), [collapsed, collapsed, none]);
    await first.expand('b');
    await first.expand('a');
    await first.collapse('a');
    assert.deepEqual(await (await open(memory)).states(), [collapsed, expanded, none]);
  });
});

async function open(memory: MemoryMemento) {
  const { TreeItem: Item, TreeItemCollapsibleState: states } = await import('vscode');
  const tree: TreeDataProvider<string> = {
    getChildren: () => ['a', 'b', 'leaf'],
    getTreeItem: (id) => Object.assign(new Item(id, id === 'leaf' ? states.None : states.Collapsed), { id }),
  };
  const { createTreeView } = await import('../../../src/host/views/expandedRows.js');
  createTreeView('view', { treeDataProvider: tree }, memory);
  const view = openedViews.at(-1);
  assert.ok(view);
  return {
    async expand(element: string) {
      view.expanded.fire({ element });
      await new Promise(setImmediate);
    },
    async collapse(element: string) {
      view.collapsed.fire({ element });
      await new Promise(setImmediate);
    },
    async states() {
      const rows = (await view.tree.getChildren()) as readonly string[];
      const items = await Promise.all(rows.map((row) => view.tree.getTreeItem(row)));
      return (items as readonly TreeItem[]).map(({ collapsibleState }) => collapsibleState);
    },
  };
}
