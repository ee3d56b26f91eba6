import * as vscode from 'vscode';
import type { S3Uri } from '../../core/s3Uri.js';
import { runSafely } from '../support/abort.js';
import type { Connection } from '../support/connection.js';
import { accessible } from './accessible.js';
import { bucketItem, emptyItem, folderItem, nodeId, objectItem } from './bucketItems.js';
import { PictureHovers } from './pictureHovers.js';
import type { BucketNode, FolderNode } from './nodes.js';
import { moreItem, problemItem } from './sharedItems.js';

interface Listing {
  readonly nodes: readonly BucketNode[];
  readonly token?: string;
}

/** Buckets, their folders and objects, a page at a time. Loaded pages stay until their node is refreshed. */
export class BucketTree implements vscode.TreeDataProvider<BucketNode>, vscode.Disposable {
  readonly #connection: Connection;
  readonly #hovers: PictureHovers;
  readonly #listening: vscode.Disposable;
  readonly #changed = new vscode.EventEmitter<BucketNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** By node id, so that a refresh after an upload finds the row that is on screen. */
  readonly #shown = new Map<string, BucketNode>();
  readonly #listings = new Map<string, Promise<Listing>>();
  readonly #growing = new Map<string, Promise<void>>();
  readonly #filters = new Map<string, string>();
  #loads = new AbortController();

  /** `pictures` is a folder for what hovers show. */
  constructor(connection: Connection, pictures: vscode.Uri) {
    this.#connection = connection;
    this.#hovers = new PictureHovers(connection, pictures);
    this.#listening = connection.onDidChange(() => this.refresh());
  }

  /** Lists anew what is under a node, or everything. */
  refresh(node?: BucketNode): void {
    const parent = node?.kind === 'problem' ? node.parent : node;
    if (parent === undefined) {
      this.#loads.abort();
      this.#loads = new AbortController();
      this.#listings.clear();
      this.#shown.clear();
    } else {
      this.#forget(nodeId(parent));
    }
    this.#changed.fire(parent);
  }

  /** Lists anew the folder that holds this prefix, if it is on screen: after an upload, say. */
  refreshFolder({ bucket, key }: S3Uri): void {
    let prefix = key;
    while (prefix !== '') {
      prefix = prefix.slice(0, prefix.lastIndexOf('/', prefix.length - 2) + 1);
      const folder = this.#shown.get(nodeId({ kind: 'folder', bucket, prefix }));
      if (folder) {
        this.refresh(folder);
        return;
      }
    }
    this.refresh(this.#shown.get(nodeId({ kind: 'bucket', bucket: { name: bucket } })));
  }

  /** One page more; a second click while it loads is the same one. */
  loadMore(parent: FolderNode, token: string): Promise<void> {
    const id = nodeId(parent);
    const growing = this.#growing.get(id) ?? this.#grow(parent, token).finally(() => this.#growing.delete(id));
    this.#growing.set(id, growing);
    return growing;
  }

  filterOf(node: BucketNode): string {
    return this.#filters.get(nodeId(node)) ?? '';
  }

  /** Shows only what starts with `prefix` under this node; an empty one shows all. */
  filter(node: BucketNode, prefix: string): void {
    this.#filters.set(nodeId(node), prefix);
    this.refresh(node);
    // The row itself says that it is filtered, and is drawn by its parent.
    this.#changed.fire(node);
  }

  async getChildren(parent?: BucketNode): Promise<BucketNode[]> {
    if (parent !== undefined && !isParent(parent)) {
      return [];
    }
    const listing = this.#listing(parent);
    try {
      const { nodes, token } = await listing;
      for (const node of nodes) {
        this.#shown.set(nodeId(node), node);
      }
      return parent === undefined ? [...nodes] : [...nodes, ...lastRows(parent, nodes, token)];
    } catch (error) {
      const id = parent === undefined ? '' : nodeId(parent);
      if (this.#listings.get(id) === listing) {
        this.#listings.delete(id); // And not the one of a refresh since.
      }
      return [{ kind: 'problem', parent, error }];
    }
  }

  getTreeItem(node: BucketNode): vscode.TreeItem {
    return accessible(itemOf(node, this.filterOf(node.kind === 'empty' ? node.parent : node)));
  }

  // The picture is read when somebody looks at it, not when its row is drawn.
  async resolveTreeItem(item: vscode.TreeItem, node: BucketNode, token: vscode.CancellationToken) {
    if (node.kind === 'object') {
      item.tooltip = await runSafely(token, (signal) => this.#hovers.hover(node.object, signal));
    }
    return item;
  }

  dispose(): void {
    this.#listening.dispose();
    this.#loads.abort();
    this.#changed.dispose();
  }

  #listing(parent: FolderNode | undefined): Promise<Listing> {
    const id = parent === undefined ? '' : nodeId(parent);
    const known = this.#listings.get(id);
    if (known) {
      return known;
    }
    const listing = parent === undefined ? this.#buckets() : this.#page(parent);
    this.#listings.set(id, listing);
    return listing;
  }

  /** What is listed stays until the page is there: where it cannot be had, its row can be clicked again. */
  async #grow(parent: FolderNode, token: string): Promise<void> {
    const id = nodeId(parent);
    const listing = this.#listings.get(id);
    const before = await listing;
    if (before?.token !== token) {
      return;
    }
    const page = await this.#page(parent, token);
    if (this.#listings.get(id) === listing) {
      this.#listings.set(id, Promise.resolve({ ...page, nodes: [...before.nodes, ...page.nodes] }));
      this.#changed.fire(parent);
    }
  }

