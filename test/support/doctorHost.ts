import type { Handlers } from '../../src/protocol/channel.js';
import type { DoctorPage, ShownLine, ShownReport } from '../../src/protocol/doctor.js';

const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetBucketCORS', Resource: 'arn:aws:s3:::cats' }],
};

const lines: readonly ShownLine[] = [
  {
    key: 'auth.identity 0',
    id: 'auth.identity',
    stage: 1,
    status: 'ok',
    where: 'arn:aws:iam::111122223333:user/ann',
    cause: 'You are signed in to the account 111122223333.',
    canCopyCli: true,
  },
  {
    key: 's3.cors 0',
    id: 's3.cors',
    stage: 3,
    status: 'error',
    where: 's3://ground-truth-labeling-ann-20261129',
    cause: 'The bucket has no CORS rule that lets workers’ pages read its pictures: image tasks will fail.',
    fix: { id: '7', title: 'Add the CORS rule' },
    canCopyCli: true,
  },
  {
    key: 's3.cors 1',
    id: 's3.cors',
    stage: 3,
    status: 'unknown',
    where: 'The CORS rules of the buckets with pictures',
    cause: 'AWS does not allow you "s3:GetBucketCORS" on "arn:aws:s3:::cats", so this cannot be looked at.',
    canCopyCli: true,
    policy: JSON.stringify(policy, undefined, 2),
  },
  {
    key: 'team.invites 0',
    id: 'team.invites',
    stage: 7,
    status: 'warning',
    where: 'my-team',
    cause: '1 of 1 members have not signed in yet: ann@example.com.',
    canCopyCli: false,
  },
];

export interface FakeDoctorHost {
  report: ShownReport;
  readonly calls: string[];
  readonly handlers: Handlers<DoctorPage>;
}

/** A doctor that has found one thing of each kind. */
export function fakeDoctorHost(): FakeDoctorHost {
  const host: FakeDoctorHost = {
    report: { subject: 'the labeling job "cats"', state: { kind: 'done' }, lines },
    calls: [],
    handlers: {
      'report.get': async () => host.report,
      'report.run': async () => void host.calls.push('run'),
      'report.cancel': async () => void host.calls.push('cancel'),
      'report.copy': async ({ format }) => void host.calls.push(`copy ${format}`),
      'subject.choose': async () => void host.calls.push('choose'),
      'fix.do': async ({ key, fixId }) => {
        host.calls.push(`fix ${key} ${fixId}`);
        return true;
      },
      'cli.copy': async ({ key }) => void host.calls.push(`cli ${key}`),
      'policy.copy': async ({ key }) => void host.calls.push(`policy ${key}`),
    },
  };
  return host;
}
