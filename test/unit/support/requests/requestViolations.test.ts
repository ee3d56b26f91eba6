import assert from 'node:assert/strict';
import { requestViolations } from '../../../support/requests/requestViolations.js';

describe('a request that is checked against AWS’s service model', () => {
  const cases: readonly (readonly [
    service: string,
    operation: string,
    input: object,
    violations: readonly string[],
  ])[] = [
    ['S3', 'PutObject', { Bucket: 'b', Key: 'k', Body: new Uint8Array(), Metadata: { a: 'b' } }, []],
    [
      'S3',
      'PutObject',
      { Bucket: 'b', Key: '' },
      ['the length of S3 PutObject.Key is 0, and must be from 1 to Infinity'],
    ],
    ['S3', 'PutObject', { Bucket: 'b' }, ['S3 PutObject lacks Key']],
    ['S3', 'PutObject', { Bucket: 'b', Key: 'k', Bdoy: 'x' }, ['S3 PutObject has Bdoy, which AWS does not know']],
    [
      'S3',
      'PutObjectAcl',
      { Bucket: 'b', Key: 'k', ACL: 'public' },
      [
        'S3 PutObjectAcl.ACL must be one of private, public-read, public-read-write, authenticated-read, aws-exec-read, bucket-owner-read, bucket-owner-full-control',
      ],
    ],
    ['S3', 'ListObjectsV2', { Bucket: 'b', MaxKeys: 'many' }, ['S3 ListObjectsV2.MaxKeys must be an integer']],
    ['IAM', 'GetRole', { RoleName: 'a role' }, [String.raw`IAM GetRole.RoleName must match [\w+=,.@-]+`]],
    ['STS', 'GetCallerIdentity', {}, []],
    [
      'Cognito Identity Provider',
      'ListUserPools',
      { MaxResults: 61 },
      ['Cognito Identity Provider ListUserPools.MaxResults is 61, and must be from 1 to 60'],
    ],
    [
      'SageMaker',
      'DescribeLabelingJob',
      { LabelingJobName: '-x' },
      ['SageMaker DescribeLabelingJob.LabelingJobName must match [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}'],
    ],
    [
      'SageMaker',
      'AddTags',
      { ResourceArn: 'arn:aws:sagemaker:us-east-1:111122223333:a', Tags: [{ Key: 'k' }] },
      ['SageMaker AddTags.Tags[0] lacks Value'],
    ],
    [
      'S3',
      'PutBucketWebsite',
      {},
      ['S3 PutBucketWebsite is not in the table: add it to clientOperations.mjs and write the table anew'],
    ],
  ];
  for (const [service, operation, input, expected] of cases) {
    it(`${expected.length === 0 ? 'keeps to it' : 'is caught'}: ${operation} ${JSON.stringify(input)}`, () => {
      assert.deepEqual(requestViolations(service, operation, input), expected);
    });
  }
});
