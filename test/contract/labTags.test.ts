import assert from 'node:assert/strict';
import { DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { ListRoleTagsCommand } from '@aws-sdk/client-iam';
import { GetBucketTaggingCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { ListTagsCommand } from '@aws-sdk/client-sagemaker';
import { createAwsServices, type AwsClient } from '../../src/aws/services.js';
import type { Services } from '../../src/core/ports.js';
import { aws } from '../support/awsCli.js';
import { type Clients, clientsOf } from '../support/lab.js';
import { MemoryKeeper } from '../support/labKeepers.js';
import { startTestServer, type FaultyTestServer } from '../support/localServer.js';
import { aroundRequests } from '../support/requests/aroundRequests.js';

const { signal } = new AbortController();
const teamRequest = {
  name: 'tagged-team',
  description: 'Private team',
  emails: ['ana@example.com'],
  organization: 'Example',
  contactEmail: 'boss@example.com',
};

describe('tags', () => {
  let server: FaultyTestServer;
  let clients: Clients;
  const opened: Services[] = [];

  beforeEach(async () => {
    server = await startTestServer();
    clients = clientsOf(server.clientConfig);
  });

  afterEach(async () => {
    opened.splice(0).forEach((services) => services.dispose());
    Object.values(clients).forEach((client) => client.destroy());
    await server.stop();
  });

  function open(onClient: (client: AwsClient) => void = () => undefined): Services {
    const services = createAwsServices({ kind: 'local', server }, { onClient });
    opened.push(services);
    return services;
  }

  it('are on all that the lab makes, and the ledger knows what they are on', async () => {
    const keeper = new MemoryKeeper();
    await makeLab(open(), keeper);
    assert.deepEqual(keeper.denied, []);
    assert.deepEqual([...keeper.finished.keys()], ['userPool', 'workforce', 'team tagged-team', 'role']);
    const tags = await allTags(server, clients);
    assert.deepEqual(tags, { bucket: keeper.tags, role: keeper.tags, pool: keeper.tags, team: keeper.tags });
  });

  it('are left out where they are denied, which is told, and all the same is made', async () => {
    const keeper = new MemoryKeeper();
    server.setFaults([{ service: 's3', operation: 'PutBucketTagging', fault: 'AccessDenied' }]);
    const denied = await makeLab(open(denyTags), keeper);
    assert.equal(denied, 's3:PutBucketTagging');
    assert.deepEqual(keeper.denied, [
      'cognito-idp:TagResource',
      'sagemaker:AddTags',
      'sagemaker:AddTags',
      'iam:TagRole',
    ]);
    assert.deepEqual(await allTags(server, clients), { bucket: {}, role: {}, pool: {}, team: {} });
  });

  it('are added to those that a bucket has, never put in their place', async () => {
    const { objects } = open();
    await objects.createBucket('mine', signal);
    const there = [
      { Key: 'cost-center', Value: '42' },
      { Key: 'ground-truth-lab:workspace', Value: 'an old one' },
    ];
    await clients.s3.send(new PutBucketTaggingCommand({ Bucket: 'mine', Tagging: { TagSet: there } }));
    const { tags } = new MemoryKeeper();
    assert.equal(await objects.tagBucket('mine', tags, signal), undefined);
    assert.deepEqual(await bucketTags(clients, 'mine'), { 'cost-center': '42', ...tags });
    assert.equal(await objects.tagBucket('mine', tags, signal), undefined);
    assert.deepEqual(await bucketTags(clients, 'mine'), { 'cost-center': '42', ...tags });
  });

  it('of a bucket are left alone where they cannot be read: nothing could be added without losing them', async () => {
    const { objects } = open();
    await objects.createBucket('mine', signal);
    const TagSet = [{ Key: 'cost-center', Value: '42' }];
    await clients.s3.send(new PutBucketTaggingCommand({ Bucket: 'mine', Tagging: { TagSet } }));
    server.setFaults([{ service: 's3', operation: 'GetBucketTagging', fault: 'AccessDenied' }]);
    assert.equal(await objects.tagBucket('mine', { a: 'b' }, signal), 's3:GetBucketTagging');
    server.setFaults([]);
    assert.deepEqual(await bucketTags(clients, 'mine'), { 'cost-center': '42' });
  });
});

/** Resolves to what was denied of the bucket's tags. */
async function makeLab(services: Services, keeper: MemoryKeeper): Promise<string | undefined> {
  await services.objects.createBucket('tagged', signal);
  const denied = await services.objects.tagBucket('tagged', keeper.tags, signal);
  await services.privateTeams.create(teamRequest, { onStep: () => undefined, keeper }, signal);
  const { name } = await services.executionRoles.create({ buckets: ['tagged'] }, keeper, signal);
  const role = keeper.finished.get(`role ${name}`);
  keeper.finished.delete(`role ${name}`);
  if (role) {
    keeper.finished.set('role', role);
  }
  return denied;
}

/** As where only making without tags is allowed: AWS asks for the permission to tag when a request has tags. */
function denyTags(client: AwsClient): void {
  aroundRequests(client, async ({ input }, send) => {
    const { Tags: tags, UserPoolTags: poolTags } = input as {
      readonly Tags?: object[];
      readonly UserPoolTags?: object;
    };
    if ((tags?.length ?? 0) > 0 || Object.keys(poolTags ?? {}).length > 0) {
      throw Object.assign(new Error('not authorized to tag'), { name: 'AccessDeniedException', $fault: 'client' });
    }
    return send();
  });
}

async function allTags(server: FaultyTestServer, clients: Clients) {
  const { iam, sageMaker, cognito } = clients;
  const [role = ''] = await namesOf(server, 'iam', 'list-roles', 'Roles', 'RoleName');
  const [pool = ''] = await namesOf(server, 'cognito-idp', 'list-user-pools', 'UserPools', 'Id');
  const [team = ''] = await namesOf(server, 'sagemaker', 'list-workteams', 'Workteams', 'WorkteamArn');
  const ofRole = await iam.send(new ListRoleTagsCommand({ RoleName: role }));
  const ofTeam = await sageMaker.send(new ListTagsCommand({ ResourceArn: team }));
  const ofPool = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: pool }));
  return {
    bucket: await bucketTags(clients, 'tagged'),
    role: tagMap(ofRole.Tags),
    pool: ofPool.UserPool?.UserPoolTags ?? {},
    team: tagMap(ofTeam.Tags),
  };
}

async function namesOf(server: FaultyTestServer, service: string, operation: string, list: string, name: string) {
  const limit = service === 'cognito-idp' ? ['--max-results', '60'] : [];
  const { stdout } = await aws(server, service, operation, ...limit);
  const found = JSON.parse(stdout) as Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
  return (found[list] ?? []).map((item) => item[name] ?? '');
}

async function bucketTags({ s3 }: Clients, bucket: string) {
  const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket: bucket })).catch(() => ({ TagSet: [] }));
  return tagMap(TagSet);
}

function tagMap(tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = []) {
  return Object.fromEntries(tags.map(({ Key = '', Value }) => [Key, Value]));
}
