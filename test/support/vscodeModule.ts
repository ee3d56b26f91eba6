// What host code finds as `vscode` outside VS Code: as much of it as the tests need, over one imagined user.
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { Disposable, EventEmitter, FileSystemError, FileType, QuickPickItemKind, Uri } from './vscodeClasses.js';
import { tabGroups } from './vscodeTabs.js';

export * from './vscodeClasses.js';
export { TabInputText, TabInputTextDiff } from './vscodeTabs.js'; // Host code finds all of them in the one module.

interface Question {
  readonly text: string;
  /** The titles of buttons, or the labels of choices. */
  readonly choices: readonly string[];
  /** What a text is asked for as, under its box. */
  readonly prompt?: string;
  /** What is filled in already. */
  readonly value?: string;
  /** The smaller text of a modal question. */
  readonly detail?: string;
  /** What is wrong with a text, as it is typed. */
  readonly validate?: (text: string) => string | undefined;
  /** What is told of a text that may be given all the same. */
  readonly note?: (text: string) => string | undefined;
}

/** Who sits in front of the window. */
class User {
  /** Each message and question, in order. */
  readonly asked: Question[] = [];
  readonly ran: { readonly command: string; readonly args: readonly unknown[] }[] = [];
  clipboard = '';
  /** The addresses that were opened in the browser. */
  readonly browsed: string[] = [];
  /** The texts of the documents that were opened for them. */
  readonly documents: string[] = [];
  /** The files that were opened for them, by path. */
  readonly opened: string[] = [];
  /** The choice that is taken, or the text that is typed; `undefined` closes what was asked. */
  answers: (question: Question) => string | undefined = () => undefined;
  /** What is set, by the name under `groundTruth`; all else has its default. */
  readonly settings = new Map<string, unknown>();

  /** As on the first day. */
  reset(): void {
    this.asked.length = 0;
    this.ran.length = 0;
    this.clipboard = '';
    this.browsed.length = 0;
    this.documents.length = 0;
    this.opened.length = 0;
    this.answers = () => undefined;
    this.settings.clear();
    tabGroups.reset();
  }

  /** The context keys that were set, as the walkthrough waits for them. */
  get ticked(): readonly unknown[] {
    return this.ran.flatMap(({ command, args: [key] }) => (command === 'setContext' ? [key] : []));
  }

  ask(question: Question): string | undefined {
    this.asked.push(question);
    return this.answers(question);
  }
}

export const user = new User();

export const l10n = {
  t: (text: string, ...args: readonly unknown[]) =>
    text.replaceAll(/\{(\d+)\}/gu, (_, index: string) => String(args[Number(index)])),
};

const message = async (text: string, ...items: readonly unknown[]) => {
  const [detail] = items.flatMap((item) => (isModal(item) ? [item.detail] : []));
  const choices = items.filter((item) => typeof item === 'string');
  return user.ask({ text, choices, ...(detail !== undefined && { detail }) });
};

function isModal(item: unknown): item is { readonly detail: string } {
  return typeof item === 'object' && item !== null && 'detail' in item;
}

interface Item {
  readonly label: string;
  readonly kind?: number;
}

interface InputBox {
  readonly title: string;
  readonly prompt: string;
  readonly value: string;
  readonly validateInput: (text: string) => string | { readonly message: string } | undefined;
}

interface Tree {
  getChildren(): unknown;
  getTreeItem(row: unknown): unknown;
}

/** The tree views that were made, each with what its user does to it. */
export const openedViews: {
  readonly tree: Tree;
  readonly expanded: EventEmitter<{ readonly element: unknown }>;
  readonly collapsed: EventEmitter<{ readonly element: unknown }>;
}[] = [];

/** What the status bar shows, item by item. */
export const statusBarItems: Record<string, unknown>[] = [];

export const InputBoxValidationSeverity = { Warning: 2 };

export const ViewColumn = { Beside: -2 };

export const StatusBarAlignment = { Left: 1, Right: 2 };

