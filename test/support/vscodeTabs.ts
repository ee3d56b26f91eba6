// The editors of the window that has no VS Code: documents and diffs, in the order in which they were opened.
import { EventEmitter, Uri } from './vscodeClasses.js';

export class TabInputText {
  readonly uri: Uri;

  constructor(uri: Uri) {
    this.uri = uri;
  }
}

export class TabInputTextDiff {
  readonly original: Uri;
  readonly modified: Uri;

  constructor(original: Uri, modified: Uri) {
    this.original = original;
    this.modified = modified;
  }
}

export interface Tab {
  readonly input: TabInputText | TabInputTextDiff;
}

const open: Tab[] = [];
const changed = new EventEmitter<{ readonly closed: readonly Tab[] }>();

export const tabGroups = {
  onDidChangeTabs: changed.event,

  get all(): readonly { readonly tabs: readonly Tab[] }[] {
    return [{ tabs: [...open] }];
  },

  get activeTabGroup(): { readonly activeTab: Tab | undefined } {
    return { activeTab: open.at(-1) };
  },

  openText(uri: Uri): void {
    open.push({ input: new TabInputText(uri) });
  },

  /** What `vscode.diff` is given. */
  openDiff([original, modified]: readonly unknown[]): void {
    if (original instanceof Uri && modified instanceof Uri) {
      open.push({ input: new TabInputTextDiff(original, modified) });
    }
  },

  async close(closed: readonly Tab[]): Promise<boolean> {
    const kept = open.filter((tab) => !closed.includes(tab));
    open.splice(0, Infinity, ...kept);
    changed.fire({ closed });
    return true;
  },

  reset(): void {
    open.length = 0;
  },
};
