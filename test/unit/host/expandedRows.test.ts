import assert from 'node:assert/strict';
import type { TreeDataProvider, TreeItem } from 'vscode';
import { fakeVscode } from '../../support/fakeVscode.js';
import { MemoryMemento } from '../../support/memoryMemento.js';
import { openedViews } from '../../support/vscodeModule.js';

const tree: TreeDataProvider<string> = {
  getChildren: () => ['a', 'b', 'leaf'],
  getTreeItem: (id) => ({ id, collapsibleState: id === 'leaf' ? 0 : 1 }),
};

describe('the rows of a tree', () => {
  before(fakeVscode);

  it('come back as they were left when the window is loaded anew', async () => {
    const memory = new MemoryMemento();
    const first = await open(memory);
    assert.deepEqual(await first.states(), [1, 1, 0]);
    await first.expand('b');
    await first.expand('a');
    await first.collapse('a');
    assert.deepEqual(await (await open(memory)).states(), [1, 2, 0]);
  });
});

async function open(memory: MemoryMemento) {
  const { createTreeView } = await import('../../../src/host/views/expandedRows.js');
  createTreeView('view', { treeDataProvider: tree }, memory);
  const view = openedViews.at(-1);
  assert.ok(view);
  const settled = () => new Promise(setImmediate);
  return {
    async expand(element: string) {
      view.expanded.fire({ element });
      await settled();
    },
    async collapse(element: string) {
      view.collapsed.fire({ element });
      await settled();
    },
    async states() {
      const rows = (await view.tree.getChildren()) as readonly string[];
      const items = await Promise.all(rows.map((row) => view.tree.getTreeItem(row)));
      return (items as readonly TreeItem[]).map(({ collapsibleState }) => collapsibleState);
    },
  };
}
