import * as vscode from 'vscode';
import type { LocalServer, Services, Target } from '../../core/ports.js';
import type { OpenStorage, Storage } from '../../core/storage.js';
import type { MemberOutlooks } from '../../core/portal/memberOutlook.js';
import type { WorkerPortal } from '../../core/portal/workerPortal.js';
import type { Connection } from './connection.js';
import { untilAborted } from './abort.js';
import { credentialsGone, type Gone, serverGone } from './reviving.js';
import { SessionLink } from './sessionLink.js';

/** What the user chose, as it is remembered: where the local server is at is found out anew each time. */
export type ConnectionChoice = LocalChoice | AwsChoice;

export interface LocalChoice {
  readonly kind: 'local';
  /** Where buckets and objects are, where that is elsewhere. */
  readonly storage?: Storage;
}

export interface AwsChoice {
  readonly kind: 'aws';
  /** None: the credentials of the environment. */
  readonly profile?: string;
  readonly region: string;
}

export interface Connectors {
  /** Finds Local Ground Truth, or starts it. */
  startLocal(): Promise<LocalServer>;
  connect(target: Target): Promise<Services>;
  /** Tells Local Ground Truth of a storage elsewhere, and gives it the keys until it is disposed of. */
  openStorage(server: LocalServer, storage: Storage): Promise<OpenStorage & vscode.Disposable>;
  /** Asks the user to sign in to AWS again; resolves to whether `works` says that they have. */
  signIn(choice: AwsChoice, works: Works, signal: AbortSignal): Promise<boolean>;
  /** Tells when the files have changed that credentials come from. */
  watchCredentials(onChange: () => void): vscode.Disposable;
  openPortal(server: LocalServer): WorkerPortal;
  openMemberOutlooks(server: LocalServer): MemberOutlooks;
}

/** Whether the credentials are good, as they are now. */
export type Works = (signal: AbortSignal) => Promise<boolean>;

type Renew = (signal: AbortSignal) => Promise<boolean>;

interface AwsSession {
  readonly services: Services;
}

interface LocalSession extends AwsSession {
  readonly server: LocalServer;
  readonly storage: OpenStorage | undefined;
}

/** What was chosen, and what is behind it. */
type Current =
  | {
      readonly kind: 'local';
      readonly choice: LocalChoice;
      readonly link: SessionLink<LocalSession>;
      /** Where somebody can sign in to get other keys for the storage. */
      readonly renew: Renew | undefined;
    }
  | {
      readonly kind: 'aws';
      readonly choice: AwsChoice;
      readonly link: SessionLink<AwsSession>;
      readonly works: Works;
    };

const memoryKey = 'connection';

/**
 * The workspace remembers the choice. A new choice replaces the services as a whole, so none is left half old: who asked
 * before it was made goes on where they were.
 */
export class SwitchableConnection implements Connection {
  readonly #connectors: Connectors;
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #recovered = new vscode.EventEmitter<void>();
  readonly onDidRecover = this.#recovered.event;
  readonly #opened = new vscode.EventEmitter<void>();
  /** A session on AWS has proved good: what only the other end knows can be asked for without connecting for it alone. */
  readonly onDidOpen = this.#opened.event;
  #current: Current;
  #watching: vscode.Disposable | undefined;
  #isDisposed = false;

  constructor(connectors: Connectors, memory: vscode.Memento) {
    this.#connectors = connectors;
    this.#memory = memory;
    this.#current = this.#make(memory.get<ConnectionChoice>(memoryKey, { kind: 'local' }));
    this.#announce();
  }

  get kind(): Target['kind'] {
    return this.choice.kind;
  }

  get choice(): ConnectionChoice {
    return this.#current.choice;
  }

  /** When the last call succeeded, in milliseconds since 1970; 0 before the first. */
  get workedAt(): number {
    return this.#current.link.workedAt;
  }