export const window = {
  tabGroups,
  createStatusBarItem() {
    const item = { show: () => undefined, dispose: () => undefined };
    statusBarItems.push(item);
    return item;
  },
  createTreeView(_id: string, { treeDataProvider: tree }: { readonly treeDataProvider: Tree }) {
    const view = {
      tree,
      expanded: new EventEmitter<{ readonly element: unknown }>(),
      collapsed: new EventEmitter<{ readonly element: unknown }>(),
    };
    openedViews.push(view);
    return { onDidExpandElement: view.expanded.event, onDidCollapseElement: view.collapsed.event };
  },
  showInformationMessage: message,
  showWarningMessage: message,
  showErrorMessage: message,
  async showQuickPick(items: readonly Item[], options: { readonly title: string; readonly canPickMany?: boolean }) {
    const labels = items.filter(({ kind }) => kind !== QuickPickItemKind.Separator).map(({ label }) => label);
    const answer = user.ask({ text: options.title, choices: labels });
    return options.canPickMany === true
      ? answer && items.filter(({ label }) => answer.split('\n').includes(label))
      : items.find(({ label }) => label === answer);
  },
  showOpenDialog: async ({ title }: { readonly title: string }) => {
    const path = user.ask({ text: title, choices: [] });
    return path === undefined ? undefined : [Uri.file(path)];
  },
  async showTextDocument(shown: Uri | { readonly uri?: Uri }) {
    if (shown instanceof Uri) {
      user.opened.push(shown.path);
    } else if (shown.uri) {
      tabGroups.openText(shown.uri);
    }
  },
  showSaveDialog: async ({ title, defaultUri }: { readonly title: string; readonly defaultUri?: Uri }) => {
    const path = user.ask({ text: title, choices: [], ...(defaultUri && { value: defaultUri.path }) });
    return path === undefined ? undefined : Uri.file(path);
  },
  showInputBox: async ({ title, prompt, value, validateInput }: InputBox) => {
    const said = (text: string) => validateInput(text);
    const validate = (text: string) => {
      const problem = said(text);
      return typeof problem === 'string' ? problem : undefined;
    };
    const note = (text: string) => {
      const told = said(text);
      return typeof told === 'object' ? told.message : undefined;
    };
    return user.ask({ text: title, choices: [], prompt, value, validate, note });
  },
  withProgress: async (_: unknown, work: (progress: unknown, token: unknown) => unknown) =>
    work({ report: () => undefined }, { onCancellationRequested: () => new Disposable(() => undefined) }),
};

export const commands = {
  async executeCommand(command: string, ...args: readonly unknown[]) {
    user.ran.push({ command, args });
    if (command === 'vscode.diff') {
      tabGroups.openDiff(args);
    }
    return handlers.get(command)?.(...args);
  },
  registerCommand(command: string, run: (...args: readonly unknown[]) => unknown) {
    handlers.set(command, run);
    return new Disposable(() => handlers.delete(command));
  },
};

const handlers = new Map<string, (...args: readonly unknown[]) => unknown>();

export class ShellExecution {
  readonly command: string;
  readonly args: readonly (string | { readonly value: string })[];

  constructor(command: string, args: readonly (string | { readonly value: string })[]) {
    this.command = command;
    this.args = args;
  }

  toString(): string {
    return [this.command, ...this.args.map((arg) => (typeof arg === 'string' ? arg : `'${arg.value}'`))].join(' ');
  }
}

export class Task {
  readonly execution: ShellExecution;

  constructor(_definition: unknown, _scope: unknown, _name: string, _source: string, execution: ShellExecution) {
    this.execution = execution;
  }
}

export const ShellQuoting = { Escape: 1, Strong: 2, Weak: 3 };
export const TaskScope = { Global: 1, Workspace: 2 };
export const TaskRevealKind = { Always: 1, Silent: 2, Never: 3 };

export const tasks = {
  executeTask: async ({ execution }: Task) => void user.ran.push({ command: execution.toString(), args: [] }),
};

export const env = {
  clipboard: {
    async writeText(text: string) {
      user.clipboard = text;
    },
  },
  async openExternal(uri: Uri) {
    user.browsed.push(uri.toString());
    return true;
  },
};

function toFileStat(found: { isDirectory(): boolean }) {
  return { type: found.isDirectory() ? FileType.Directory : FileType.File };
}

/** Who has the text of documents that are nowhere else, by scheme. */
export const contentProviders = new Map<string, { provideTextDocumentContent(uri: Uri): string }>();

async function provided(uri: Uri): Promise<string> {
  const provider = contentProviders.get(uri.scheme);
  if (provider === undefined) {
    throw new Error(`Nobody provides "${uri.toString()}"`);
  }
  return provider.provideTextDocumentContent(uri);
}

export const workspace = {
  registerTextDocumentContentProvider(scheme: string, provider: { provideTextDocumentContent(uri: Uri): string }) {
    contentProviders.set(scheme, provider);
    return new Disposable(() => contentProviders.delete(scheme));
  },
  getConfiguration: () => ({ get: (name: string, otherwise: unknown) => user.settings.get(name) ?? otherwise }),
  workspaceFolders: [],
  openTextDocument: async (what: { readonly content: string } | Uri) => {
    user.documents.push(what instanceof Uri ? await provided(what) : what.content);
    return what instanceof Uri ? { uri: what } : {};
  },
  fs: {
    async stat({ path }: Uri) {
      const found = await stat(path);
      return { ...toFileStat(found), mtime: found.mtimeMs, size: found.size };
    },
    readFile: async ({ path }: Uri) => readFile(path),
    writeFile: async ({ path }: Uri, bytes: Uint8Array) => writeFile(path, bytes),
    createDirectory: async ({ path }: Uri) => void (await mkdir(path, { recursive: true })),
    rename: async ({ path }: Uri, { path: to }: Uri) => rename(path, to),
    delete: async ({ path }: Uri) => rm(path),
    async readDirectory(uri: Uri) {
      const entries = await readdir(uri.path, { withFileTypes: true }).catch((error: unknown) => {
        throw error instanceof Error && 'code' in error && error.code === 'ENOENT'
          ? FileSystemError.FileNotFound(uri)
          : error;
      });
      return entries.map((entry) => [entry.name, toFileStat(entry).type]);
    },
  },
  isTrusted: true,
};
