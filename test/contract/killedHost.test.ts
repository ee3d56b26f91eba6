import assert from 'node:assert/strict';
import { GetBucketCorsCommand, GetBucketTaggingCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { HostOrder } from '../support/exit/hostOrder.js';
import { buildHost, deleteHost, KillableHost, killedBucket, newLedger } from '../support/exit/killableHost.js';
import { remainsOf } from '../support/faults/labRemains.js';
import { onePixel } from '../support/lab.js';
import { startTestServer, type FaultyTestServer } from '../support/localServer.js';

type Command = HostOrder['command'];
type Inventory = Partial<Awaited<ReturnType<typeof remainsOf>>>;

interface Killed {
  readonly command: Command;
  /** What was done before, by hosts that lived. */
  readonly after: readonly Command[];
  /** All that it changes, in order. */
  readonly changes: readonly string[];
  /** What there is once it has come to its end. */
  readonly leaves: Inventory;
  /** What the user is told at last. */
  readonly ends: RegExp;
}

const team = { pools: 1, clients: 1, domains: 1, groups: 1, users: 1, workforces: 1, teams: 1, mails: 1 };
const nothing = { buckets: 0, pools: 0, clients: 0, domains: 0, roles: 0, workforces: 0, teams: 0, runningJobs: 0 };

const cases: readonly Killed[] = [
  {
    command: 'createBucket',
    after: [],
    changes: ['CreateBucket', 'PutBucketTagging', 'PutBucketCors'],
    leaves: { buckets: 1 },
    ends: /^Bucket "killed-lab-sagemaker" is ready/u,
  },
  {
    command: 'createPrivateTeam',
    after: [],
    changes: [
      'CreateUserPool',
      'CreateUserPoolClient',
      'CreateUserPoolDomain',
      'CreateGroup',
      'CreateWorkforce',
      'CreateWorkteam',
      'UpdateUserPool',
      'AdminCreateUser',
      'AdminAddUserToGroup',
    ],
    leaves: team,
    ends: /^Private team "labeling-team" is ready/u,
  },
  {
    command: 'createLabelingJob',
    after: ['createBucket', 'createPrivateTeam'],
    changes: ['CreateRole', 'PutRolePolicy', 'PutObject', 'PutObject', 'PutObject', 'CreateLabelingJob'],
    leaves: { ...team, buckets: 1, roles: 1, policies: 1, jobs: 1 },
    ends: /^\{"kind":"created",/u,
  },
  {
    command: 'deleteLabResources',
    after: ['createBucket', 'createPrivateTeam', 'createLabelingJob'],
    changes: [
      'StopLabelingJob',
      'DeleteObjects',
      'DeleteBucket',
      'DeleteWorkteam',
      'DeleteGroup',
      'DeleteWorkforce',
      'DeleteUserPoolDomain',
      'DeleteUserPool',
      'DeleteRolePolicy',
      'DeleteRole',
    ],
    leaves: nothing,
    ends: /^(?:\d lab resources? (?:was|were) deleted|Nothing is left to delete|The extension has made nothing)/u,
  },
];

/** Each gap between two changes, from both of its sides: the one is not asked for, the other's reply is not heard. */
describe('an extension host that is killed', () => {
  let folder: string;
  let program: string;
  let server: FaultyTestServer;
  let host: KillableHost;
  let ledgers = 0;

  before(async function () {
    this.timeout(120_000);
    ({ folder, program } = await buildHost());
  });

  after(() => deleteHost(folder));

  beforeEach(async () => {
    server = await startTestServer();
    ledgers += 1;
    host = new KillableHost(program, server, await newLedger(folder, `ledger-${ledgers}`));
  });

  afterEach(() => server.stop());

  for (const { command, after: before, changes, leaves, ends } of cases) {
    describe(`while it runs ${command}`, () => {
      it('changes just what the gaps are between', async () => {
        await prepare(before);
        assert.deepEqual((await host.run(command)).changes, changes);
        assert.deepEqual(await found(leaves), leaves);
      });

      for (const [index, operation] of changes.entries()) {
        for (const when of ['before', 'after'] as const) {
          it(`${when} ${operation} (${index + 1}) leaves what the next one completes, and nothing twice`, async () => {
            await prepare(before);
            await host.kill(command, { change: index + 1, when });
            const { told } = await host.run(command);
            assert.match(told.at(-1) ?? '', ends);
            assert.deepEqual(await found(leaves), leaves);
            await checkBucket(leaves);
            await host.run('deleteLabResources');
            assert.deepEqual(await found(nothing), nothing);
            assert.deepEqual(await host.entries(), []);
          }).timeout(60_000);
        }
      }
    });
  }

  async function prepare(commands: readonly Command[]): Promise<void> {
    for (const command of commands) {
      await host.run(command);
      if (command === 'createBucket') {
        await putPictures();
      }
    }
  }

  async function putPictures(): Promise<void> {
    const s3 = new S3Client(server.clientConfig);
    for (const name of ['0.png', '1.png']) {
      await s3.send(new PutObjectCommand({ Bucket: killedBucket, Key: `pictures/${name}`, Body: onePixel }));
    }
    s3.destroy();
  }

  /** A bucket is there with its tags, and pages may read it. */
  async function checkBucket({ buckets = 0 }: Inventory): Promise<void> {
    if (buckets > 0) {
      const s3 = new S3Client(server.clientConfig);
      const { CORSRules = [] } = await s3.send(new GetBucketCorsCommand({ Bucket: killedBucket }));
      const { TagSet = [] } = await s3.send(new GetBucketTaggingCommand({ Bucket: killedBucket }));
      s3.destroy();
      assert.deepEqual([CORSRules.length, TagSet.length], [1, 2]);
    }
  }

  async function found(wanted: Inventory): Promise<Inventory> {
    const remains: Readonly<Record<string, number>> = await remainsOf(server);
    return Object.fromEntries(Object.keys(wanted).map((name) => [name, remains[name]]));
  }
});
