import assert from 'node:assert/strict';
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetObjectAclCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type ObjectOwnership,
  type PublicAccessBlockConfiguration,
} from '@aws-sdk/client-s3';
import { objectUrl, refuses, s3Suite } from '../support/s3.js';

const allBlocks = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const policyBlocksOnly = { ...allBlocks, BlockPublicAcls: false, IgnorePublicAcls: false };

const policyFor = (Bucket: string, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*`, ...more },
    ],
  });

describe('S3 access', () => {
  const suite = s3Suite('private-bucket');
  let count = 0;

  /** A bucket of its own for a test, with one object. */
  const newBucket = async (): Promise<string> => {
    const Bucket = `access-${count++}`;
    await suite.s3.send(new CreateBucketCommand({ Bucket }));
    await suite.s3.send(new PutObjectCommand({ Bucket, Key: 'picture', Body: 'pixels' }));
    return Bucket;
  };
  const block = (Bucket: string, PublicAccessBlockConfiguration: PublicAccessBlockConfiguration) =>
    suite.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  const own = (Bucket: string, ownership: ObjectOwnership) => {
    const OwnershipControls = { Rules: [{ ObjectOwnership: ownership }] };
    return suite.s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  };
  const publish = (Bucket: string) =>
    suite.s3.send(new PutObjectAclCommand({ Bucket, Key: 'picture', ACL: 'public-read' }));
  const anybodyGets = async (Bucket: string, key = 'picture') =>
    (await fetch(objectUrl(suite.server, Bucket, key))).status;
  it('makes a bucket as private as a new one on AWS', async () => {
    const Bucket = await newBucket();
    const { PublicAccessBlockConfiguration } = await suite.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    assert.deepEqual(PublicAccessBlockConfiguration, allBlocks);
    const { OwnershipControls } = await suite.s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    assert.deepEqual(OwnershipControls?.Rules, [{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    const { Grants, Owner } = await suite.s3.send(new GetBucketAclCommand({ Bucket }));
    assert.deepEqual(
      Grants?.map(({ Grantee, Permission }) => [Grantee?.ID, Permission]),
      [[Owner?.ID, 'FULL_CONTROL']],
    );
    assert.equal(await anybodyGets(Bucket), 403);
  });

  it('takes every step on AWS’s way to a public object, and none less', async () => {
    const Bucket = await newBucket();
    await refuses(publish(Bucket), 'AccessControlListNotSupported', 400);
    await own(Bucket, 'BucketOwnerPreferred');
    await refuses(publish(Bucket), 'AccessDenied', 403);
    await block(Bucket, { ...allBlocks, BlockPublicAcls: false });
    await publish(Bucket);
    assert.equal(await anybodyGets(Bucket), 403); // Public ACLs are still ignored.
    await block(Bucket, policyBlocksOnly);
    assert.equal(await anybodyGets(Bucket), 200);
    await suite.s3.send(new PutObjectCommand({ Bucket, Key: 'other', Body: 'x' }));
    assert.equal(await anybodyGets(Bucket, 'other'), 403);
    await block(Bucket, allBlocks);
    assert.equal(await anybodyGets(Bucket), 403);
  });

  it('lets anybody read a public object, and nothing else', async () => {
    const Bucket = await newBucket();
    await own(Bucket, 'ObjectWriter');
    await block(Bucket, policyBlocksOnly);
    await publish(Bucket);
    const url = objectUrl(suite.server, Bucket, 'picture');
    assert.equal(await (await fetch(url)).text(), 'pixels');
    assert.equal((await fetch(url, { method: 'HEAD' })).status, 200);
    assert.equal((await fetch(url, { headers: { range: 'bytes=0-1' } })).status, 206);
    const refused = [
      fetch(url, { method: 'PUT', body: 'mine' }),
      fetch(url, { method: 'DELETE' }),
      fetch(`${url}?acl`),
      fetch(`${suite.server.endpoint}/${Bucket}`),
      fetch(`${suite.server.endpoint}/${Bucket}/none`),
      fetch(`${suite.server.endpoint}/`),
    ];
    assert.deepEqual(
      (await Promise.all(refused)).map(({ status }) => status),
      refused.map(() => 403),
    );
  });

  it('keeps an object public when it is put with its ACL', async () => {
    const Bucket = await newBucket();
    await own(Bucket, 'BucketOwnerPreferred');
    await block(Bucket, policyBlocksOnly);
    await suite.s3.send(new PutObjectCommand({ Bucket, Key: 'open', Body: 'x', ACL: 'public-read' }));
    assert.equal(await anybodyGets(Bucket, 'open'), 200);
    const { Grants } = await suite.s3.send(new GetObjectAclCommand({ Bucket, Key: 'open' }));
    assert.deepEqual(
      Grants?.map(({ Grantee, Permission }) => [Grantee?.URI, Permission]),
      [
        [undefined, 'FULL_CONTROL'],
        ['http://acs.amazonaws.com/groups/global/AllUsers', 'READ'],
      ],
    );
  });

  it('sets ACLs by grants in headers and in the body', async () => {
    const Bucket = await newBucket();
    await own(Bucket, 'ObjectWriter');
    await block(Bucket, policyBlocksOnly);
    const GrantRead = 'uri="http://acs.amazonaws.com/groups/global/AllUsers"';
    await suite.s3.send(new PutObjectAclCommand({ Bucket, Key: 'picture', GrantRead }));
    assert.equal(await anybodyGets(Bucket), 200);
    const { Owner, Grants } = await suite.s3.send(new GetBucketAclCommand({ Bucket }));
    await suite.s3.send(new PutObjectAclCommand({ Bucket, Key: 'picture', AccessControlPolicy: { Owner, Grants } }));
    assert.equal(await anybodyGets(Bucket), 403);
    const unknown = suite.s3.send(new PutObjectAclCommand({ Bucket, Key: 'picture', GrantRead: 'id=somebody' }));
    await refuses(unknown, 'InvalidArgument', 400);
  });

  it('lets anybody list a bucket whose ACL says so', async () => {
    const Bucket = await newBucket();
    await own(Bucket, 'ObjectWriter');
    await block(Bucket, policyBlocksOnly);
    await suite.s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
    assert.equal((await fetch(`${suite.server.endpoint}/${Bucket}`)).status, 200);
    assert.equal(await anybodyGets(Bucket), 403); // The bucket's ACL says nothing of its objects.
    await refuses(own(Bucket, 'BucketOwnerEnforced'), 'InvalidBucketAclWithObjectOwnership', 400);
  });

  it('does not make a bucket public while it is made', async () => {
    const ACL = 'public-read';
    const enforced = suite.s3.send(new CreateBucketCommand({ Bucket: 'not-public', ACL }));
    await refuses(enforced, 'InvalidBucketAclWithObjectOwnership', 400);
    const blocked = new CreateBucketCommand({ Bucket: 'not-public', ACL, ObjectOwnership: 'ObjectWriter' });
    await refuses(suite.s3.send(blocked), 'AccessDenied', 403);
  });

  it('says that there is no block once it has been deleted', async () => {
    const Bucket = await newBucket();
    await suite.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    const get = suite.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    await refuses(get, 'NoSuchPublicAccessBlockConfiguration', 404);
    await suite.s3.send(new PutObjectCommand({ Bucket, Key: 'picture', Body: 'still there' }));
  });

  describe('policies', () => {
    it('are kept, and let anybody in where they are not blocked', async () => {
      const Bucket = await newBucket();
      const Policy = policyFor(Bucket);
      const put = () => suite.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
      await refuses(put(), 'AccessDenied', 403);
      await block(Bucket, { ...allBlocks, BlockPublicPolicy: false });
      await put();
      assert.equal((await suite.s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy, Policy);
      const { PolicyStatus } = await suite.s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
      assert.equal(PolicyStatus?.IsPublic, true);
      assert.equal(await anybodyGets(Bucket), 403); // Public buckets are still restricted.
      await block(Bucket, { ...allBlocks, BlockPublicPolicy: false, RestrictPublicBuckets: false });
      assert.equal(await anybodyGets(Bucket), 200);
      assert.equal((await fetch(`${suite.server.endpoint}/${Bucket}`)).status, 403);
      await suite.s3.send(new DeleteBucketPolicyCommand({ Bucket }));
      await refuses(suite.s3.send(new GetBucketPolicyCommand({ Bucket })), 'NoSuchBucketPolicy', 404);
      assert.equal(await anybodyGets(Bucket), 403);
    });

    it('can deny the owner, who can always take them back', async () => {
      const Bucket = await newBucket();
      const Policy = policyFor(Bucket, { Effect: 'Deny', Action: 's3:*' });
      await suite.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
      const put = () => suite.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
      await refuses(put(), 'AccessDenied', 403);
      await suite.s3.send(new DeleteBucketPolicyCommand({ Bucket }));
      await put();
    });

    it('hold only under their conditions', async () => {
      const Bucket = await newBucket();
      await block(Bucket, {});
      const Condition = { StringLike: { 'aws:Referer': 'https://example.com/*' } };
      await suite.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policyFor(Bucket, { Condition }) }));
      assert.equal(await anybodyGets(Bucket), 403);
      const url = objectUrl(suite.server, Bucket, 'picture');
      assert.equal((await fetch(url, { headers: { referer: 'https://example.com/a' } })).status, 200);
    });

    const bad = [
      { name: 'that are no JSON', policy: () => '{', code: 'MalformedPolicy', status: 400 },
      { name: 'without statements', policy: () => '{}', code: 'MalformedPolicy', status: 400 },
      { name: 'about another bucket', policy: () => policyFor('another'), code: 'MalformedPolicy', status: 400 },
      {
        name: 'with a condition that is not enforced',
        policy: (bucket: string) => policyFor(bucket, { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
        code: 'NotImplemented',
        status: 501,
      },
    ];

    for (const { name, policy, code, status } of bad) {
      it(`${name} are refused`, async () => {
        const Bucket = await newBucket();
        await refuses(suite.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(Bucket) })), code, status);
      });
    }
  });
});
