import * as vscode from 'vscode';
import { setTimeout as pause } from 'node:timers/promises';
import type { LabelingJob, PrivateTeam } from '../../core/ports.js';
import { WorkerDesk } from '../../core/portal/workerDesk.js';
import { type Host, serve } from '../../protocol/channel.js';
import type { LabelingPage } from '../../protocol/labelingPage.js';
import { commandLink } from '../commands/signatures.js';
import { pageHtml, pageOptions, webviewPort } from '../support/webview.js';
import { deskPorts, type LabelingDeps } from './deskPorts.js';
import { labelingHandlers } from './labelingHandlers.js';
import type { LabelingPanels } from './labelingPanels.js';
import { worded } from './wordedHandlers.js';
import { WorkerChoice } from './workerChoice.js';

const viewType = 'groundTruth.labeling';

/**
 * The one panel in which the user is a worker: the portal's list of jobs, and the tasks. Its page can go at any time
 * (VS Code throws hidden ones away); the desk stays, and after a reload of the window its place is found again.
 */
export class LabelingPanel implements LabelingPanels, vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #deps: LabelingDeps;
  readonly #workers: WorkerChoice;
  readonly #desk: WorkerDesk;
  readonly #subscriptions: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #host: Host<LabelingPage> | undefined;

  constructor(extension: vscode.Uri, deps: LabelingDeps) {
    this.#extension = extension;
    this.#deps = deps;
    this.#workers = new WorkerChoice(deps.connection, deps.memory);
    this.#desk = new WorkerDesk({
      ...deskPorts(deps, this.#workers),
      onConnection: (state) => this.#host?.emit('connection.changed', state),
      onSignedOut: () => this.#refresh(),
      wait: async (ms, signal) => pause(ms, undefined, { signal }),
    });
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.registerWebviewPanelSerializer(viewType, this),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#refresh()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('groundTruth.labeling')) {
          this.#refresh();
        }
      }),
      deps.connection.onDidChange(() => this.#panel?.dispose()),
    );
  }

  async openPortal(team?: PrivateTeam): Promise<void> {
    await this.#sitDown(await this.#workers.choose(team?.arn), undefined);
  }

  async startLabeling(job: LabelingJob): Promise<void> {
    await this.#sitDown(await this.#workers.choose(job.workteamArn), job.name);
  }

  async chooseWorker(): Promise<void> {
    const worker = await this.#workers.choose(undefined, { asksAlways: true });
    if (worker !== undefined && this.#panel) {
      await this.#sitDown(worker, undefined);
    }
  }

  /** The window was reloaded with the panel open. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    if (this.#workers.remembered !== '') {
      await this.#desk.sit(this.#workers.remembered, undefined);
    }
    this.#adopt(panel);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#panel?.dispose();
  }

  async #sitDown(worker: string | undefined, labelingJobName: string | undefined): Promise<void> {
    if (worker === undefined) {
      return;
    }
    await this.#workers.remember(worker);
    await this.#desk.sit(worker, labelingJobName);
    if (this.#panel) {
      this.#panel.reveal();
      this.#refresh();
    } else {
      const title = vscode.l10n.t('Labeling');
      this.#adopt(vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active));
    }
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    const media = (name: string) => vscode.Uri.joinPath(this.#extension, 'media', name);
    panel.iconPath = { light: media('job-light.svg'), dark: media('job-dark.svg') };
    webview.options = pageOptions(this.#extension);
    const handlers = labelingHandlers(this.#desk, {
      bundle: () => this.#crowdBundle(),
      openLink: (url) => openLink(url),
      showOutput: () => this.#showOutput(),
      showInvitations: async () => vscode.commands.executeCommand('groundTruth.showInvitations'),
    });
    const host = serve<LabelingPage>(webviewPort(webview), worded(handlers, this.#deps.log));
    panel.onDidDispose(() => {
      host.dispose();
      if (this.#panel === panel) {
        this.#panel = undefined;
        this.#host = undefined;
      }
    });
    this.#panel = panel;
    this.#host = host;
    webview.html = pageHtml(webview, this.#extension, 'labeling');
  }

  /** Tells the page where the worker is now; one that is hidden asks by itself when it is shown. */
  #refresh(): void {
    const host = this.#host;
    this.#desk.view(new AbortController().signal).then(
      (view) => host?.emit('view.changed', view),
      (error: unknown) => this.#deps.log.error(error instanceof Error ? error : String(error)),
    );
  }

  async #crowdBundle(): Promise<string> {
    const file = vscode.Uri.joinPath(this.#extension, 'dist', 'webview', 'crowd.js');
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  }

  async #showOutput(): Promise<void> {
    const name = this.#desk.labelingJobName;
    const { labelingJobs } = await this.#deps.connection.services();
    const job = (await labelingJobs.list(new AbortController().signal)).find((each) => each.name === name);
    if (job) {
      const node = { kind: 'labelingJob', job } as const;
      const { command, arguments: args = [] } = commandLink('groundTruth.showOutputManifest', '', node);
      await vscode.commands.executeCommand(command, ...(args as unknown[]));
    }
  }
}

async function openLink(url: string): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(url, true)); // VS Code asks before it opens an unknown place.
}
