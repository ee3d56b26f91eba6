import { parseBuiltInFunction } from '../../labels/builtInFunctions.js';
import { annotationConsolidationLambdaArn, preHumanTaskLambdaArn } from '../../labels/builtInFunctions.js';
import { partitionOf } from '../../regions.js';
import type { S3Uri } from '../../s3Uri.js';
import { type Check, failing, ok, type Outcome, unknown, warning } from '../check.js';
import type { Examination } from '../examination.js';
import { jobFix } from '../jobFix.js';
import type { Permission } from '../probes.js';
import { decide, type Verdict } from '../roleDecisions.js';
import { existingRole } from './role.js';

/** Whether the role may read what the job reads, and write its results. */
export const roleBuckets: Check = {
  id: 'iam.role.s3',
  stage: 4,
  title: 'What the role may do with the buckets',
  async run(examination, signal) {
    const name = await existingRole(examination, signal);
    if (name === undefined) {
      return [];
    }
    const permissions = await readingPermissions(examination, signal);
    const verdict = await decide(examination, { name, permissions, policyName: 'GroundTruthBuckets' }, signal);
    return [bucketOutcome(name, verdict, 'read the job’s buckets')];
  },
};

/** Whether the results can be written where they are to go. */
export const outputWritable: Check = {
  id: 'output.writable',
  stage: 9,
  title: 'Whether results can be written',
  async run(examination, signal) {
    const { job } = examination;
    if (!job?.outputPath) {
      return [];
    }
    const { bucket, key } = job.outputPath;
    const where = `s3://${bucket}/${key}`;
    await examination.services.objects.listObjects({ bucket, pageSize: 1 }, signal);
    const name = await existingRole(examination, signal);
    if (name === undefined) {
      return [ok(where, 'The role that is made together with the job may write there.')];
    }
    const resource = `arn:${partitionOf(examination.place.region)}:s3:::${bucket}/${key.replace(/\/$/u, '')}${key === '' ? '' : '/'}${job.name}/manifests/output/output.manifest`;
    const permissions = ['s3:PutObject', 's3:AbortMultipartUpload'].map((action) => ({ action, resource }));
    const verdict = await decide(examination, { name, permissions, policyName: 'GroundTruthResults' }, signal);
    const fix = verdict.fix;
    return [{ ...bucketOutcome(name, verdict, 'write the results'), where, ...(fix && { fix }) }];
  },
};

function bucketOutcome(name: string, verdict: Verdict, what: string): Outcome {
  const { missing, denied, conditional, fix } = verdict;
  if (missing.length > 0) {
    const list = missing.map(({ action, resource }) => `${action} on ${resource}`).join('; ');
    const rule = verdict.nameRule === undefined ? '' : ` ${verdict.nameRule}.`;
    const stays =
      denied.length > 0 ? ' A statement denies it: take that out first, no permission helps against it.' : '';
    return failing(name, `The role may not ${what}: ${list}.${rule}${stays}`, { ...(fix && { fix }) });
  }
  return conditional.length > 0
    ? warning(name, `Whether the role may ${what} depends on conditions, such as the tags of objects.`)
    : ok(name, `The role may ${what}.`);
}

async function readingPermissions(examination: Examination, signal: AbortSignal): Promise<readonly Permission[]> {
  const { job, place } = examination;
  const partition = partitionOf(place.region);
  const objects = await examination.objects(signal).catch(() => undefined);
  const sample = await examination.sample(signal).catch(() => []);
  const files = [objects?.manifest?.uri, job?.labelCategories, job?.template].flatMap((uri) => uri ?? []);
  const buckets = await examination.buckets(signal);
  const keys: readonly S3Uri[] = [...files, ...sample];
  return [
    ...buckets.flatMap((bucket) =>
      ['s3:ListBucket', 's3:GetBucketLocation'].map((action) => ({
        action,
        resource: `arn:${partition}:s3:::${bucket}`,
      })),
    ),
    ...keys.map(({ bucket, key }) => ({ action: 's3:GetObject', resource: `arn:${partition}:s3:::${bucket}/${key}` })),
  ];
}

/** AWS's own functions are in one account of each region; those of custom jobs the role must be allowed. */
export const functions: Check = {
  id: 'lambda.invoke',
  stage: 4,
  title: 'The functions before and after the workers',
  async run(examination, signal) {
    const { job } = examination;
    if (!job) {
      return [];
    }
    const outcomes = await Promise.all(
      (['preHumanTaskLambdaArn', 'annotationConsolidationLambdaArn'] as const)
        .filter((member) => job[member] !== '')
        .map((member) => functionOutcomes(examination, member, job[member], signal)),
    );
    return outcomes.flat();
  },
};

type FunctionMember = 'preHumanTaskLambdaArn' | 'annotationConsolidationLambdaArn';

async function functionOutcomes(
  examination: Examination,
  member: FunctionMember,
  arn: string,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const { region } = examination.place;
  const own = parseBuiltInFunction(arn);
  if (own?.region === region) {
    return [ok(arn, 'This is Ground Truth’s own function of the region.')];
  }
  const [, kind, taskType = ''] = /:function:(PRE|ACS)-(\w+)$/u.exec(arn) ?? [];
  if (kind !== undefined) {
    const right = builtIn(kind, region, taskType);
    const fix =
      right === undefined ? undefined : jobFix(examination, 'Take the function of the region', { [member]: right });
    return [
      failing(arn, `This looks like one of Ground Truth’s own functions, but in ${region} there is none of this ARN.`, {
        ...(fix && { fix }),
      }),
    ];
  }
  return customOutcomes(examination, arn, signal);
}

function builtIn(kind: string, region: string, taskType: string): string | undefined {
  const wanted = parseBuiltInFunction(`arn:aws:lambda:us-east-1:432418664414:function:${kind}-${taskType}`);
  return wanted && (kind === 'PRE' ? preHumanTaskLambdaArn : annotationConsolidationLambdaArn)(region, wanted.taskType);
}

async function customOutcomes(examination: Examination, arn: string, signal: AbortSignal): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const name = await existingRole(examination, signal);
  if (name !== undefined) {
    const permissions = [{ action: 'lambda:InvokeFunction', resource: arn }];
    const { missing, fix } = await decide(
      examination,
      { name, permissions, policyName: 'GroundTruthFunctions' },
      signal,
    );
    outcomes.push(
      missing.length === 0
        ? ok(arn, `The role "${name}" may call the function.`)
        : failing(
            arn,
            `The role "${name}" may not call the function. AWS’s managed policy only covers functions with "GtRecipe", "LabelingFunction" or "SageMaker" in their names.`,
            { ...(fix && { fix }) },
          ),
    );
  }
  const functionName = arn.split(':')[6] ?? arn;
  const commands = [
    examination.aws('lambda', 'get-function', '--function-name', arn),
    examination.aws('logs', 'tail', `/aws/lambda/${functionName}`),
  ];
  return [
    ...outcomes,
    unknown(
      arn,
      `Whether there is such a function cannot be checked here: the doctor makes no call to Lambda. Its log is the group "/aws/lambda/${functionName}".`,
      { id: 'lambda.exists', commands },
    ),
  ];
}
