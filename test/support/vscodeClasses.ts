// What of `vscode` is the same without a user: values, events and errors. `vscodeModule.ts` has the rest.
import { posix } from 'node:path';

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => unknown>();
  readonly event = (listener: (value: T) => unknown) => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };

  fire(value: T): void {
    for (const listener of this.#listeners) {
      listener(value);
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class Disposable {
  readonly dispose: () => void;

  constructor(dispose: () => unknown) {
    this.dispose = () => void dispose();
  }

  static from(...items: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => items.forEach((item) => item.dispose()));
  }
}

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number | undefined;

  constructor(label: string, collapsibleState?: number) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon {
  static readonly File = new ThemeIcon('file');
  static readonly Folder = new ThemeIcon('folder');
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class MarkdownString {
  value = '';

  appendText(text: string): this {
    this.value += text;
    return this;
  }

  appendMarkdown(text: string): this {
    return this.appendText(text);
  }
}

type UriParts = Partial<Pick<Uri, 'scheme' | 'authority' | 'path' | 'fragment'>>;

export class Uri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly fragment: string;

  constructor({ scheme = 'file', authority = '', path = '', fragment = '' }: UriParts) {
    this.fragment = fragment;
    this.scheme = scheme;
    this.authority = authority;
    this.path = path;
  }

  static from(parts: UriParts): Uri {
    return new Uri(parts);
  }

  static file(path: string): Uri {
    const [, authority = '', rest = path] = /^\/\/([^/]+)(.*)$/u.exec(path) ?? [];
    return new Uri({ authority, path: rest });
  }

  static parse(text: string): Uri {
    const { protocol, host, pathname } = new URL(text);
    return new Uri({ scheme: protocol.slice(0, -1), authority: host, path: decodeURIComponent(pathname) });
  }

  static joinPath({ scheme, authority, path }: Uri, ...names: readonly string[]): Uri {
    return new Uri({ scheme, authority, path: posix.join(path, ...names) });
  }

  with(change: UriParts): Uri {
    return new Uri({ scheme: this.scheme, authority: this.authority, path: this.path, ...change });
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `${this.scheme}://${this.authority}${encodeURI(this.path)}`;
  }
}

export class CancellationError extends Error {}

export class FileSystemError extends Error {
  code = 'Unknown';

  static FileNotFound(uri: Uri): FileSystemError {
    return FileSystemError.#of('FileNotFound', uri.toString());
  }

  static Unavailable(text: string): FileSystemError {
    return FileSystemError.#of('Unavailable', text);
  }

  static #of(code: string, text: string): FileSystemError {
    return Object.assign(new FileSystemError(text), { code });
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
export const QuickPickItemKind = { Separator: -1, Default: 0 };
export const ProgressLocation = { Window: 10, Notification: 15 };
