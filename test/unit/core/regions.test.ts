import assert from 'node:assert/strict';
import { resourceArn } from '../../../src/core/doctor/deniedPermission.js';
import { executionRolePolicy } from '../../../src/core/lab/executionRole.js';
import { awsRegions, partitionOf } from '../../../src/core/regions.js';

describe('the partition of a region', () => {
  it('is AWS itself wherever Ground Truth is', () => {
    assert.deepEqual([...new Set(awsRegions.map(partitionOf))], ['aws']);
  });

  for (const [region, partition] of [
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
  ] as const) {
    it(`is in the ARNs that a policy has there: ${region}`, () => {
      assert.equal(
        resourceArn('s3:GetObject', 'cats/a.png', { region, accountId: '' }),
        `arn:${partition}:s3:::cats/a.png`,
      );
      const { Statement } = executionRolePolicy(['cats'], partitionOf(region));
      assert.deepEqual(
        Statement.flatMap(({ Resource }) => Resource),
        [`arn:${partition}:s3:::cats`, `arn:${partition}:s3:::cats/*`, '*'],
      );
    });
  }
});
