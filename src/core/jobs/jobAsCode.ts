import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { python, shell } from '../snippets.js';

export type JobLanguage = 'awsCli' | 'boto3' | 'terraform';

export interface JobToWrite {
  readonly region: string;
  /** A request of CreateLabelingJob, whole. */
  readonly request: JsonObject;
}

/**
 * What makes the same labeling job again, to be pasted where it is run: with the AWS CLI, with boto3, or as
 * `aws_sagemaker_labeling_job`, which Terraform's AWS provider has since January 2026. CloudFormation has no such
 * resource. The job's files (manifest, label categories, template) are named and must be there; its name must be a new one.
 */
export function jobAsCode({ region, request }: JobToWrite, language: JobLanguage): string {
  switch (language) {
    case 'awsCli':
      return awsCli(region, request);
    case 'boto3':
      return boto3(region, request);
    case 'terraform':
      return terraform(request);
  }
}

function awsCli(region: string, request: JsonObject): string {
  return `${[
    "cat > labeling-job.json <<'END'",
    JSON.stringify(request, undefined, 2),
    'END',
    'aws sagemaker create-labeling-job \\',
    `  --region ${shell(region)} \\`,
    '  --cli-input-json file://labeling-job.json',
  ].join('\n')}\n`;
}

function boto3(region: string, request: JsonObject): string {
  return `${[
    'import boto3',
    '',
    `request = ${python(request)}`,
    `sagemaker = boto3.client("sagemaker", region_name=${python(region)})`,
    'print(sagemaker.create_labeling_job(**request)["LabelingJobArn"])',
  ].join('\n')}\n`;
}

function terraform({ Tags: tags, ...request }: JsonObject): string {
  const lines = ['resource "aws_sagemaker_labeling_job" "this" {', ...members(request, '  ')];
  const pairs = Array.isArray(tags) ? tags.filter(isObject) : [];
  if (pairs.length > 0) {
    lines.push('', '  tags = {', ...pairs.map(({ Key, Value }) => `    ${hcl(Key)} = ${hcl(Value ?? '')}`), '  }');
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

/** Arguments first, then blocks: what is an object in the request is a block in the provider's schema. */
function members(object: JsonObject, indent: string): readonly string[] {
  const own = Object.entries(object).filter(([, value]) => !isObject(value));
  const width = Math.max(0, ...own.map(([name]) => snakeCase(name).length));
  const blocks: string[] = [];
  for (const [name, value] of Object.entries(object)) {
    if (isObject(value)) {
      blocks.push('', `${indent}${snakeCase(name)} {`, ...members(value, `${indent}  `), `${indent}}`);
    }
  }
  const lines = own.map(([name, value]) => `${indent}${snakeCase(name).padEnd(width)} = ${hcl(value)}`);
  return lines.length === 0 ? blocks.slice(1) : [...lines, ...blocks];
}

/** As the provider names what AWS calls `ManifestS3Uri`: `manifest_s3_uri`. */
function snakeCase(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, '_').toLowerCase();
}

/** HCL reads JSON's literals, and templates in texts, which are escaped. */
function hcl(value: JsonValue | undefined): string {
  return JSON.stringify(value ?? '').replaceAll(/[$%](?=\{)/gu, (sign) => sign + sign);
}
