import * as vscode from 'vscode';
import { setTimeout as pause } from 'node:timers/promises';
import type { LabelingJob, PrivateTeam } from '../../core/ports.js';
import { WorkerDesk } from '../../core/portal/workerDesk.js';
import type { Handlers } from '../../protocol/channel.js';
import { labelingHandlers } from '../../protocol/labelingHandlers.js';
import type { LabelingPage } from '../../protocol/labelingPage.js';
import { commandLink } from '../commands/signatures.js';
import { chooseInvitation } from '../commands/showInvitations.js';
import { OnePanel } from '../support/onePanel.js';
import { manageTrust } from '../support/trust.js';
import { worded } from '../support/wordedHandlers.js';
import { deskPorts, type LabelingDeps } from './deskPorts.js';
import type { ChosenWorker, LabelingPanels } from './labelingPanels.js';
import { WorkerChoice } from './workerChoice.js';

/** The one panel in which the user is a worker: the portal's list of jobs, and the tasks. The desk outlives its page. */
export class LabelingPanel implements LabelingPanels, vscode.Disposable {
  readonly #deps: LabelingDeps;
  readonly #workers: WorkerChoice;
  readonly #desk: WorkerDesk;
  readonly #panel: OnePanel<LabelingPage>;
  readonly #subscriptions: vscode.Disposable;

  constructor(extension: vscode.Uri, deps: LabelingDeps) {
    this.#deps = deps;
    this.#workers = new WorkerChoice(deps.connection, deps.memory);
    this.#desk = new WorkerDesk({
      ...deskPorts(deps, this.#workers),
      onConnection: (state) => this.#panel.emit('connection.changed', state),
      onSignedOut: () => this.#refresh(),
      wait: async (ms, signal) => pause(ms, undefined, { signal }),
    });
    this.#panel = new OnePanel({
      extension,
      viewType: 'groundTruth.labeling',
      page: 'labeling',
      title: vscode.l10n.t('Labeling'),
      handlers: () => this.#handlers(),
      onRestored: () => this.#comeBack(),
    });
    this.#subscriptions = vscode.Disposable.from(
      this.#panel,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#refresh()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('groundTruth.labeling')) {
          this.#refresh();
        }
      }),
      deps.connection.onDidChange(() => this.#panel.close()),
    );
  }

  async openPortal(team: PrivateTeam | undefined): Promise<void> {
    await this.#sitDown(await this.#workers.choose(team?.arn), undefined);
  }

  async openPortalAs(email: string): Promise<void> {
    await this.#sitDown(email, undefined);
  }

  async startLabeling(job: LabelingJob): Promise<void> {
    await this.#sitDown(await this.#workers.choose(job.workteamArn), job.name);
  }

  async chooseWorker(): Promise<ChosenWorker | undefined> {
    const worker = await this.#workers.choose(undefined, { asksAlways: true });
    if (worker === undefined) {
      return undefined;
    }
    const isShown = this.#panel.isOpen;
    if (isShown) {
      await this.#sitDown(worker, undefined);
    }
    return { email: worker, isShown };
  }

  /** Takes over the panel that a reloaded window restores. */
  get serializer(): vscode.WebviewPanelSerializer {
    return this.#panel;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** To where the worker was before the window was reloaded. */
  async #comeBack(): Promise<void> {
    if (this.#workers.remembered !== '') {
      await this.#desk.sit(this.#workers.remembered, undefined);
      this.#refresh();
    }
  }

  async #sitDown(worker: string | undefined, labelingJobName: string | undefined): Promise<void> {
    if (worker === undefined) {
      return;
    }
    await this.#workers.remember(worker);
    await this.#desk.sit(worker, labelingJobName);
    const wasOpen = this.#panel.isOpen;
    this.#panel.show();
    if (wasOpen) {
      this.#refresh();
    }
  }

  #handlers(): Handlers<LabelingPage> {
    const handlers = labelingHandlers(this.#desk, {
      bundle: () => this.#panel.crowdBundle(),
      openLink: (url) => openLink(url),
      showOutput: () => this.#showOutput(),
      manageTrust,
      chooseInvitation: () => this.#chooseInvitation(),
    });
    return worded(handlers, {
      isForPage: ({ code }) => code.startsWith('portal.'),
      log: (error) => this.#deps.log.error(error),
    });
  }

  /** Tells the page where the worker is now; one that is hidden asks by itself when it is shown. */
  #refresh(): void {
    this.#desk.view(new AbortController().signal).then(
      (view) => this.#panel.emit('view.changed', view),
      (error: unknown) => this.#deps.log.error(error instanceof Error ? error : String(error)),
    );
  }

  async #chooseInvitation(): Promise<string | undefined> {
    const invitation = await chooseInvitation(this.#deps.invitations);
    if (invitation) {
      await this.#workers.remember(invitation.email);
    }
    return invitation?.email;
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
