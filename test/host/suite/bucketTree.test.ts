import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../../../src/core/failure.js';
import type { ListObjects, ObjectPage } from '../../../src/core/ports.js';
import { BucketTree } from '../../../src/host/views/bucketTree.js';
import type { BucketNode, FolderNode } from '../../../src/host/views/nodes.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { connectionTo } from './fakeConnection.js';

const { signal } = new AbortController();
const bucket = 'bucket';
const pageSize = 300; // The setting's default.

class CountingStore extends MemoryObjectStore {
  listings = 0;
  failure: Error | undefined;

  override async listObjects(request: ListObjects, until: AbortSignal): Promise<ObjectPage> {
    this.listings += 1;
    if (this.failure) {
      throw this.failure;
    }
    return super.listObjects(request, until);
  }
}

describe('the tree of buckets', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'ground-truth-hovers-'));
  const pictures = vscode.Uri.file(scratch);
  let store: CountingStore;
  let tree: BucketTree;

  beforeEach(async () => {
    store = new CountingStore();
    await store.createBucket(bucket, signal);
    tree = new BucketTree(connectionTo({ objects: store }), pictures);
  });

  afterEach(() => tree.dispose());

  after(() => rmSync(scratch, { recursive: true }));

  it('shows folders and objects under a bucket, each with what a menu needs to know', async () => {
    await write('pictures/0.jpg', 'pictures/dataset.manifest', 'readme.txt');
    const parent = await top();
    assert.deepEqual(summary([parent]), ['bucket (bucket)']);
    const rows = await tree.getChildren(parent);
    assert.deepEqual(summary(rows), ['pictures (folder)', 'readme.txt (object)']);
    const [folder] = rows;
    const inside = await tree.getChildren(folder);
    assert.deepEqual(summary(inside), ['0.jpg (object)', 'dataset.manifest (object manifest)']);
  });

  it('gives a row the same id after a refresh, and no two rows the same', async () => {
    await write('a/1', 'a/2', 'a//3', 'b#', 'b');
    const ids = async () => {
      const rows = await tree.getChildren(await top());
      return rows.map((row) => tree.getTreeItem(row).id);
    };
    const before = await ids();
    tree.refresh();
    assert.deepEqual(await ids(), before);
    assert.equal(new Set(before).size, before.length);
  });

  it('hides the object that keeps an empty folder', async () => {
    await write('empty/');
    const [folder] = await tree.getChildren(await top());
    assert.deepEqual(commandsOf(await tree.getChildren(folder)), ['Nothing here yet: groundTruth.uploadImages']);
  });

  it('says that nothing passes the filter, with a click that clears it', async () => {
    await write('a');
    const parent = await top();
    tree.filter(parent, 'b');
    assert.deepEqual(commandsOf(await tree.getChildren(parent)), ['Nothing starts with "b": groundTruth.clearFilter']);
  });

  it('loads a page at a time, each once', async () => {
    await write(...Array.from({ length: pageSize + 1 }, (_, index) => `${String(index).padStart(4, '0')}.jpg`));
    const parent = await top();
    const rows = await tree.getChildren(parent);
    assert.equal(rows.length, pageSize + 1);
    const more = rows.at(-1);
    assert.equal(more?.kind, 'more');
    await Promise.all([tree.loadMore(more.parent, more.token), tree.loadMore(more.parent, more.token)]);
    const all = await tree.getChildren(parent);
    assert.equal(all.length, pageSize + 1);
    assert.ok(all.every(({ kind }) => kind === 'object'));
    assert.equal(store.listings, 2);
  });

  it('does not list again what it has', async () => {
    await write('a');
    const parent = await top();
    await tree.getChildren(parent);
    await tree.getChildren(parent);
    assert.equal(store.listings, 1);
  });

  it('lists only the refreshed folder again', async () => {
    await write('a/1', 'b/1');
    const [first, second] = await tree.getChildren(await top());
    await tree.getChildren(first);
    await tree.getChildren(second);
    await write('a/2', 'b/2');
    tree.refresh(first);
    assert.equal((await tree.getChildren(first)).length, 2);
    assert.equal((await tree.getChildren(second)).length, 1);
  });

  it('tells VS Code of the row that an upload changed', async () => {
    await write('a/b/1');
    const parent = await top();
    const [folder] = await tree.getChildren(parent);
    const changed: (BucketNode | undefined)[] = [];
    tree.onDidChangeTreeData((node) => changed.push(node));
    tree.refreshFolder({ bucket, key: 'a/new/' });
    tree.refreshFolder({ bucket, key: '' });
    assert.deepEqual(changed, [folder, parent]);
  });

  it('filters by prefix, and says so at the row', async () => {
    await write('a/10.jpg', 'a/11.jpg', 'a/20.jpg');
    const [folder] = await tree.getChildren(await top());
    assert.ok(folder);
    tree.filter(folder, '1');
    assert.deepEqual(summary(await tree.getChildren(folder)), ['10.jpg (object)', '11.jpg (object)']);
    assert.deepEqual(summary([folder]), ['a (folder filtered)']);
    tree.filter(folder, '');
    assert.equal((await tree.getChildren(folder)).length, 3);
    assert.deepEqual(summary([folder]), ['a (folder)']);
  });

  it('shows a listing that failed as a row that tries again', async () => {
    await write('a');
    const parent = await top();
    store.failure = new Failure('aws.accessDenied', { action: 's3:ListBucket', resource: bucket });
    const [problem] = await tree.getChildren(parent);
    assert.ok(problem);
    const item = tree.getTreeItem(problem);
    assert.match(String(item.description), /s3:ListBucket/u);
    assert.equal(item.command?.command, 'groundTruth.refresh');
    store.failure = undefined;
    tree.refresh(problem);
    assert.deepEqual(summary(await tree.getChildren(parent)), ['a (object)']);
  });

  it('keeps the rows where the next page cannot be had, so that it can be asked for again', async () => {
    await write(...Array.from({ length: pageSize + 1 }, (_, index) => String(index)));
    const parent = await top();
    const more = (await tree.getChildren(parent)).at(-1);
    assert.equal(more?.kind, 'more');
    store.failure = new Failure('aws.unreachable', { endpoint: 'AWS', reason: 'ETIMEDOUT' });
    await assert.rejects(tree.loadMore(more.parent, more.token));
    store.failure = undefined;
    assert.equal((await tree.getChildren(parent)).length, pageSize + 1);
    await tree.loadMore(more.parent, more.token);
    assert.equal((await tree.getChildren(parent)).length, pageSize + 1);
  });

  it('shows the picture on hover', async () => {
    await write('cat.jpg');
    assert.ok((await hover()).includes(`data:image/jpeg;base64,${Buffer.from('cat.jpg').toString('base64')}`));
  });

  it('shows a picture on hover that is too large for its text', async () => {
    const picture = Buffer.alloc(500_000, 'large');
    await store.writeObject({ bucket, key: 'large (1).jpg' }, picture, {}, signal);
    const [, address = ''] = /!\[\]\((.+)\|height/u.exec(await hover()) ?? [];
    assert.deepEqual(readFileSync(vscode.Uri.parse(address, true).fsPath), picture);
  });

  async function hover(): Promise<string> {
    const [row] = await tree.getChildren(await top());
    assert.ok(row);
    const { token } = new vscode.CancellationTokenSource();
    const { tooltip } = await tree.resolveTreeItem(tree.getTreeItem(row), row, token);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    return tooltip.value;
  }

  async function write(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await store.writeObject({ bucket, key }, Buffer.from(key), {}, signal);
    }
  }

  async function top(): Promise<FolderNode> {
    const [node] = await tree.getChildren();
    assert.equal(node?.kind, 'bucket');
    return node;
  }

  function commandsOf(nodes: readonly BucketNode[]): readonly string[] {
    return nodes.map((node) => {
      const { label, command } = tree.getTreeItem(node);
      assert.deepEqual(command?.arguments, node.kind === 'empty' ? [node.parent] : []);
      return `${typeof label === 'string' ? label : ''}: ${command?.command ?? ''}`;
    });
  }

  function summary(nodes: readonly BucketNode[]): readonly string[] {
    return nodes.map((node) => {
      const { label, contextValue } = tree.getTreeItem(node);
      return `${JSON.stringify(label).slice(1, -1)} (${contextValue ?? ''})`;
    });
  }
});
