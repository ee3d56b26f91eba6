/** What SageMaker is in a trust policy. */
export const sageMakerPrincipal = 'sagemaker.amazonaws.com';

/** Who may act as the execution role: SageMaker alone (reference §3.4). */
export const executionRoleTrust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: sageMakerPrincipal }, Action: 'sts:AssumeRole' }],
};

/**
 * What a labeling job needs, and no more. AWS's managed policy would give it only buckets with "SageMaker" or
 * "GroundTruth" in their names (https://docs.aws.amazon.com/sagemaker/latest/dg/sms-security-permission-execution-role.html).
 * The ARNs are of one partition of AWS, as `aws` or `aws-cn`.
 */
export function executionRolePolicy(buckets: readonly string[], partition: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'S3ViewBuckets',
        Effect: 'Allow',
        Action: ['s3:ListBucket', 's3:GetBucketLocation'],
        Resource: buckets.map((bucket) => `arn:${partition}:s3:::${bucket}`),
      },
      {
        Sid: 'S3GetPutObjects',
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        Resource: buckets.map((bucket) => `arn:${partition}:s3:::${bucket}/*`),
      },
      {
        Sid: 'CloudWatch',
        Effect: 'Allow',
        Action: [
          'cloudwatch:PutMetricData',
          'logs:CreateLogStream',
          'logs:CreateLogGroup',
          'logs:DescribeLogStreams',
          'logs:PutLogEvents',
        ],
        Resource: '*',
      },
    ],
  };
}

/** Both documents of the role for these buckets, as JSON to be read before it is created. */
export function executionRoleText(buckets: readonly string[], partition: string): string {
  const documents = { TrustPolicy: executionRoleTrust, PermissionsPolicy: executionRolePolicy(buckets, partition) };
  return `${JSON.stringify(documents, undefined, 2)}\n`;
}
