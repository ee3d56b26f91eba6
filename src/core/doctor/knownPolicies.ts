/**
 * AWS's own policies that Ground Truth's guide names, as far as they are about what a labeling job does, for where IAM
 * does not hand them out (reference §3.4).
 */
export function knownPolicy(name: string): string | undefined {
  const policy = known(name);
  return policy && JSON.stringify(policy);
}

function known(name: string): object | undefined {
  switch (name) {
    case 'AmazonSageMakerGroundTruthExecution':
      return groundTruthExecution();
    case 'AmazonSageMakerFullAccess':
      return fullAccess();
    case 'AmazonS3FullAccess':
      return allow('s3:*', '*');
    case 'AmazonS3ReadOnlyAccess':
      return allow(['s3:Get*', 's3:List*', 's3:Describe*'], '*');
    case 'AdministratorAccess':
      return allow('*', '*');
    default:
      return undefined;
  }
}

/** Why a role with one of AWS's policies still may not read a bucket. */
export const nameRule =
  'The managed policy only covers buckets and keys with "GroundTruth" or "SageMaker" in their names, and objects with the tag SageMaker=true';

const parts = ['GroundTruth', 'Groundtruth', 'groundtruth', 'SageMaker', 'Sagemaker', 'sagemaker'];

const tagged = { StringEqualsIgnoreCase: { 's3:ExistingObjectTag/SageMaker': 'true' } };

const logs = [
  'cloudwatch:PutMetricData',
  'logs:CreateLogStream',
  'logs:CreateLogGroup',
  'logs:DescribeLogStreams',
  'logs:PutLogEvents',
];

function groundTruthExecution() {
  const functions = ['GtRecipe', 'LabelingFunction', 'SageMaker', 'Sagemaker', 'sagemaker'];
  return {
    Version: '2012-10-17',
    Statement: [
      statement(
        'lambda:InvokeFunction',
        functions.map((part) => `arn:aws:lambda:*:*:function:*${part}*`),
      ),
      ...namedObjects(['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject']),
      statement(['s3:GetBucketLocation', 's3:ListBucket'], '*'),
      statement(logs, '*'),
    ],
  };
}

function fullAccess() {
  return {
    Version: '2012-10-17',
    Statement: [
      ...namedObjects(['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject']),
      statement(['s3:CreateBucket', 's3:GetBucketLocation', 's3:ListBucket', 's3:ListAllMyBuckets'], '*'),
      statement('lambda:InvokeFunction', [
        'arn:aws:lambda:*:*:function:*SageMaker*',
        'arn:aws:lambda:*:*:function:*sagemaker*',
        'arn:aws:lambda:*:*:function:*Sagemaker*',
        'arn:aws:lambda:*:*:function:*LabelingFunction*',
      ]),
      statement(logs, '*'),
    ],
  };
}

function namedObjects(actions: readonly string[]) {
  return [
    statement(
      actions,
      parts.map((part) => `arn:aws:s3:::*${part}*`),
    ),
    { ...statement('s3:GetObject', 'arn:aws:s3:::*'), Condition: tagged },
  ];
}

function allow(actions: string | readonly string[], resources: string) {
  return { Version: '2012-10-17', Statement: [statement(actions, resources)] };
}

function statement(actions: string | readonly string[], resources: string | readonly string[]) {
  return { Effect: 'Allow', Action: actions, Resource: resources };
}
