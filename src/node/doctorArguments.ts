import { parseArgs } from 'node:util';
import type { Look } from '../core/doctor/look.js';
import type { Target } from '../core/ports.js';
import { parseS3Uri, type S3Uri } from '../core/s3Uri.js';

export interface DoctorArguments {
  readonly target: Target;
  readonly look: ProgramLook;
  readonly isJson: boolean;
  readonly samples: number;
  /** The file of a price table; that of the extension where there is none. */
  readonly prices?: string;
  /** Findings whose fix is to be done. */
  readonly fixes: readonly string[];
}

/** A program can look at the file of a request, too. */
export type ProgramLook = Look | { readonly kind: 'request'; readonly file: string };

export const doctorUsage = [
  'Usage: doctor.js [--json] [--endpoint URL] [--profile NAME] [--region NAME] [--samples 10] [--prices FILE]',
  '                 [--fix ID]… [--job NAME | --manifest S3URI | --request FILE | --bucket NAME | --worker]',
  '',
  'Looks for what keeps a labeling job from working: in the whole account, or in what is named.',
  'It changes nothing, but for the findings that --fix names. With --endpoint the keys are those of',
  'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; AWS_ENDPOINT_URL stands for it where it is set.',
  'Exit code: 0 nothing is wrong, 1 errors were found, 2 it could not look.',
].join('\n');

const defaultSamples = '10';

/** Throws with a sentence that says what is wrong. */
export function parseDoctorArguments(args: readonly string[], environment: NodeJS.ProcessEnv): DoctorArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      endpoint: { type: 'string' },
      profile: { type: 'string' },
      region: { type: 'string' },
      samples: { type: 'string', default: defaultSamples },
      prices: { type: 'string' },
      fix: { type: 'string', multiple: true, default: [] },
      job: { type: 'string' },
      manifest: { type: 'string' },
      request: { type: 'string' },
      bucket: { type: 'string' },
      worker: { type: 'boolean', default: false },
    },
  });
  const samples = Number(values.samples);
  if (!Number.isInteger(samples) || samples < 1) {
    throw new Error(`"${values.samples}" is no number of objects.`);
  }
  return {
    target: targetOf(values, environment),
    look: lookOf(values),
    isJson: values.json,
    samples,
    ...(values.prices !== undefined && { prices: values.prices }),
    fixes: values.fix,
  };
}

interface Where {
  readonly endpoint?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}

function targetOf(where: Where, environment: NodeJS.ProcessEnv): Target {
  const region = where.region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  const endpoint = where.endpoint ?? (where.profile === undefined ? environment['AWS_ENDPOINT_URL'] : undefined);
  if (endpoint === undefined) {
    // Without a profile, the keys of the environment, as a CI has them, or else the default profile's.
    return { kind: 'aws', ...(where.profile !== undefined && { profile: where.profile }), region };
  }
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'];
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error('An endpoint wants its keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.');
  }
  const address = endpoint.replace(/\/+$/u, '');
  return {
    kind: 'local',
    server: {
      endpoint: address,
      region,
      accountId: '',
      accessKeyId,
      secretAccessKey,
      portal: `${address}/_local/portal`,
    },
  };
}

interface Subjects {
  readonly job?: string | undefined;
  readonly manifest?: string | undefined;
  readonly request?: string | undefined;
  readonly bucket?: string | undefined;
  readonly worker: boolean;
}

function lookOf({ job, manifest, request, bucket, worker }: Subjects): ProgramLook {
  const looks: ProgramLook[] = [
    ...(job === undefined ? [] : [{ kind: 'job', name: job } as const]),
    ...(manifest === undefined ? [] : [{ kind: 'manifest', uri: uriOf(manifest) } as const]),
    ...(request === undefined ? [] : [{ kind: 'request', file: request } as const]),
    ...(bucket === undefined ? [] : [{ kind: 'bucket', name: bucket } as const]),
    ...(worker ? [{ kind: 'worker' } as const] : []),
  ];
  if (looks.length > 1) {
    throw new Error('One thing is looked at: --job, --manifest, --request, --bucket or --worker.');
  }
  return looks[0] ?? { kind: 'account' };
}

function uriOf(text: string): S3Uri {
  const uri = parseS3Uri(text);
  if (!uri || uri.key === '') {
    throw new Error(`"${text}" is no S3 URI of a manifest.`);
  }
  return uri;
}
