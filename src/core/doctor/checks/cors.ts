import { jsonText } from '../jsonText.js';
import { ensureUnchanged } from '../changedMeanwhile.js';
import { type Check, ok, type Outcome } from '../check.js';
import type { Examination } from '../examination.js';
import type { CorsRule } from '../probes.js';
import type { Fix } from '../report.js';

/** AWS's own rule: https://docs.aws.amazon.com/sagemaker/latest/dg/sms-cors-update.html */
const labelingRule: CorsRule = {
  AllowedHeaders: [],
  AllowedMethods: ['GET'],
  AllowedOrigins: ['*'],
  ExposeHeaders: ['Access-Control-Allow-Origin'],
};

/** Without it browsers show workers no pictures, or pictures that are turned another way than the labels. */
export const cors: Check = {
  id: 's3.cors',
  stage: 3,
  title: 'The CORS rules of the buckets with pictures',
  async run(examination, signal) {
    const buckets = await examination.pictureBuckets(signal);
    return Promise.all(buckets.map((bucket) => bucketOutcome(examination, bucket, signal)));
  },
};

async function bucketOutcome(examination: Examination, bucket: string, signal: AbortSignal): Promise<Outcome> {
  const rules = await examination.services.probes.corsRules(bucket, signal);
  const where = `s3://${bucket}`;
  const look = [examination.aws('s3api', 'get-bucket-cors', '--bucket', bucket)];
  const origin = `https://example.labeling.${examination.place.region}.sagemaker.aws`;
  const letting = rules.filter((rule) => letsRead(rule, origin));
  if (letting.some(exposes)) {
    return ok(where, 'Workers’ pages may read the pictures of this bucket.', look);
  }
  if (isMendedByCreation(examination)) {
    return ok(where, 'Creating the labeling job adds the CORS rule that workers’ pages need.', look);
  }
  const status = examination.subject.input === undefined ? 'warning' : 'error';
  const [close] = letting;
  if (close) {
    const mended = { ...close, ExposeHeaders: [...(close.ExposeHeaders ?? []), 'Access-Control-Allow-Origin'] };
    const after = rules.map((rule) => (rule === close ? mended : rule));
    return {
      id: 's3.cors.shape',
      status,
      where,
      cause:
        'A CORS rule lets workers’ pages read the pictures, but does not expose "Access-Control-Allow-Origin", which Ground Truth has asked for since browsers turn pictures by their EXIF data.',
      fix: corsFix(examination, { bucket, rules, after, title: 'Expose the header in that rule' }),
    };
  }
  return {
    status,
    where,
    cause:
      'The bucket has no CORS rule that lets workers’ pages read its pictures: image tasks will fail. The rules that are there stay.',
    fix: corsFix(examination, { bucket, rules, after: [...rules, labelingRule], title: 'Add the CORS rule' }),
  };
}

function isMendedByCreation({ job, subject }: Examination): boolean {
  return job?.templateText !== undefined && subject.input !== undefined;
}

function letsRead({ AllowedMethods = [], AllowedOrigins = [] }: CorsRule, origin: string): boolean {
  return AllowedMethods.includes('GET') && AllowedOrigins.some((pattern) => isOrigin(pattern, origin));
}

/** S3 takes one asterisk in an origin. */
function isOrigin(pattern: string, origin: string): boolean {
  const [start = '', end] = pattern.split('*', 2);
  return end === undefined
    ? pattern === origin
    : origin.length >= start.length + end.length && origin.startsWith(start) && origin.endsWith(end);
}

function exposes({ ExposeHeaders = [] }: CorsRule): boolean {
  return ExposeHeaders.some((header) => header.toLowerCase() === 'access-control-allow-origin');
}

function corsFix(
  examination: Examination,
  {
    bucket,
    rules,
    after,
    title,
  }: {
    readonly bucket: string;
    readonly rules: readonly CorsRule[];
    readonly after: readonly CorsRule[];
    readonly title: string;
  },
): Fix {
  const configuration = JSON.stringify({ CORSRules: after });
  const command = ['s3api', 'put-bucket-cors', '--bucket', bucket, '--cors-configuration', configuration];
  return {
    title,
    fileName: `CORS of ${bucket}.json`,
    before: jsonText({ CORSRules: rules }),
    after: jsonText({ CORSRules: after }),
    commands: [examination.aws(...command)],
    async apply(signal) {
      const { probes, repairs } = examination.services;
      ensureUnchanged(`CORS rules of ${bucket}`, rules, await probes.corsRules(bucket, signal));
      await repairs.setCorsRules(bucket, after, signal);
    },
  };
}
