// What an extension host does for one command, in a process of its own that can be killed: the command itself, the
// ledger and the adapters are the real ones; the window, and what VS Code keeps for an extension, are imagined.
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { type AwsClient, createAwsServices } from '../../../src/aws/services.js';
import { labTags } from '../../../src/core/lab/labTags.js';
import type { Deps } from '../../../src/host/commands/deps.js';
import { createBucket } from '../../../src/host/commands/createBucket.js';
import { createPrivateTeam } from '../../../src/host/commands/createPrivateTeam.js';
import { deleteLabResources } from '../../../src/host/commands/deleteLabResources.js';
import { jobSetupHandlers, type JobSetupDeps } from '../../../src/host/panels/jobSetupHandlers.js';
import { Ledger } from '../../../src/host/support/ledger.js';
import { LedgerFiles } from '../../../src/node/ledgerFiles.js';
import { hasten } from '../faults/hasten.js';
import { connectionTo } from '../hostConnection.js';
import { labDraft } from '../jobDrafts.js';
import { MemoryMemento } from '../memoryMemento.js';
import { aroundRequests } from '../requests/aroundRequests.js';
import { user } from '../vscodeModule.js';
import type { HostOrder, HostReport } from './hostOrder.js';

const { signal } = new AbortController();
const order = JSON.parse(process.argv[2] ?? '') as HostOrder;
const { server, ledgerFolder, command, bucket, dies } = order;

const changes: string[] = [];

function count(client: AwsClient): void {
  hasten(client);
  aroundRequests(client, async ({ operation }, send) => {
    if (/^(?:Get|List|Describe|Head)/u.test(operation)) {
      return send();
    }
    changes.push(operation);
    await dieAt('before');
    const reply = await send();
    await dieAt('after');
    return reply;
  });
}

/** Before a change is asked for, or when its reply has come and nobody has heard of it. */
async function dieAt(when: 'before' | 'after'): Promise<void> {
  if (dies?.when === when && dies.change === changes.length) {
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  }
}

async function shortly(_: number, until: AbortSignal): Promise<void> {
  await setImmediate();
  until.throwIfAborted();
}

const services = createAwsServices({ kind: 'local', server }, { onClient: count, wait: shortly });
const connection = { ...connectionTo(), target: async () => ({ kind: 'local', server }) as const };
const log: string[] = [];
const refresh = { refresh: () => undefined, refreshFolder: () => undefined, follow: () => undefined };
const untagged: string[] = [];
const deps = {
  connection: { ...connection, services: async () => services },
  ledger: new Ledger(
    { ...connection, services: async () => services },
    { journal: new LedgerFiles(ledgerFolder), earlier: new MemoryMemento() },
    { tags: labTags('test'), onUntagged: (action) => untagged.push(action) },
  ),
  memory: { keys: () => [], get: (_: string, otherwise?: unknown) => otherwise, update: async () => undefined },
  log: { error: (...texts: readonly unknown[]) => log.push(texts.map(String).join(' ')) },
  buckets: refresh,
  labelingJobs: refresh,
  privateTeams: refresh,
} as unknown as Deps;

const commands: { readonly [Command in HostOrder['command']]: () => Promise<void> } = {
  createBucket: createBucket(deps),
  createPrivateTeam: createPrivateTeam(deps),
  createLabelingJob: async () => {
    const draft = {
      ...labDraft,
      inputBucket: bucket,
      inputFolder: 'pictures/',
      outputPath: `s3://${bucket}/output/`,
      roleArn: '',
      teamArn: `arn:aws:sagemaker:us-east-1:${server.accountId}:workteam/private-crowd/labeling-team`,
      goodExample: { picture: '', description: '' },
    };
    const page = { open: () => draft, keep: async () => undefined, emit: () => undefined, bundle: async () => '' };
    const result = await jobSetupHandlers(deps as unknown as JobSetupDeps, page)['job.create'](draft, signal);
    user.ask({ text: JSON.stringify(result), choices: [] });
  },
  deleteLabResources: deleteLabResources(deps),
};

const teamAnswers = ['labeling-team', 'ana@example.com', 'Example', 'boss@example.com'];
user.answers = ({ text, choices, validate = () => undefined }) => {
  const [, step] = /^Create Private Team \((\d)\/4\)$/u.exec(text) ?? [];
  if (step !== undefined) {
    return teamAnswers[Number(step) - 1];
  }
  if (text === 'Create Bucket') {
    const refusal = validate(bucket);
    return refusal === undefined ? bucket : void process.stderr.write(refusal);
  }
  if (text.startsWith('Delete Lab Resources')) {
    return choices.filter((label) => !label.startsWith('$(edit)')).join('\n');
  }
  return ['Delete', 'Stop'].find((button) => choices.includes(button));
};

async function report(): Promise<void> {
  await commands[command]();
  services.dispose();
  const done: HostReport = { changes, told: user.asked.map(({ text }) => text), log, untagged };
  process.stdout.write(JSON.stringify(done));
}

report().catch((error: unknown) => {
  process.stderr.write(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
