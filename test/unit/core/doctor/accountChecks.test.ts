import assert from 'node:assert/strict';
import { examineAll } from '../../../../src/core/doctor/examine.js';
import type { Decision, DoctorProbes } from '../../../../src/core/doctor/probes.js';
import { requestSubject, workerSubject } from '../../../../src/core/doctor/subject.js';
import { readRequest } from '../../../../src/core/doctor/requestFile.js';
import type { ReadPrices } from '../../../../src/core/cost/priceTable.js';
import { Failure } from '../../../../src/core/failure.js';
import type { LabelingJobs, Services } from '../../../../src/core/ports.js';
import { labelingJobRequest } from '../../../support/lab.js';
import { accountOf } from '../../../support/accountOf.js';
import { servicesOver } from '../../../support/services.js';

const { signal } = new AbortController();
const place = { kind: 'aws', region: 'us-east-1', cliOptions: [] } as const;
const roleArn = 'arn:aws:iam::111122223333:role/labeling';
const request = labelingJobRequest({ name: 'cats', bucket: 'pictures', roleArn, workteamArn: '' });
const subject = requestSubject(readRequest(JSON.stringify(request)), { title: 'a request' });

async function finding(id: string, services: Partial<Services>, of = subject) {
  const { report } = await examineAll({ services: servicesOver(services), place, subject: of, only: [id] }, signal);
  const [found] = report.findings;
  assert.ok(found);
  return found;
}

function account(callerArn: string): Pick<Services, 'account'> {
  return {
    account: accountOf('111122223333', { identity: async () => ({ accountId: '111122223333', arn: callerArn }) }),
  };
}

function jobs(list: LabelingJobs['list']): Pick<Services, 'labelingJobs'> {
  return { labelingJobs: { list } as LabelingJobs };
}

function probes(some: Partial<DoctorProbes>): Pick<Services, 'probes'> {
  return { probes: some as DoctorProbes };
}

