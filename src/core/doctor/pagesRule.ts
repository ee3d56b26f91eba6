import { jsonText } from './jsonText.js';
import { ensureUnchanged } from './changedMeanwhile.js';
import type { CommandLine, Fix } from './report.js';
import type { CorsRule, DoctorProbes, DoctorRepairs } from './probes.js';

/** AWS's own rule: https://docs.aws.amazon.com/sagemaker/latest/dg/sms-cors-update.html */
const labelingRule: CorsRule = {
  AllowedHeaders: [],
  AllowedMethods: ['GET'],
  AllowedOrigins: ['*'],
  ExposeHeaders: ['Access-Control-Allow-Origin'],
};

export interface PagesChange {
  /** `exposes`: a rule that is there lacks the header alone. */
  readonly kind: 'adds' | 'exposes';
  readonly before: readonly CorsRule[];
  /** All that was there before, and what workers' pages need. */
  readonly after: readonly CorsRule[];
}

/** What a bucket's rules lack for workers' pages to read its pictures; `undefined` for nothing. */
export function pagesChange(before: readonly CorsRule[], region: string): PagesChange | undefined {
  const letting = before.filter((rule) => letsRead(rule, `https://example.labeling.${region}.sagemaker.aws`));
  if (letting.some(exposes)) {
    return undefined;
  }
  const [close] = letting;
  if (!close) {
    return { kind: 'adds', before, after: [...before, labelingRule] };
  }
  const mended = { ...close, ExposeHeaders: [...(close.ExposeHeaders ?? []), 'Access-Control-Allow-Origin'] };
  return { kind: 'exposes', before, after: before.map((rule) => (rule === close ? mended : rule)) };
}

interface RuleAccess {
  readonly probes: Pick<DoctorProbes, 'corsRules'>;
  readonly repairs: Pick<DoctorRepairs, 'setCorsRules'>;
}

/** Merges the rule into what is there, and only into that. */
export function pagesFix(
  { probes, repairs }: RuleAccess,
  bucket: string,
  { kind, before, after }: PagesChange,
  aws: (...command: CommandLine) => CommandLine,
): Fix {
  const configuration = JSON.stringify({ CORSRules: after });
  return {
    title: kind === 'adds' ? 'Add the CORS rule' : 'Expose the header in that rule',
    fileName: `CORS of ${bucket}.json`,
    before: jsonText({ CORSRules: before }),
    after: jsonText({ CORSRules: after }),
    commands: [aws('s3api', 'put-bucket-cors', '--bucket', bucket, '--cors-configuration', configuration)],
    async apply(signal) {
      ensureUnchanged(`CORS rules of ${bucket}`, before, await probes.corsRules(bucket, signal));
      await repairs.setCorsRules(bucket, after, signal);
    },
  };
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
