import * as vscode from 'vscode';
import type { LocalServer, Services, Target } from '../../core/ports.js';
import type { WorkerPortal } from '../../core/portal/workerPortal.js';
import type { Connection } from './connection.js';
import { reviving } from './reviving.js';

/** What the user chose, as it is remembered: where the local server is at is found out anew each time. */
export type ConnectionChoice =
  { readonly kind: 'local' } | { readonly kind: 'aws'; readonly profile: string; readonly region: string };

export interface Connectors {
  /** Finds Local Ground Truth, or starts it. */
  startLocal(): Promise<LocalServer>;
  connect(target: Target): Promise<Services>;
  openPortal(server: LocalServer): WorkerPortal;
}

interface LocalSession {
  readonly server: LocalServer;
  readonly services: Services;
}

const memoryKey = 'connection';

/** The workspace remembers the choice. A new choice replaces the services as a whole, so none is left half old. */
export class SwitchableConnection implements Connection {
  readonly #connectors: Connectors;
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #choice: ConnectionChoice;
  #local: Promise<LocalSession> | undefined;
  #aws: Promise<Services> | undefined;

  constructor(connectors: Connectors, memory: vscode.Memento) {
    this.#connectors = connectors;
    this.#memory = memory;
    this.#choice = memory.get<ConnectionChoice>(memoryKey, { kind: 'local' });
    this.#announce();
  }

  get kind(): Target['kind'] {
    return this.#choice.kind;
  }

  get choice(): ConnectionChoice {
    return this.#choice;
  }

  async target(signal: AbortSignal): Promise<Target> {
    if (this.#choice.kind === 'aws') {
      return this.#choice;
    }
    const server = await this.#connectors.startLocal(); // Looks whether it is alive, so that its address is right.
    signal.throwIfAborted();
    return { kind: 'local', server };
  }

  async services(): Promise<Services> {
    if (this.#choice.kind === 'aws') {
      return (this.#aws ??= this.#connectors.connect(this.#choice));
    }
    await this.#localSession();
    return this.#revivingServices();
  }

  async portal(signal: AbortSignal): Promise<WorkerPortal> {
    if (this.#choice.kind === 'aws') {
      throw new Error('The labeling portal of AWS is a page for the browser');
    }
    await this.#localSession();
    signal.throwIfAborted();
    return this.#reviving(({ server }) => this.#connectors.openPortal(server));
  }

  async switchTo(choice: ConnectionChoice): Promise<void> {
    this.#release();
    this.#choice = choice;
    this.#announce();
    this.#changed.fire();
    await this.#memory.update(memoryKey, choice);
  }

  dispose(): void {
    this.#release();
    this.#changed.dispose();
  }

  #announce(): void {
    void vscode.commands.executeCommand('setContext', 'groundTruth.connection', this.#choice.kind);
  }

  #localSession(): Promise<LocalSession> {
    this.#local ??= this.#openLocal().catch((error: unknown) => {
      this.#local = undefined; // The next call tries again.
      throw error;
    });
    return this.#local;
  }

  async #openLocal(): Promise<LocalSession> {
    const server = await this.#connectors.startLocal();
    return { server, services: await this.#connectors.connect({ kind: 'local', server }) };
  }

  // Whoever finds the server gone first starts it again; the others, who failed at the same time, wait for that.
  async #revive(failed: LocalSession): Promise<void> {
    if ((await this.#localSession()) === failed) {
      this.#local = undefined;
      await this.#localSession();
      failed.services.dispose();
    }
  }

  #reviving<Port extends object>(pick: (session: LocalSession) => Port): Port {
    return reviving({
      open: () => this.#localSession(),
      pick,
      revive: (session) => this.#revive(session),
    });
  }

  #revivingServices(): Services {
    return {
      account: this.#reviving(({ services }) => services.account),
      objects: this.#reviving(({ services }) => services.objects),
      labelingJobs: this.#reviving(({ services }) => services.labelingJobs),
      privateTeams: this.#reviving(({ services }) => services.privateTeams),
      executionRoles: this.#reviving(({ services }) => services.executionRoles),
      dispose: () => undefined, // The connection owns what is behind them.
    };
  }

  #release(): void {
    const open = [this.#aws, this.#local?.then(({ services }) => services)];
    for (const services of open) {
      services?.then(
        (it) => it.dispose(),
        () => undefined, // They were never made, so there is nothing to close.
      );
    }
    this.#aws = undefined;
    this.#local = undefined;
  }
}