  async target(signal: AbortSignal): Promise<Target> {
    const current = this.#usable();
    if (current.kind === 'aws') {
      return current.choice;
    }
    // Looks whether it is alive, so that its address is right.
    const server = await untilAborted(this.#connectors.startLocal(), signal);
    if (current.choice.storage === undefined) {
      return { kind: 'local', server };
    }
    const { storage } = await untilAborted(current.link.open(), signal);
    return { kind: 'local', server, ...(storage && { storage }) };
  }

  async services(): Promise<Services> {
    const { link } = this.#usable();
    await link.open();
    return link.services;
  }

  async portal(signal: AbortSignal): Promise<WorkerPortal> {
    return this.#ofLocal(signal, (server) => this.#connectors.openPortal(server));
  }

  async memberOutlooks(signal: AbortSignal): Promise<MemberOutlooks> {
    return this.#ofLocal(signal, (server) => this.#connectors.openMemberOutlooks(server));
  }

  /** Also to what is chosen already, which connects anew. */
  async switchTo(choice: ConnectionChoice): Promise<void> {
    this.#usable().link.release();
    this.#current = this.#make(choice);
    this.#announce();
    this.#changed.fire();
    await this.#memory.update(memoryKey, choice);
  }

  /** Where the user wants to: resolves to whether the credentials are good now. */
  async signIn(signal: AbortSignal): Promise<boolean> {
    const current = this.#usable();
    const isSignedIn = await (current.kind === 'local'
      ? (current.renew?.(signal) ?? true)
      : this.#connectors.signIn(current.choice, current.works, signal));
    if (isSignedIn) {
      current.link.outdate();
      this.#recovered.fire();
    }
    return isSignedIn;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#watching?.dispose();
    this.#current.link.release();
    this.#opened.dispose();
    this.#changed.dispose();
    this.#recovered.dispose();
  }

  #usable(): Current {
    if (this.#isDisposed) {
      throw new vscode.CancellationError(); // The window is closing: nothing is to be started for it any more.
    }
    return this.#current;
  }

  async #ofLocal<Port extends object>(signal: AbortSignal, open: (server: LocalServer) => Port): Promise<Port> {
    const current = this.#usable();
    if (current.kind === 'aws') {
      throw new Error('The labeling portal of AWS is a page for the browser');
    }
    await untilAborted(current.link.open(), signal);
    return current.link.port(({ server }) => open(server));
  }

  #announce(): void {
    void vscode.commands.executeCommand('setContext', 'groundTruth.connection', this.kind);
  }

  #make(choice: ConnectionChoice): Current {
    const connectors = this.#connectors;
    const onRecovered = () => this.#recovered.fire();
    this.#watching?.dispose();
    this.#watching = undefined;
    switch (choice.kind) {
      case 'local': {
        const open = () => openLocal(connectors, choice);
        const renew = renewalOf(connectors, choice);
        const link = new SessionLink({ connect: open, goneBy: localGone, onRecovered, ...(renew && { renew }) });
        if (renew) {
          this.#watching = connectors.watchCredentials(() => {
            link.outdate();
            this.#recovered.fire();
          });
        }
        return { kind: 'local', choice, link, renew };
      }
      case 'aws': {
        // What was asked for to see whether it works, such as a code that counts once, is not asked for again.
        let proven: Services | undefined;
        const works = async (signal: AbortSignal) => {
          const services = await connectors.connect(choice);
          let isGood = false;
          try {
            isGood = await worksWith(services, signal);
          } finally {
            (isGood ? proven : services)?.dispose();
          }
          proven = isGood ? services : proven;
          return isGood;
        };
        const open = async () => {
          const services = proven ?? (await connectors.connect(choice));
          proven = undefined;
          return { services };
        };
        const onWorking = () => this.#opened.fire();
        const renew = (signal: AbortSignal) => connectors.signIn(choice, works, signal);
        const link = new SessionLink({ connect: open, goneBy: credentialsGone, onRecovered, onWorking, renew });
        this.#watching = connectors.watchCredentials(() => {
          link.outdate();
          this.#recovered.fire(); // They may be another account's now.
        });
        return { kind: 'aws', choice, link, works };
      }
    }
  }
}

async function openLocal(connectors: Connectors, { storage: chosen }: LocalChoice): Promise<LocalSession> {
  const server = await connectors.startLocal();
  if (chosen === undefined) {
    return { server, storage: undefined, services: await connectors.connect({ kind: 'local', server }) };
  }
  const storage = await connectors.openStorage(server, chosen);
  try {
    const services = await connectors.connect({ kind: 'local', server, storage });
    const dispose = () => {
      storage.dispose();
      services.dispose();
    };
    return { server, storage, services: { ...services, dispose } };
  } catch (error) {
    storage.dispose();
    throw error;
  }
}

/** Keys that were entered are entered anew, by choosing the connection. */
function renewalOf(connectors: Connectors, choice: LocalChoice): Renew | undefined {
  const { storage } = choice;
  if (storage === undefined || storage.keys.kind === 'kept') {
    return undefined;
  }
  const profile = storage.keys.kind === 'profile' ? { profile: storage.keys.profile } : {};
  const works = async (signal: AbortSignal): Promise<boolean> => {
    const { services } = await openLocal(connectors, choice);
    try {
      await services.objects.listBuckets(signal);
      return true;
    } catch (error) {
      if (credentialsGone(error)) {
        return false;
      }
      throw error;
    } finally {
      services.dispose();
    }
  };
  return (signal) => connectors.signIn({ kind: 'aws', ...profile, region: storage.region }, works, signal);
}

function localGone(error: unknown): Gone | undefined {
  return serverGone(error) ?? credentialsGone(error); // The keys of a data folder that was made anew are others.
}

async function worksWith({ account }: Services, signal: AbortSignal): Promise<boolean> {
  try {
    await account.identity(signal);
    return true;
  } catch (error) {
    if (credentialsGone(error)) {
      return false;
    }
    throw error;
  }
}
