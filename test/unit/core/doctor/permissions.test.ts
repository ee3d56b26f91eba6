import assert from 'node:assert/strict';
import { resourceArn } from '../../../../src/core/doctor/deniedPermission.js';
import { knownPolicy } from '../../../../src/core/doctor/knownPolicies.js';
import { evaluatePolicies, smallestPolicy } from '../../../../src/core/doctor/permissions.js';

const policy = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const reading = { action: 's3:GetObject', resource: 'arn:aws:s3:::cats/a.png' };

describe('policies', () => {
  const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::cats/*' };
  const managed = knownPolicy('AmazonSageMakerGroundTruthExecution') ?? '';
  const cases = [
    { of: 'none', documents: [], decision: 'implicitDeny' },
    { of: 'one that allows', documents: [policy(allow)], decision: 'allowed' },
    {
      of: 'another bucket',
      documents: [policy({ ...allow, Resource: 'arn:aws:s3:::dogs/*' })],
      decision: 'implicitDeny',
    },
    { of: 'patterns in other case', documents: [policy({ ...allow, Action: ['S3:get*'] })], decision: 'allowed' },
    {
      of: 'one that denies, in another document',
      documents: [policy(allow), policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' })],
      decision: 'explicitDeny',
    },
    {
      of: 'all but something else',
      documents: [policy({ Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::dogs/*' })],
      decision: 'allowed',
    },
    {
      of: 'a condition that cannot be told',
      documents: [policy({ ...allow, Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })],
      decision: 'conditional',
    },
    {
      of: 'a condition that is met',
      documents: [policy({ ...allow, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
      decision: 'allowed',
    },
    { of: 'AWS’s own, for a bucket of another name', documents: [managed], decision: 'conditional' },
  ] as const;
  for (const { of, documents, decision } of cases) {
    it(`of ${of}: ${decision}`, () => {
      assert.equal(evaluatePolicies(documents, reading), decision);
    });
  }

  it('of AWS’s own cover buckets with SageMaker in their names', () => {
    const resource = 'arn:aws:s3:::my-sagemaker-cats/a.png';
    assert.equal(evaluatePolicies([managed], { action: 's3:PutObject', resource }), 'allowed');
    assert.equal(evaluatePolicies([managed], { ...reading, action: 's3:PutObject' }), 'implicitDeny');
  });

  it('are as small as they can be', () => {
    const permissions = [
      { action: 's3:ListBucket', resource: 'arn:aws:s3:::cats' },
      { action: 's3:GetBucketLocation', resource: 'arn:aws:s3:::cats' },
      reading,
    ];
    assert.deepEqual(smallestPolicy(permissions).Statement, [
      { Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetBucketLocation'], Resource: 'arn:aws:s3:::cats' },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::cats/a.png' },
    ]);
  });

  const where = { region: 'eu-west-1', accountId: '111122223333' };
  const arns = [
    ['s3:GetBucketCORS', 'cats', 'arn:aws:s3:::cats'],
    ['s3:GetObject', 'cats/a b.png', 'arn:aws:s3:::cats/a b.png'],
    ['s3:DeleteObject', 'cats', 'arn:aws:s3:::cats/*'],
    ['s3:ListAllMyBuckets', '*', '*'],
    ['s3:ListBucket', 'cats', 'arn:aws:s3:::cats'],
    ['sagemaker:ListWorkforces', '*', '*'],
    ['sagemaker:DescribeLabelingJob', 'Cats', 'arn:aws:sagemaker:eu-west-1:111122223333:labeling-job/cats'],
    ['sagemaker:DescribeWorkteam', 'team', 'arn:aws:sagemaker:eu-west-1:111122223333:workteam/private-crowd/team'],
    ['cognito-idp:CreateUserPool', 'sagemaker-groundtruth-user-pool', '*'],
    ['cognito-idp:AdminCreateUser', 'ana@example.com', 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/*'],
    ['cognito-idp:DescribeUserPool', 'p_1', 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/p_1'],
  ] as const;
  for (const [action, resource, arn] of arns) {
    it(`name what ${action} was called on as ${arn}`, () => {
      assert.equal(resourceArn(action, resource, where), arn);
    });
  }
});
