import type { LocalServer, Services, Target } from '../../src/core/ports.js';
import type { Storage, StorageKeys } from '../../src/core/storage.js';
import type { MemberOutlooks } from '../../src/core/portal/memberOutlook.js';
import type { WorkerPortal } from '../../src/core/portal/workerPortal.js';
import type { Connectors } from '../../src/host/support/switchableConnection.js';
import { accountOf } from './accountOf.js';
import { servicesOver } from './services.js';

type Step = () => Promise<void>;

/** Local Ground Truth and AWS as a connection finds them. Each session has a number and is known by it. */
export class FakeConnectors implements Connectors {
  /** What happened, in order. */
  readonly events: string[] = [];
  /** What each start of the server, each session and each call goes through; without one, it works at once. */
  readonly starting: Step[] = [];
  readonly connecting: Step[] = [];
  readonly calling: Step[] = [];
  /** What the user does when asked to sign in. */
  readonly signingIn: (() => Promise<boolean>)[] = [];
  /** Tells that the files of credentials have changed. */
  changeCredentials: () => void = () => undefined;
  #sessions = 0;

  readonly startLocal = async (): Promise<LocalServer> => {
    this.events.push('start');
    await this.starting.shift()?.();
    return { ...localServer };
  };

  readonly connect = async (target: Target): Promise<Services> => {
    this.#sessions += 1;
    const name = `${target.kind === 'aws' ? `${target.profile} ${target.region}` : 'local'} ${this.#sessions}`;
    this.events.push(`open ${name}`);
    await this.connecting.shift()?.();
    const listBuckets = async () => {
      await this.calling.shift()?.();
      return [{ name }];
    };
    const account = accountOf('123456789012');
    const identity = async (signal: AbortSignal) => {
      await this.calling.shift()?.();
      return account.identity(signal);
    };
    return servicesOver({
      account: { ...account, identity },
      objects: { listBuckets } as unknown as Services['objects'],
      dispose: () => void this.events.push(`close ${name}`),
    });
  };

  readonly openStorage = async (_server: LocalServer, storage: Storage) => {
    const { region } = storage;
    this.events.push(`open storage ${region}`);
    return { storage, session: 'storage-1', keys, dispose: () => void this.events.push(`close storage ${region}`) };
  };

  readonly signIn = async (): Promise<boolean> => {
    this.events.push('sign in');
    return (await this.signingIn.shift()?.()) ?? false;
  };

  readonly watchCredentials = (onChange: () => void) => {
    this.changeCredentials = onChange;
    return { dispose: () => (this.changeCredentials = () => undefined) };
  };

  readonly openPortal = (): WorkerPortal => {
    const template = async () => {
      await this.calling.shift()?.();
      return { content: 'the template' };
    };
    return { template } as unknown as WorkerPortal;
  };

  readonly openMemberOutlooks = (): MemberOutlooks => {
    return { outlook: async () => Promise.reject(new Error('No member was ever looked at here.')) };
  };
}

async function keys(): Promise<StorageKeys> {
  return { accessKeyId: 'key', secretAccessKey: 'secret' };
}

/** A step that somebody else ends. */
export function held(): { readonly step: Step; readonly goOn: () => void; readonly fail: (error: Error) => void } {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { step: () => promise, goOn: resolve, fail: reject };
}

export function failing(error: Error): Step {
  return async () => {
    throw error;
  };
}

const localServer: LocalServer = {
  endpoint: 'http://127.0.0.1:1',
  region: 'us-east-1',
  accountId: '000000000000',
  accessKeyId: 'key',
  secretAccessKey: 'secret',
  portal: 'http://127.0.0.1:1/portal',
};
