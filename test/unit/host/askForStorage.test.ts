import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import type { Services } from '../../../src/core/ports.js';
import type { Storage, StorageKeys } from '../../../src/core/storage.js';
import type { ConnectionChoice } from '../../../src/host/support/switchableConnection.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { user } from '../../support/vscodeModule.js';

const elsewhere = '$(server) Local Ground Truth, storage elsewhere…';
const minio = { endpoint: 'https://minio.example:9000', region: 'us-east-1', addressing: 'path' } as const;

describe('choosing a storage elsewhere', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('asks where it is and for its key, which only the store of secrets gets', async () => {
    const { choices, secrets } = await choose([
      elsewhere,
      'Another store that speaks S3',
      'https://minio.example:9000/',
      'us-east-1',
      'In the path',
      '$(key) Enter an access key…',
      'AKIAMINE',
      'my secret',
    ]);
    assert.deepEqual(choices, [{ kind: 'local', storage: { ...minio, keys: { kind: 'kept' } } }]);
    const kept = JSON.stringify({ accessKeyId: 'AKIAMINE', secretAccessKey: 'my secret' });
    assert.deepEqual([...secrets], [['storage https://minio.example:9000', kept]]);
    assert.match(user.asked.at(-1)?.text ?? '', /with the storage at "minio\.example:9000"\.$/u);
    assert.ok(!JSON.stringify([choices, user.asked]).includes('my secret'));
  });

  it('asks for the token of keys that are good for a while only', async () => {
    const answers = [elsewhere, 'Amazon S3', 'eu-west-1', '$(key) Enter an access key…', 'ASIAMINE', 'secret', 'token'];
    const { choices, secrets } = await choose(answers);
    const storage: Storage = { region: 'eu-west-1', addressing: 'virtualHosted', keys: { kind: 'kept' } };
    assert.deepEqual(choices, [{ kind: 'local', storage }]);
    const [[name, text] = ['', '{}']] = secrets;
    assert.equal(name, 'storage https://s3.eu-west-1.amazonaws.com');
    assert.equal((JSON.parse(text) as StorageKeys).sessionToken, 'token');
  });

  it('takes keys of a profile, of the environment, or those that were entered before', async () => {
    const first = [elsewhere, 'Amazon S3', 'us-east-1'];
    const secrets = new Map([['storage https://s3.us-east-1.amazonaws.com', '{}']]);
    const sources = [
      ['$(account) AWS profile: work', { kind: 'profile', profile: 'work' }],
      ['$(account) AWS environment variables', { kind: 'environment' }],
      ['$(key) The access key that was entered before', { kind: 'kept' }],
    ] as const;
    for (const [label, keys] of sources) {
      const { choices } = await choose([...first, label], { secrets });
      assert.deepEqual(choices, [
        { kind: 'local', storage: { region: 'us-east-1', addressing: 'virtualHosted', keys } },
      ]);
    }
  });

  it('forgets a key that was entered, and asks again', async () => {
    const secrets = new Map([['storage https://s3.us-east-1.amazonaws.com', '{}']]);
    const forget = '$(trash) Forget the access key that was entered before';
    await choose([elsewhere, 'Amazon S3', 'us-east-1', forget, undefined], { secrets });
    assert.equal(secrets.size, 0);
    assert.ok(!user.asked.at(-1)?.choices.includes(forget));
  });

  const addresses: readonly (readonly [string, RegExp | undefined])[] = [
    ['http://127.0.0.1:9000', undefined],
    ['https://minio.example/', undefined],
    ['minio.example:9000', /begins with "https:/u],
    ['ftp://minio.example', /begins with "https:/u],
    ['', /begins with "https:/u],
    ['https://minio.example/bucket', /without a path/u],
    ['https://key:secret@minio.example', /without a path, a user/u],
  ];
  for (const [address, says] of addresses) {
    it(`${says ? 'refuses' : 'takes'} the address "${address}"`, async () => {
      await choose([elsewhere, 'Another store that speaks S3', undefined]);
      const problem = user.asked.at(-1)?.validate?.(address);
      assert.equal(problem === undefined, says === undefined);
      assert.match(problem ?? '', says ?? /^$/u);
    });
  }

  it('asks for the buckets where the keys may not list them', async () => {
    const denied = new Failure('aws.accessDenied', { action: 's3:ListAllMyBuckets', resource: '*' });
    const answers = [elsewhere, 'Amazon S3', 'us-east-1', '$(account) AWS environment variables', 'mine, other'];
    let isDenied = true;
    const { choices } = await choose(answers, {
      listBuckets: async () => {
        if (isDenied) {
          isDenied = false;
          throw denied;
        }
        return [];
      },
    });
    const storage = { region: 'us-east-1', addressing: 'virtualHosted', keys: { kind: 'environment' } } as const;
    assert.deepEqual(choices, [
      { kind: 'local', storage },
      { kind: 'local', storage: { ...storage, buckets: ['mine', 'other'] } },
    ]);
  });

  it('says at once that it cannot be reached', async () => {
    const unreachable = new Failure('aws.unreachable', { endpoint: minio.endpoint, reason: 'ECONNREFUSED' });
    const answers = [elsewhere, 'Amazon S3', 'us-east-1', '$(account) AWS environment variables'];
    await assert.rejects(choose(answers, { listBuckets: () => Promise.reject(unreachable) }), (error: Error) =>
      Failure.is(error.cause, 'aws.unreachable'),
    );
  });

  interface World {
    readonly secrets?: Map<string, string>;
    readonly listBuckets?: Services['objects']['listBuckets'];
  }

  async function choose(
    answers: readonly (string | undefined)[],
    { secrets = new Map<string, string>(), listBuckets = async () => [] }: World = {},
  ) {
    const { chooseConnection } = await import('../../../src/host/commands/chooseConnection.js');
    const { keptKeys } = await import('../../../src/host/support/keptKeys.js');
    const left = [...answers];
    user.answers = () => left.shift();
    const none = { list: async () => [] } as never;
    const objects = { listBuckets } as unknown as Services['objects'];
    const { deps } = await hostDeps({ objects, labelingJobs: none, privateTeams: none });
    const choices: ConnectionChoice[] = [];
    Object.assign(deps.connection, { switchTo: async (choice: ConnectionChoice) => void choices.push(choice) });
    const store = {
      get: async (name: string) => secrets.get(name),
      store: async (name: string, text: string) => void secrets.set(name, text),
      delete: async (name: string) => void secrets.delete(name),
    };
    await chooseConnection({
      ...deps,
      awsProfiles: async () => [{ name: 'work', source: 'keys' }],
      awsEnvironment: () => ({}),
      keptKeys: keptKeys(store as unknown as Parameters<typeof keptKeys>[0]),
    })();
    return { choices, secrets };
  }
});
