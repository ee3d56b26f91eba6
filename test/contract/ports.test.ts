import assert from 'node:assert/strict';
import { createAwsServices } from '../../src/aws/services.js';
import { Failure } from '../../src/core/failure.js';
import type { Services } from '../../src/core/ports.js';
import { startTestServer, type TestServer } from '../support/localServer.js';
import { describeObjectStore } from '../support/objectStoreContract.js';
import { noKeeper } from '../support/labKeepers.js';

const { signal } = new AbortController();
let server: TestServer;
let services: Services;

describe('the ports over Local Ground Truth', () => {
  before(async () => {
    server = await startTestServer();
    services = createAwsServices({ kind: 'local', server });
  });

  after(async () => {
    services.dispose();
    await server.stop();
  });

  describeObjectStore('S3', () => services.objects);

  describe('objects that were made public', () => {
    const bucket = 'made-public';

    before(async () => {
      await services.objects.createBucket(bucket, signal);
      for (const key of ['good.jpg', 'private.jpg']) {
        await services.objects.writeObject({ bucket, key }, new Uint8Array([1, 2, 3]), {}, signal);
      }
    });

    after(async () => {
      await services.objects.deleteObjects(bucket, ['good.jpg', 'private.jpg'], signal);
      await services.objects.deleteBucket(bucket, signal);
    });

    it('can be read by anybody, and no other object can; what changes of the bucket is told before', async () => {
      const block = { BlockPublicPolicy: true, RestrictPublicBuckets: true };
      const closed = { ...block, BlockPublicAcls: true, IgnorePublicAcls: true };
      const open = { ...block, BlockPublicAcls: false, IgnorePublicAcls: false };
      assert.deepEqual(await services.objects.publicChange(bucket, signal), {
        before: { PublicAccessBlockConfiguration: closed, ObjectOwnership: 'BucketOwnerEnforced' },
        after: { PublicAccessBlockConfiguration: open, ObjectOwnership: 'BucketOwnerPreferred' },
      });
      const address = (key: string) => `${server.endpoint}/${bucket}/${key}`;
      assert.equal((await fetch(address('good.jpg'))).status, 403);
      const [published] = await services.objects.makePublic([{ bucket, key: 'good.jpg' }], signal);
      assert.equal(published?.url, address('good.jpg'));
      assert.equal(await services.objects.publicChange(bucket, signal), undefined);
      assert.deepEqual(await services.probes.publicAccessBlock(bucket, signal), open);
      const reply = await fetch(address('good.jpg'));
      assert.deepEqual([reply.status, new Uint8Array(await reply.arrayBuffer())], [200, new Uint8Array([1, 2, 3])]);
      assert.equal((await fetch(address('private.jpg'))).status, 403);
    });
  });

  describe('the account', () => {
    it("is the server's", async () => {
      const { accountId, arn } = await services.account.identity(signal);
      assert.equal(accountId, server.accountId);
      assert.match(arn, /^arn:aws:(?:iam|sts)::\d{12}:/u);
    });

    it('has no alias here, and keys that do not expire', async () => {
      const { account } = services;
      assert.deepEqual([await account.alias(signal), await account.credentialsEnd(signal)], [undefined, undefined]);
    });

    it('is nobody’s with a wrong key', async () => {
      const stranger = createAwsServices({ kind: 'local', server: { ...server, secretAccessKey: 'wrong' } });
      await assert.rejects(stranger.account.identity(signal), (error) => Failure.is(error, 'aws.signedOut'));
      await assert.rejects(stranger.objects.listBuckets(signal), (error) => Failure.is(error, 'aws.signedOut'));
      stranger.dispose();
    });

    it('is nobody’s where AWS has no such profile', async () => {
      const aws = createAwsServices({ kind: 'aws', profile: 'no-such-profile', region: 'us-east-1' });
      await assert.rejects(
        aws.account.identity(signal),
        (error) => Failure.is(error, 'aws.signedOut') && error.details.profile === 'no-such-profile',
      );
      aws.dispose();
    });

    it('cannot be reached where nobody listens', async () => {
      const lost = createAwsServices({ kind: 'local', server: { ...server, endpoint: 'http://127.0.0.1:1' } });
      await assert.rejects(lost.account.identity(signal), (error) => Failure.is(error, 'aws.unreachable'));
      lost.dispose();
    });
  });

  describe('execution roles', () => {
    it('are named after the second they are made in, or the next one that is free', async () => {
      const { executionRoles } = services;
      const roles = [
        await executionRoles.create({ buckets: ['a'] }, noKeeper, signal),
        await executionRoles.create({ buckets: ['a'] }, noKeeper, signal),
      ];
      const times = roles.map(({ name }) => /T(\d\d)(\d\d)(\d\d)$/u.exec(name)?.slice(1).map(Number) ?? []);
      assert.notEqual(roles[0]?.name, roles[1]?.name);
      assert.ok(
        times.flat().every((part) => part < 60) && times.flat().length === 6,
        roles.map(({ name }) => name).join(),
      );
      for (const role of roles) {
        await executionRoles.delete(role, signal);
      }
    });

    it('are made for the buckets, listed and deleted again', async () => {
      const role = await services.executionRoles.create({ buckets: ['bucket-a', 'bucket-b'] }, noKeeper, signal);
      assert.match(role.name, /^AmazonSageMaker-ExecutionRole-\d{8}T\d{6}$/u);
      assert.match(role.arn, new RegExp(`:role/service-role/${role.name}$`, 'u'));
      const names = async () => (await services.executionRoles.list(signal)).map(({ name }) => name);
      assert.ok((await names()).includes(role.name));
      await services.executionRoles.delete(role, signal);
      assert.ok(!(await names()).includes(role.name));
      await services.executionRoles.delete(role, signal); // Gone already is no error.
    });
  });
});
