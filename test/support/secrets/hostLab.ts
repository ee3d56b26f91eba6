import { setTimeout as pause } from 'node:timers/promises';
import type { SecretStorage } from 'vscode';
import { WorkerDesk } from '../../../src/core/portal/workerDesk.js';
import type { Services, Target } from '../../../src/core/ports.js';
import { renderTemplate } from '../../../src/core/templates/renderTemplate.js';
import type { Deps } from '../../../src/host/commands/deps.js';
import { httpWorkerPortal } from '../../../src/node/httpWorkerPortal.js';
import { Outbox } from '../../../src/node/outbox.js';
import { connectionTo, type FakeConnection } from '../hostConnection.js';
import type { FaultyTestServer } from '../localServer.js';
import { MemoryJournal } from '../memoryJournal.js';
import { MemoryMemento } from '../memoryMemento.js';
import { user } from '../vscodeModule.js';
import { channelInto, type Writings } from './writings.js';

interface HostLabOptions {
  readonly server: FaultyTestServer;
  readonly services: Services;
  readonly target: Target;
  readonly writings: Writings;
}

/** The extension's side of the lab, with all that it writes noted; `fakeVscode` must have been called. */
export async function openHostLab(options: HostLabOptions) {
  const { server, services, target, writings } = options;
  const { Notifier } = await import('../../../src/host/support/notifier.js');
  const { Ledger } = await import('../../../src/host/support/ledger.js');
  const { noticeFor } = await import('../../../src/host/support/notices.js');
  const { deskPorts } = await import('../../../src/host/panels/deskPorts.js');
  const { WorkerChoice } = await import('../../../src/host/panels/workerChoice.js');
  const { copyLabelingJob } = await import('../../../src/host/commands/copyLabelingJob.js');
  const { copyPortalLink } = await import('../../../src/host/commands/portalLink.js');
  const { copyCliSetup } = await import('../../../src/host/commands/copyCliSetup.js');
  const { ShownQuestions } = await import('../../../src/host/support/shownQuestions.js');
  const { createBucket } = await import('../../../src/host/commands/createBucket.js');

  user.reset();
  const log = channelInto(writings);
  const notifier = new Notifier(log);
  const [workspaceState, globalState] = [new MemoryMemento(), new MemoryMemento()];
  const journal = new MemoryJournal();
  const secretStorage = new Map<string, string>();
  const outbox = new Outbox(server.dataFolder, () => undefined);
  const connection: FakeConnection = {
    ...connectionTo(services),
    kind: target.kind,
    target: async () => target,
    portal: async () => httpWorkerPortal(server.portal),
  };
  const tree = { refresh: () => undefined, refreshFolder: () => undefined };
  const deps = {
    connection,
    ledger: new Ledger(
      connection,
      { journal, earlier: globalState },
      { tags: { 'made-by': 'the test' }, onUntagged: (action) => log.info(action) },
    ),
    memory: workspaceState,
    questions: new ShownQuestions(),
    log,
    buckets: tree,
    labelingJobs: tree,
    privateTeams: tree,
  } as unknown as Deps;

  return {
    /** What VS Code keeps in the system's key store. */
    secretStorage,
    get copied(): string {
      return user.clipboard;
    },
    get remembered(): readonly string[] {
      return [...journal.changes.keys()];
    },

    /** As a command does it: what fails is logged and told. */
    async attempt(what: string, run: () => Promise<unknown>): Promise<void> {
      await notifier.reporting(async () => {
        try {
          await run();
        } catch (error) {
          writings.noteError(what, error);
          writings.note(`${what} (notice)`, noticeFor(error));
          throw error;
        }
      })();
    },

    /** At the labeling panel: the passwords one after the other, then the new ones. */
    async signIn(email: string, passwords: readonly string[], newPasswords: readonly string[]): Promise<void> {
      const labelingDeps = {
        connection,
        invitations: outbox,
        memory: workspaceState,
        secrets: secretsInto(secretStorage),
        log,
        renderTemplate: async (template: string, input: Parameters<typeof renderTemplate>[1]) =>
          renderTemplate(template, input),
      };
      const desk = new WorkerDesk({
        ...deskPorts(labelingDeps, new WorkerChoice(connection, workspaceState)),
        onConnection: () => undefined,
        onSignedOut: () => undefined,
        wait: async (ms, until) => pause(ms, undefined, { signal: until }),
      });
      const { signal } = new AbortController();
      await desk.sit(email, undefined);
      for (const password of passwords) {
        writings.note('labeling page', await desk.signIn(email, password, signal));
      }
      for (const password of newPasswords) {
        writings.note('labeling page', await desk.setNewPassword(password, signal));
      }
    },

    /** Whoever asks for the keys of Local Ground Truth gets them; of AWS they get the profile's name. */
    async runCommands(): Promise<void> {
      user.answers = ({ text, choices, value }) => (text === 'Create Bucket' ? value : choices[0]);
      await copyCliSetup(deps)();
      writings.note('clipboard', user.clipboard);
      await copyPortalLink(deps)();
      writings.note('clipboard', user.clipboard);
      const { signal } = new AbortController();
      const [job] = await services.labelingJobs.list(signal);
      for (const language of ['AWS CLI', 'boto3', 'Terraform']) {
        user.answers = () => language;
        await copyLabelingJob(deps)(job && { kind: 'labelingJob', job });
        writings.note('clipboard', user.clipboard);
      }
      const copied = user.clipboard;
      user.answers = ({ value }) => value ?? 'us-east-1';
      await createBucket(deps)();
      user.clipboard = copied;
      for (const team of await services.privateTeams.list(signal)) {
        writings.note('URI of the portal', team.portalUrl);
      }
    },

    /** What there is at the end. */
    noteAll(): void {
      writings.note('messages', user.asked);
      writings.note('commands', user.ran);
      writings.note('documents', user.documents);
      writings.note('settings', [...user.settings]);
      writings.note('ledger', [...journal.changes]);
      for (const [where, memento] of Object.entries({ workspaceState, globalState })) {
        writings.note(where, Object.fromEntries(memento.keys().map((key) => [key, memento.get<unknown>(key)])));
      }
    },
  };
}

export type HostLab = Awaited<ReturnType<typeof openHostLab>>;

export function secretsInto(stored: Map<string, string>): SecretStorage {
  const storage = {
    get: async (key: string) => stored.get(key),
    store: async (key: string, value: string) => void stored.set(key, value),
    delete: async (key: string) => void stored.delete(key),
  };
  return storage as unknown as SecretStorage;
}
