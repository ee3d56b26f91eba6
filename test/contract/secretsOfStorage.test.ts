import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { examineAll, placeOf } from '../../src/core/doctor/examine.js';
import { reportJson, reportMarkdown, reportText } from '../../src/core/doctor/reportText.js';
import { subjectOf } from '../../src/core/doctor/look.js';
import type { LocalServer, Services, Target } from '../../src/core/ports.js';
import type { Storage, StorageKeys } from '../../src/core/storage.js';
import type { ConnectionChoice } from '../../src/host/support/switchableConnection.js';
import { httpStorages } from '../../src/node/httpStorages.js';
import { type KeptStorage, keepStorage } from '../../src/node/storageKeeper.js';
import type { FaultName } from '../../src/local/faults/faultRule.js';
import { FaultyLab } from '../support/faults/faultyLab.js';
import { fakeVscode } from '../support/fakeVscode.js';
import { hostDeps } from '../support/hostDeps.js';
import { type FaultyTestServer, makeDataFolder, startTestServer } from '../support/localServer.js';
import { type HostLab, openHostLab, secretsInto } from '../support/secrets/hostLab.js';
import { Secrets } from '../support/secrets/secrets.js';
import { Writings } from '../support/secrets/writings.js';
import { user } from '../support/vscodeModule.js';

const { signal } = new AbortController();
const keys = {
  accessKeyId: 'ASIAMARKEDKEYOFTHESTORE',
  secretAccessKey: 'Stored/Elsewhere+Secret=0f&Nobody"Else',
  sessionToken: 'MarkedTokenOfTheStore//4aWhile==',
};
const refusedKeys = {
  accessKeyId: 'ASIAREFUSEDBYTHESTORE',
  secretAccessKey: 'Refused/By+TheStore=And&Marked"Too',
  sessionToken: 'MarkedTokenThatIsRefused//Always==',
};
const misspelledKeys = { ...keys, secretAccessKey: refusedKeys.secretAccessKey };
const output = { bucket: 'faulty-lab-sagemaker', key: 'output/cat-dog/manifests/output/output.manifest' };
const faults: readonly FaultName[] = ['AccessDenied', 'ExpiredToken', 'InternalError', 'SlowDown', 'CutReply'];

