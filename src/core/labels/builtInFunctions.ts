/** The task types that Ground Truth brings its own functions for: the last part of their names. */
const builtInTaskTypes = [
  'ImageMultiClass',
  'ImageMultiClassMultiLabel',
  'BoundingBox',
  'SemanticSegmentation',
  'TextMultiClass',
  'TextMultiClassMultiLabel',
  'NamedEntityRecognition',
  'VideoMultiClass',
  'VideoObjectDetection',
  'VideoObjectTracking',
  '3DPointCloudObjectDetection',
  '3DPointCloudObjectTracking',
  '3DPointCloudSemanticSegmentation',
  'VerificationBoundingBox',
  'AdjustmentBoundingBox',
  'VerificationSemanticSegmentation',
  'AdjustmentSemanticSegmentation',
  'AdjustmentVideoObjectDetection',
  'AdjustmentVideoObjectTracking',
  'Adjustment3DPointCloudObjectDetection',
  'Adjustment3DPointCloudObjectTracking',
  'Adjustment3DPointCloudSemanticSegmentation',
  'PassThrough',
] as const;

export type BuiltInTaskType = (typeof builtInTaskTypes)[number];

// Strings, because some begin with a zero. Ground Truth's functions exist in these regions only.
const functionAccounts: Readonly<Record<string, string>> = {
  'us-east-1': '432418664414',
  'us-east-2': '266458841044',
  'us-west-2': '081040173940',
  'ca-central-1': '918755190332',
  'eu-west-1': '568282634449',
  'eu-west-2': '487402164563',
  'eu-central-1': '203001061592',
  'ap-northeast-1': '477331159723',
  'ap-northeast-2': '845288260483',
  'ap-south-1': '565803892007',
  'ap-southeast-1': '377565633583',
  'ap-southeast-2': '454466003867',
};

/** What prepares each object for the worker's page; `undefined` in a region that Ground Truth is not in. */
export function preHumanTaskLambdaArn(region: string, taskType: BuiltInTaskType): string | undefined {
  return functionArn(region, `PRE-${taskType}`);
}

/** What makes one label of several workers' answers; `undefined` in a region that Ground Truth is not in. */
export function annotationConsolidationLambdaArn(region: string, taskType: BuiltInTaskType): string | undefined {
  return functionArn(region, `ACS-${taskType}`);
}

export interface BuiltInFunction {
  readonly kind: 'PRE' | 'ACS';
  readonly taskType: BuiltInTaskType;
  readonly region: string;
}

const functionArnPattern = /^arn:aws[a-z-]*:lambda:([a-z0-9-]+):([0-9]{12}):function:(PRE|ACS)-([0-9A-Za-z]+)$/u;

/** Which built-in function this is; `undefined` for a function of somebody's own. */
export function parseBuiltInFunction(arn: string): BuiltInFunction | undefined {
  const [, region = '', account, kind, name] = functionArnPattern.exec(arn) ?? [];
  const taskType = builtInTaskTypes.find((known) => known === name);
  if (taskType === undefined || functionAccounts[region] !== account) {
    return undefined;
  }
  return { kind: kind === 'PRE' ? 'PRE' : 'ACS', taskType, region };
}

function functionArn(region: string, name: string): string | undefined {
  const account = functionAccounts[region];
  return account === undefined ? undefined : `arn:aws:lambda:${region}:${account}:function:${name}`;
}