  async #buckets(): Promise<Listing> {
    const { signal } = this.#loads;
    const { objects } = await this.#connection.services();
    const buckets = await objects.listBuckets(signal);
    return { nodes: buckets.map((bucket) => ({ kind: 'bucket', bucket })) };
  }

  async #page(parent: FolderNode, token?: string): Promise<Listing> {
    const { signal } = this.#loads;
    const bucket = parent.kind === 'bucket' ? parent.bucket.name : parent.bucket;
    const folder = parent.kind === 'bucket' ? '' : parent.prefix;
    const { objects } = await this.#connection.services();
    const request = { bucket, prefix: folder + this.filterOf(parent), isFolder: true, pageSize: pageSize() };
    const page = await objects.listObjects({ ...request, ...(token !== undefined && { token }) }, signal);
    return {
      nodes: [
        ...page.folders.map((prefix) => ({ kind: 'folder' as const, bucket, prefix })),
        // Consoles keep an empty folder as an object with the folder's own name, which is no row of its own.
        ...page.objects.filter(({ key }) => key !== folder).map((object) => ({ kind: 'object' as const, object })),
      ],
      ...(page.nextToken !== undefined && { token: page.nextToken }),
    };
  }

  #forget(id: string): void {
    for (const key of this.#listings.keys()) {
      if (key === id || key.startsWith(id.endsWith('/') ? id : `${id}/`)) {
        this.#listings.delete(key);
      }
    }
  }
}

function itemOf(node: BucketNode, filter: string): vscode.TreeItem {
  switch (node.kind) {
    case 'bucket':
      return bucketItem(node, filter);
    case 'folder':
      return folderItem(node, filter);
    case 'object':
      return objectItem(node);
    case 'more':
      return moreItem(nodeId(node), node);
    case 'empty':
      return emptyItem(node, filter);
    case 'problem':
      return problemItem(nodeId(node), node);
  }
}

/** What stands below what was listed. */
function lastRows(parent: FolderNode, listed: readonly BucketNode[], token: string | undefined): BucketNode[] {
  if (token !== undefined) {
    return [{ kind: 'more', parent, token }];
  }
  return listed.length === 0 ? [{ kind: 'empty', parent }] : [];
}

function isParent(node: BucketNode): node is FolderNode {
  return node.kind === 'bucket' || node.kind === 'folder';
}

function pageSize(): number {
  return vscode.workspace.getConfiguration('groundTruth').get('explorer.pageSize', 300);
}
