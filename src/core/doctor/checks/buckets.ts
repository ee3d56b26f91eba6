import { Failure } from '../../failure.js';
import { type Check, failing, ok, type Outcome, unknown, warning } from '../check.js';
import { deniedOutcome } from '../denied.js';
import { reasonOf } from '../reasonOf.js';
import type { Examination } from '../examination.js';

/** Tells a bucket that is empty from one that may not be looked into. */
export const bucketsListed: Check = {
  id: 's3.list',
  stage: 3,
  title: 'The buckets',
  async run(examination, signal) {
    const buckets = await examination.buckets(signal);
    if (buckets.length === 0 && examination.subject.buckets === 'all') {
      return [warning('Buckets', 'There is no bucket yet: create one with "Ground Truth: Create Bucket…".')];
    }
    return Promise.all(buckets.map((bucket) => listed(examination, bucket, signal)));
  },
};

async function listed(examination: Examination, bucket: string, signal: AbortSignal): Promise<Outcome> {
  const where = `s3://${bucket}`;
  const commands = [examination.aws('s3', 'ls', where)];
  try {
    const page = await examination.services.objects.listObjects({ bucket, pageSize: 1 }, signal);
    return ok(where, page.objects.length > 0 ? 'It can be listed.' : 'It can be listed, and is empty.', commands);
  } catch (error) {
    signal.throwIfAborted();
    if (Failure.is(error, 'aws.accessDenied')) {
      return { ...(await deniedOutcome(where, error, examination, signal)), status: 'warning' };
    }
    return failing(where, reasonOf(error), { commands });
  }
}

/** Ground Truth reads and writes only in the region of the job. */
export const sameRegion: Check = {
  id: 'region.same',
  stage: 3,
  title: 'The region of the buckets',
  async run(examination, signal) {
    const { region } = examination.place;
    const buckets = await examination.buckets(signal);
    return Promise.all(
      buckets.map(async (bucket) => {
        const actual = await examination.services.probes.bucketRegion(bucket, signal);
        const where = `s3://${bucket}`;
        const commands = [examination.aws('s3api', 'get-bucket-location', '--bucket', bucket)];
        return actual === region
          ? ok(where, `It is in ${region}, as the job.`, commands)
          : failing(
              where,
              `It is in ${actual}, and the job would be in ${region}: a job reads and writes in its own region only. Copy what is needed to a bucket in ${region}, or connect to ${actual}.`,
              { commands },
            );
      }),
    );
  },
};

/** New buckets are closed to the public, and stay useful: workers' pages get what they show by signed addresses. */
export const publicAccess: Check = {
  id: 's3.bpa',
  stage: 3,
  title: 'Public access',
  async run(examination, signal) {
    const buckets = await examination.buckets(signal);
    return Promise.all(
      buckets.map(async (bucket) => {
        const block = await examination.services.probes.publicAccessBlock(bucket, signal);
        const where = `s3://${bucket}`;
        const commands = [examination.aws('s3api', 'get-public-access-block', '--bucket', bucket)];
        const off = Object.entries(block ?? noBlock).flatMap(([name, isOn]) => (isOn ? [] : [name]));
        return off.length === 0
          ? ok(where, 'It is private, which is all that Ground Truth needs.', commands)
          : ok(
              where,
              `Ground Truth needs nothing to be public. These switches are off, so that objects of it may be: ${off.join(', ')}.`,
              commands,
            );
      }),
    );
  },
};

const noBlock = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

/** Of a bucket with a key of its own the role must be allowed the key too. */
export const encryption: Check = {
  id: 's3.encryption',
  stage: 3,
  title: 'The encryption of the buckets',
  async run(examination, signal) {
    const buckets = await examination.buckets(signal);
    return Promise.all(
      buckets.map(async (bucket) => {
        const { algorithm, kmsKeyArn } = await examination.services.probes.encryption(bucket, signal);
        const where = `s3://${bucket}`;
        const commands = [examination.aws('s3api', 'get-bucket-encryption', '--bucket', bucket)];
        if (!algorithm.startsWith('aws:kms')) {
          return ok(where, 'It is encrypted with a key of S3’s own: nobody needs a permission for it.', commands);
        }
        return kmsKeyArn === undefined
          ? ok(where, 'It is encrypted with the key "aws/s3", which everybody in the account may use.', commands)
          : unknown(
              where,
              `It is encrypted with the key "${kmsKeyArn}". Whether the key’s own policy lets the role use it cannot be checked here: the doctor makes no call to KMS. Look whether it allows "kms:Decrypt" and "kms:GenerateDataKey" to the role.`,
              {
                commands: [examination.aws('kms', 'get-key-policy', '--key-id', kmsKeyArn, '--policy-name', 'default')],
              },
            );
      }),
    );
  },
};