// One story: each step stands on the one before, and the last looks at all that they wrote. The system's store of
// secrets is where the keys have to be; nothing else has them.
describe('the keys of a storage elsewhere', () => {
  const secrets = new Secrets();
  const writings = new Writings();
  const secretStorage = new Map<string, string>();
  let server: FaultyTestServer;
  let store: FaultyTestServer;
  let storage: Storage;
  let kept: KeptStorage;
  let target: Extract<Target, { readonly kind: 'local' }>;
  let lab: FaultyLab;
  let host: HostLab;

  before(async () => {
    fakeVscode();
    const storeFolder = await makeDataFolder();
    const { accessKeyId, secretAccessKey } = keys;
    const identity = { accountId: '210987654321', accessKeyId, secretAccessKey };
    await writeFile(join(storeFolder, 'identity.json'), JSON.stringify(identity), { mode: 0o600 });
    [server, store] = await Promise.all([startTestServer(), startTestServer({ dataFolder: storeFolder })]);
    for (const [whose, { accessKeyId: id, secretAccessKey: secret, sessionToken }] of Object.entries({
      right: keys,
      refused: refusedKeys,
    })) {
      secrets.add(`${whose} access key`, id);
      secrets.add(`${whose} secret key`, secret);
      secrets.add(`${whose} session token`, sessionToken);
    }
  });

  after(async () => {
    lab.dispose();
    kept.dispose();
    await Promise.all([server.stop(), store.stop()]);
  });

  it('are entered, and kept in the system’s store of secrets alone', async () => {
    storage = await enter(store, secretStorage);
    assert.deepEqual(storage.keys, { kind: 'kept' });
    writings.note('what the workspace remembers', storage);
    writings.note('messages', user.asked);
    const [[name, text] = ['', '']] = secretStorage;
    assert.deepEqual(secrets.foundIn(text), ['right access key', 'right secret key', 'right session token']);
    assert.deepEqual(secrets.foundIn(name), []);
  });

  it('are used: each step of the lab fails in each way, is told of, waits for right keys, and is done at last', async () => {
    kept = await keep(keptInStore);
    target = { kind: 'local', server, storage: kept };
    lab = new FaultyLab(server, { onClient: () => undefined }, { target });
    host = await openHostLab({ server, services: lab.services, target, writings });
    for (const [step, run] of Object.entries(lab.steps).filter(([name]) => name !== 'clean up')) {
      await beReadyFor(step);
      for (const fault of faults) {
        store.setFaults([{ service: 's3', operation: '*', fault }]);
        await host.attempt(`${step}, ${fault}`, run);
      }
      store.setFaults([]);
      await run();
    }
    assert.ok(writings.places.length > 30, 'failures were met');
  }).timeout(240_000);

  it('that the store refuses are told of', async () => {
    for (const wrong of [refusedKeys, misspelledKeys]) {
      const mistyped = await keep(async () => wrong);
      const other = new FaultyLab(server, { onClient: () => undefined }, { target: { ...target, storage: mistyped } });
      const before = writings.places.length;
      for (const step of ['list', 'upload 60 files', 'output', 'create bucket'] as const) {
        await host.attempt(
          `${step}, with ${wrong.accessKeyId === keys.accessKeyId ? 'a misspelled' : 'a refused'} key`,
          () => (other.steps[step] ?? assert.fail)(),
        );
      }
      assert.ok(writings.places.length > before);
      writings.note('standing of the storage', await standingOf(mistyped));
      other.dispose();
      mistyped.dispose();
    }
    await give(keys);
  }).timeout(120_000);

  it('that are damaged, or no longer there, are not repeated', async () => {
    const [name = ''] = secretStorage.keys();
    const { keptKeys } = await import('../../src/host/support/keptKeys.js');
    const damaged = new Map([[name, `{"secretAccessKey": ${keys.secretAccessKey}}`]]);
    for (const held of [damaged, new Map<string, string>()]) {
      await host.attempt('kept keys', () => keptKeys(secretsInto(held)).read(storage));
    }
    const told = writings.textsOf('kept keys', 'kept keys (notice)');
    assert.ok(told.length > 2);
    // A parser quotes a few letters of what it cannot read.
    assert.deepEqual(
      told.filter((text) => text.includes(keys.secretAccessKey.slice(0, 6))),
      [],
    );
  });

  it('stay out of what the doctor says, whatever it meets', async () => {
    for (const fault of [undefined, ...faults]) {
      const [job] = await lab.services.labelingJobs.list(signal);
      for (const look of [{ kind: 'account' }, { kind: 'job', name: job?.name ?? '' }] as const) {
        const subject = await subjectOf(look, lab.services, signal);
        store.setFaults(fault === undefined ? [] : [{ service: 's3', operation: '*', fault }]);
        const { report } = await examineAll({ services: lab.services, place: placeOf(target), subject }, signal);
        store.setFaults([]);
        for (const [form, written] of Object.entries({ reportJson, reportText, reportMarkdown })) {
          writings.note(`${form} of ${look.kind}, ${fault}`, written(report));
        }
      }
    }
  }).timeout(120_000);

  it('stay out of what commands copy, show and remember', async () => {
    await host.runCommands();
    assert.ok(host.remembered.length > 0, 'the ledger has what was made');
  });

  it('are nowhere else', async () => {
    await writings.noteFolder(server.dataFolder);
    writings.note('described', await lab.services.labelingJobs.describe('cat-dog', signal));
    await lab.steps['clean up']?.();
    await writings.noteFolder(server.dataFolder);
    writings.note('log of the server', server.log);
    host.noteAll();
    assert.deepEqual(writings.leaks(secrets), []);
    assert.ok(
      writings.places.some((where) => where.endsWith('.sqlite')),
      writings.places.join('\n'),
    );
  });

  /** Before its last picture is labeled, the server has keys that are refused: the job waits for others. */
  async function beReadyFor(step: string): Promise<void> {
    if (step === 'label a picture') {
      await lab.steps[step]?.(); // A job takes in its pictures from the store: not while that fails.
      await give(refusedKeys);
    } else if (step === 'output') {
      await jobWaits(/InvalidAccessKeyId/u);
      await give(misspelledKeys);
      await jobWaits(/SignatureDoesNotMatch/u);
      await give(keys);
      await untilWritten();
    }
  }

  async function jobWaits(why: RegExp): Promise<void> {
    let reason = '';
    while (!why.test(reason)) {
      const job = await lab.services.labelingJobs.describe('cat-dog', signal);
      writings.note('job that waits', job);
      reason = job.failureReason ?? '';
    }
  }

  async function untilWritten(): Promise<void> {
    let isThere = false;
    while (!isThere) {
      isThere = (await lab.services.objects.headObject(output, signal)) !== undefined;
    }
  }

  async function give(given: StorageKeys): Promise<void> {
    writings.note('standing of the storage', await httpStorages(server).give({ storage, keys: given }, signal));
  }

  async function keptInStore(): Promise<StorageKeys> {
    const { keptKeys } = await import('../../src/host/support/keptKeys.js');
    return keptKeys(secretsInto(secretStorage)).read(storage);
  }

  /** Gives the server keys once: another set of them is not overwritten meanwhile. */
  async function keep(resolve: () => Promise<StorageKeys>): Promise<KeptStorage> {
    return keepStorage({ storages: httpStorages(server), storage, resolve, lookEveryMs: 600_000 });
  }

  async function standingOf({ session }: KeptStorage) {
    return httpStorages(server).standing(session, signal);
  }
});

/** As somebody does it who types an address and a key. */
async function enter({ endpoint }: LocalServer, kept: Map<string, string>): Promise<Storage> {
  const { chooseConnection } = await import('../../src/host/commands/chooseConnection.js');
  const { keptKeys } = await import('../../src/host/support/keptKeys.js');
  user.reset();
  const answers = [
    '$(server) Local Ground Truth, storage elsewhere…',
    'Another store that speaks S3',
    endpoint,
    'us-east-1',
    'In the path',
    '$(key) Enter an access key…',
    keys.accessKeyId,
    keys.secretAccessKey,
    keys.sessionToken,
  ];
  user.answers = () => answers.shift();
  const none = { list: async () => [] } as never;
  const objects = { listBuckets: async () => [] } as unknown as Services['objects'];
  const { deps } = await hostDeps({ objects, labelingJobs: none, privateTeams: none });
  const choices: ConnectionChoice[] = [];
  Object.assign(deps.connection, { switchTo: async (choice: ConnectionChoice) => void choices.push(choice) });
  await chooseConnection({
    ...deps,
    awsProfiles: async () => [],
    awsEnvironment: () => ({}),
    keptKeys: keptKeys(secretsInto(kept)),
  })();
  const [choice] = choices;
  assert.ok(choice?.kind === 'local' && choice.storage);
  return choice.storage;
}
