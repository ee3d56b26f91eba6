import assert from 'node:assert/strict';
import { createCaller, isNameless, isRefusal } from '../../../src/aws/errors.js';
import { Failure } from '../../../src/core/failure.js';

const call = createCaller({ profile: 'work', endpoint: 'AWS us-east-1' });
const { signal } = new AbortController();
const action = { action: 's3:GetObject', resource: 'bucket/a b.jpg' };

describe('an error of AWS', () => {
  const cases = [
    { name: 'AccessDenied', code: 'aws.accessDenied', details: action },
    { name: 'AccessDeniedException', code: 'aws.accessDenied', details: action },
    { name: 'ExpiredToken', code: 'aws.signedOut', details: { profile: 'work' } },
    { name: 'CredentialsProviderError', code: 'aws.signedOut', details: { profile: 'work', reason: 'the message' } },
    {
      name: 'SlowDown',
      code: 'aws.overloaded',
      details: { action: 's3:GetObject', name: 'SlowDown', reason: 'the message' },
    },
    { name: 'RequestTimeTooSkewed', code: 'aws.clockWrong', details: { endpoint: 'AWS us-east-1' } },
    { name: 'PermanentRedirect', code: 'bucket.elsewhere', details: { bucket: 'bucket' } },
    { name: 'NoSuchBucket', code: 'bucket.notFound', details: { bucket: 'bucket' } },
    { name: 'BucketAlreadyExists', code: 'bucket.nameTaken', details: { bucket: 'bucket' } },
    { name: 'NoSuchKey', code: 'object.notFound', details: { uri: 's3://bucket/a b.jpg' } },
    { name: 'NotFound', code: 'object.notFound', details: { uri: 's3://bucket/a b.jpg' } },
    { name: 'PreconditionFailed', code: 'object.changed', details: { uri: 's3://bucket/a b.jpg' } },
    {
      name: 'ValidationException',
      code: 'aws.refused',
      details: { action: 's3:GetObject', name: 'ValidationException', reason: 'the message' },
    },
  ] as const;

  for (const { name, code, details } of cases) {
    it(`named ${name} becomes ${code}, and is kept as its cause`, async () => {
      const cause = refusal(name);
      const failure = await failureOf(cause);
      assert.deepEqual([failure.code, failure.details, failure.cause], [code, details, cause]);
    });
  }

  const user = 'User: arn:aws:iam::111122223333:user/ann is not authorized to perform';
  const denials = [
    {
      what: 'of what was called is told as it was called, and with the ARN that AWS tells',
      message: `${user}: s3:GetObject on resource: "arn:aws:s3:::bucket/a b.jpg" because no identity-based policy allows the s3:GetObject action`,
      details: { ...action, arn: 'arn:aws:s3:::bucket/a b.jpg' },
    },
    {
      what: 'of another action than the one called names that one',
      message: `${user}: iam:PassRole on resource: arn:aws:iam::111122223333:role/labeling because no identity-based policy allows the iam:PassRole action`,
      details: {
        action: 'iam:PassRole',
        resource: 'arn:aws:iam::111122223333:role/labeling',
        arn: 'arn:aws:iam::111122223333:role/labeling',
      },
    },
    {
      what: 'of an action on nothing in particular names it alone',
      message: `${user}: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action`,
      details: { action: 's3:ListAllMyBuckets', resource: '*' },
    },
    {
      what: 'that somebody has written down is told with whose it is',
      message: `${user}: s3:GetObject on resource: "arn:aws:s3:::bucket/a b.jpg" with an explicit deny in a service control policy`,
      details: {
        ...action,
        arn: 'arn:aws:s3:::bucket/a b.jpg',
        because: 'with an explicit deny in a service control policy',
      },
    },
    {
      what: 'that no permission lifts is told with its reason',
      message: `${user}: s3:PutObjectAcl on resource: "arn:aws:s3:::bucket/a.jpg" because public access control lists (ACLs) are blocked by the BlockPublicAcls block public access setting.`,
      details: {
        action: 's3:PutObjectAcl',
        resource: 'arn:aws:s3:::bucket/a.jpg',
        arn: 'arn:aws:s3:::bucket/a.jpg',
        because: 'public access control lists (ACLs) are blocked by the BlockPublicAcls block public access setting',
      },
    },
  ];
  for (const { what, message, details } of denials) {
    it(`that is a denial ${what}`, async () => {
      const failure = await failureOf(refusal('AccessDenied', message));
      assert.deepEqual([failure.code, failure.details], ['aws.accessDenied', details]);
    });
  }

  for (const { at, isClosedToNewCustomers } of [
    { at: 'AWS', isClosedToNewCustomers: true },
    { at: 'Local Ground Truth', isClosedToNewCustomers: false },
  ]) {
    it(`may mean that an account came too late, or not, where ${at} refuses what customers alone may do`, async () => {
      const caller = createCaller({ endpoint: at, isClosedToNewCustomers });
      const told: string[] = [];
      for (const what of ['CreateWorkforce', 'CreateWorkteam', 'CreateLabelingJob', 'ListWorkteams']) {
        for (const name of ['AccessDeniedException', 'ValidationException', 'ResourceInUse']) {
          const refused = () => Promise.reject(refusal(name));
          const failure: unknown = await caller({ action: `sagemaker:${what}`, resource: '*' }, signal, refused).catch(
            (error: unknown) => error,
          );
          assert.ok(Failure.is(failure, 'aws.accessDenied') || Failure.is(failure, 'aws.refused'));
          told.push(...(failure.details.isPerhapsClosed ? [`${what} ${name}`] : []));
        }
      }
      const closed = ['CreateWorkforce', 'CreateWorkteam', 'CreateLabelingJob'].flatMap((what) => [
        `${what} AccessDeniedException`,
        `${what} ValidationException`,
      ]);
      assert.deepEqual(told, isClosedToNewCustomers ? closed : []);
    });
  }

  for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT']) {
    it(`of the network, ${code}, says what cannot be reached, wherever in the chain it is`, async () => {
      const network = Object.assign(new Error('connect'), { code });
      const wrapped = new Error('request failed', { cause: new AggregateError([new Error('other'), network]) });
      const failure = await failureOf(wrapped);
      assert.deepEqual(
        [failure.code, failure.details],
        ['aws.unreachable', { endpoint: 'AWS us-east-1', reason: code }],
      );
    });
  }

  it('of a HEAD, which has no body that could name it, is a denial by its status', async () => {
    const denied = Object.assign(refusal('Unknown', 'UnknownError'), { $metadata: { httpStatusCode: 403 } });
    const failure = await failureOf(denied);
    assert.deepEqual([failure.code, failure.details], ['aws.accessDenied', action]);
    assert.ok(isNameless(denied));
    assert.ok(!isNameless(refusal('AccessDenied')));
  });

  for (const name of ['InvalidToken', 'TokenRefreshRequired']) {
    it(`named ${name} is about credentials, as S3 says it of a session`, async () => {
      assert.equal((await failureOf(refusal(name))).code, 'aws.signedOut');
    });
  }

  it('that nobody knows passes unchanged', async () => {
    const error = new TypeError('a bug');
    await assert.rejects(
      call(action, signal, () => Promise.reject(error)),
      error,
    );
  });

  it('after the caller gave up is the reason of the caller', async () => {
    const reason = new Error('cancelled');
    const aborted = AbortSignal.abort(reason);
    await assert.rejects(
      call(action, aborted, () => Promise.reject(refusal('AccessDenied'))),
      reason,
    );
  });

  it('is known by its name before and after it became a failure', async () => {
    assert.ok(isRefusal(refusal('GroupExistsException'), 'GroupExistsException'));
    assert.ok(isRefusal(await failureOf(refusal('GroupExistsException')), 'Other', 'GroupExistsException'));
    assert.ok(!isRefusal(await failureOf(refusal('GroupExistsException')), 'Other'));
  });
});

function refusal(name: string, message = 'the message'): Error {
  return Object.assign(new Error(message), { name, $fault: 'client' });
}

async function failureOf(cause: Error): Promise<Failure> {
  try {
    await call(action, signal, () => Promise.reject(cause));
  } catch (error) {
    assert.ok(Failure.is(error));
    return error;
  }
  throw new Error('The call was not refused');
}