// What Local Ground Truth cannot be: an account that Ground Truth is closed to, and a caller who may not do all.
describe('the doctor on an account', () => {
  const nobody = { ...account('arn:aws:iam::111122223333:user/ann'), ...probes({ workforce: async () => undefined }) };

  it('1: gt.availability warns of an account that has nothing of Ground Truth yet', async () => {
    const found = await finding('gt.availability', { ...nobody, ...jobs(async () => []) }, workerSubject());
    assert.equal(found.status, 'warning');
    assert.match(found.cause, /closed to accounts that did not use it before/u);
  });

  for (const error of [
    new Failure('aws.accessDenied', { action: 'sagemaker:ListLabelingJobs', resource: '*' }),
    new Failure('aws.refused', { action: 'sagemaker:ListLabelingJobs', name: 'ValidationException', reason: 'No.' }),
  ]) {
    it(`1: gt.availability takes ${error.code} for an account that may be shut out`, async () => {
      const found = await finding('gt.availability', { ...nobody, ...jobs(() => Promise.reject(error)) });
      assert.equal(found.status, 'error');
      assert.match(found.cause, /closed to accounts/u);
    });
  }

  const passing = (callerArn: string, decision: Decision, asked: string[] = []) => ({
    ...account(callerArn),
    ...probes({
      role: async (name) => ({
        name,
        arn: name === 'labeling' ? roleArn : `arn:aws:iam::111122223333:role/${name}`,
        trustPolicy: '{}',
      }),
      simulate: async ({ principalArn, action, resource }) => {
        asked.push(`${principalArn} ${action} ${resource}`);
        return decision;
      },
    }),
  });

  it('10: iam.passrole finds a caller who may not hand the role over, and has the statement', async () => {
    const asked: string[] = [];
    const session = 'arn:aws:sts::111122223333:assumed-role/student/ann';
    const found = await finding('iam.passrole', passing(session, 'implicitDeny', asked));
    assert.equal(found.status, 'error');
    assert.deepEqual(found.policy?.Statement, [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: roleArn }]);
    assert.deepEqual(asked, [`arn:aws:iam::111122223333:role/student iam:PassRole ${roleArn}`]);
    assert.equal((await finding('iam.passrole', passing(session, 'allowed'))).status, 'ok');
  });

  it('10: iam.passrole asks about the role of IAM Identity Center by the ARN that it has', async () => {
    const asked: string[] = [];
    const session = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Lab_0123456789abcdef/ann';
    const path = 'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Lab_0123456789abcdef';
    const services = passing(session, 'allowed', asked);
    const roles: Partial<DoctorProbes> = {
      ...services.probes,
      role: async (name) => ({
        name,
        arn: name === 'labeling' ? roleArn : `arn:aws:iam::111122223333:role/${path}`,
        trustPolicy: '{}',
      }),
    };
    assert.equal((await finding('iam.passrole', { ...services, ...probes(roles) })).status, 'ok');
    assert.deepEqual(asked, [`arn:aws:iam::111122223333:role/${path} iam:PassRole ${roleArn}`]);
  });

  it('10: iam.passrole goes by the session where the caller may not look at their own role', async () => {
    const asked: string[] = [];
    const services = passing('arn:aws:sts::111122223333:assumed-role/student/ann', 'allowed', asked);
    const roles: Partial<DoctorProbes> = {
      ...services.probes,
      role: async (name) => {
        if (name === 'student') {
          throw new Failure('aws.accessDenied', { action: 'iam:GetRole', resource: name });
        }
        return { name, arn: roleArn, trustPolicy: '{}' };
      },
    };
    assert.equal((await finding('iam.passrole', { ...services, ...probes(roles) })).status, 'ok');
    assert.deepEqual(asked, [`arn:aws:iam::111122223333:role/student iam:PassRole ${roleArn}`]);
  });

  it('11: region.same finds a bucket of another region', async () => {
    const found = await finding('region.same', {
      ...probes({ bucketRegion: async () => 'eu-west-1' }),
      objects: {
        readObject: () => Promise.reject(new Failure('object.notFound', { uri: '' })),
      } as unknown as Services['objects'],
    });
    assert.equal(found.status, 'error');
    assert.match(found.cause, /It is in eu-west-1, and the job would be in us-east-1/u);
  });

  it('28: team.cidr tells where workers may come from', async () => {
    const workforce = { name: 'default', status: 'Active', cidrs: ['192.0.2.0/24'] };
    const { report } = await examineAll(
      {
        services: servicesOver(probes({ workforce: async () => workforce })),
        place,
        subject: workerSubject(),
        only: ['team.workforce'],
      },
      signal,
    );
    assert.match(report.findings.find(({ id }) => id === 'team.cidr')?.cause ?? '', /192\.0\.2\.0\/24/u);
  });

  const price = { regions: ['*'], taskTypes: ['*'], perObject: [{ upTo: 1_000, usd: 0.08 }], perWorkerTask: 0 };
  const table = { date: '2026-11-01', source: 'the price list', prices: [price] };
  const costs: readonly { what: string; objects: number; prices: ReadPrices; status: string; told: RegExp }[] = [
    {
      what: 'a figure by the price table, with its date',
      objects: 250,
      prices: { table },
      status: 'ok',
      told: /^About \$20\.00: 250 objects.* as of 2026-11-01: the price list\. They do not name us-east-1/u,
    },
    {
      what: 'the figure that somebody has written down for the region',
      objects: 250,
      prices: { table: { ...table, prices: [{ ...price, regions: ['us-east-1'], perObject: [{ usd: 0.5 }] }, price] } },
      status: 'ok',
      told: /^About \$125\.00: .*: the price list\.$/u,
    },
    {
      what: 'no figure where the table has none for so many',
      objects: 1_001,
      prices: { table },
      status: 'unknown',
      told: /no price beyond 1000 objects: fill it in/u,
    },
    {
      what: 'no figure where the table cannot be used',
      objects: 1,
      prices: { problem: '"date" must be a day' },
      status: 'unknown',
      told: /The price table cannot be used: "date" must be a day\.$/u,
    },
  ];
  for (const { what, objects, prices, status, told } of costs) {
    it(`19: cost has ${what}`, async () => {
      const lines = '{"source-ref":"s3://pictures/a.png"}\n'.repeat(objects);
      const readObject = async () => ({
        bytes: new TextEncoder().encode(lines),
        etag: '"e"',
        totalBytes: lines.length,
      });
      const services = servicesOver({ objects: { readObject } as unknown as Services['objects'] });
      const options = { services, place, subject, only: ['cost'], prices: async () => prices };
      const { report } = await examineAll(options, signal);
      assert.equal(report.findings[0]?.status, status);
      assert.match(report.findings[0]?.cause ?? '', told);
    });
  }
});
