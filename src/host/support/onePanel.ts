import * as vscode from 'vscode';
import { type Contract, type Handlers, type Host, serve } from '../../protocol/channel.js';
import type { Page } from './pageDocument.js';
import { pageHtml, pageOptions, webviewPort } from './webview.js';

export interface OnePanelOptions<C extends Contract> {
  readonly extension: vscode.Uri;
  readonly viewType: string;
  readonly page: Page;
  readonly title: string;
  /** What the page may ask for. */
  handlers(): Handlers<C>;
  /** The window was reloaded with the panel open: it is there again. */
  onRestored?(): Promise<void>;
}

/** A page of which there is one at a time. VS Code may throw it away when it is hidden; what it shows lives elsewhere. */
export class OnePanel<C extends Contract> implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #options: OnePanelOptions<C>;
  #panel: vscode.WebviewPanel | undefined;
  #host: Host<C> | undefined;

  constructor(options: OnePanelOptions<C>) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /** Tells the page, if there is one; one that is hidden asks by itself when it is shown. */
  emit<E extends keyof C['events'] & string>(event: E, data: C['events'][E]): void {
    this.#host?.emit(event, data);
  }

  /** In front, opened if need be. */
  show(): void {
    const { viewType, title } = this.#options;
    if (this.#panel) {
      this.#panel.reveal();
    } else {
      void closeUnrestored(viewType);
      this.#adopt(vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active));
    }
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.close();
    this.#adopt(panel); // First: whatever goes wrong after it is told by a page, and not by an empty tab.
    await this.#options.onRestored?.();
  }

  /** The script that makes worker elements of a task's frame. */
  async crowdBundle(): Promise<string> {
    const file = vscode.Uri.joinPath(this.#options.extension, 'dist', 'webview', 'crowd.js');
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  }

  close(): void {
    this.#panel?.dispose();
  }

  dispose(): void {
    this.close();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const { extension, page } = this.#options;
    const { webview } = panel;
    const media = (name: string) => vscode.Uri.joinPath(extension, 'media', name);
    panel.iconPath = { light: media('job-light.svg'), dark: media('job-dark.svg') };
    webview.options = pageOptions(extension);
    const host = serve<C>(webviewPort(webview), this.#options.handlers());
    panel.onDidDispose(() => {
      host.dispose();
      if (this.#panel === panel) {
        this.#panel = undefined;
        this.#host = undefined;
      }
    });
    this.#panel = panel;
    this.#host = host;
    webview.html = pageHtml(webview, extension, page);
  }
}

/** VS Code restores a tab of an earlier window only when it is looked at; until then it is a tab and no panel. */
async function closeUnrestored(viewType: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const unrestored = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(`-${viewType}`),
  );
  await vscode.window.tabGroups.close(unrestored);
}
