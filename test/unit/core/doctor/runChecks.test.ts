import assert from 'node:assert/strict';
import { type Check, ok } from '../../../../src/core/doctor/check.js';
import { Examination } from '../../../../src/core/doctor/examination.js';
import { type CheckResult, runChecks } from '../../../../src/core/doctor/runChecks.js';
import { accountSubject } from '../../../../src/core/doctor/subject.js';
import { Failure } from '../../../../src/core/failure.js';
import { accountOf } from '../../../support/accountOf.js';
import { servicesOver } from '../../../support/services.js';

const { signal } = new AbortController();

const arn = 'arn:aws:iam::111122223333:user/ann';
const services = servicesOver({
  account: accountOf('111122223333', { identity: async () => ({ accountId: '111122223333', arn }) }),
});
const place = { kind: 'aws', region: 'us-east-1', cliOptions: ['--profile', 'lab'] } as const;
const examination = new Examination({ services, place, subject: accountSubject() });

function check(id: string, run: Check['run']): Check {
  return { id, stage: 3, title: `About ${id}`, run };
}

async function results(
  checks: readonly Check[],
  options: Parameters<typeof runChecks>[2] = {},
  during = signal,
): Promise<readonly CheckResult[]> {
  const found: CheckResult[] = [];
  for await (const result of runChecks(checks, examination, options, during)) {
    found.push(result);
  }
  return found;
}

describe('running checks', () => {
  it('runs some at a time and tells of them in their order', async () => {
    const started: string[] = [];
    let letFirstEnd: (() => void) | undefined;
    const first = check('first', async () => {
      started.push('first');
      await new Promise<void>((resolve) => {
        letFirstEnd = resolve;
      });
      return [ok('1', 'fine')];
    });
    const second = check('second', async () => {
      started.push('second');
      letFirstEnd?.();
      return [ok('2', 'fine')];
    });
    const found = await results([first, second]);
    assert.deepEqual(
      found.map((result) => result.check),
      ['first', 'second'],
    );
    assert.deepEqual(started, ['first', 'second']);
  });

  it('makes a line of a check that fails, and goes on', async () => {
    const broken = check('broken', () => Promise.reject(new Error('no such luck')));
    const [failed, fine] = await results([broken, check('fine', async () => [ok('x', 'fine')])]);
    assert.equal(failed?.lines[0]?.finding.status, 'unknown');
    assert.match(failed.lines[0].finding.cause, /no such luck/u);
    assert.equal(fine?.lines[0]?.finding.status, 'ok');
  });

  it('gives up a check that takes too long', async () => {
    const late = new AbortController();
    const endless = check('endless', () => {
      late.abort();
      return new Promise(() => undefined);
    });
    const [result] = await results([endless], { deadline: () => late.signal });
    assert.equal(result?.lines[0]?.finding.status, 'unknown');
    assert.match(result.lines[0].finding.cause, /took too long/u);
  });

  it('ends when it is cancelled', async () => {
    const cancelled = new AbortController();
    const endless = check('endless', () => {
      cancelled.abort();
      return new Promise(() => undefined);
    });
    await assert.rejects(results([endless], {}, cancelled.signal), {
      name: 'AbortError',
    });
  });

  it('names the action that is denied, with the smallest policy and a way to get it', async () => {
    const details = { action: 's3:GetBucketCORS', resource: 'cats', arn: 'arn:aws:s3:::cats' };
    const denied = check('s3.cors', () => Promise.reject(new Failure('aws.accessDenied', details)));
    const [result] = await results([denied]);
    const finding = result?.lines[0]?.finding;
    const statement = { Effect: 'Allow', Action: 's3:GetBucketCORS', Resource: 'arn:aws:s3:::cats' } as const;
    const policy = { Version: '2012-10-17', Statement: [statement] };
    assert.equal(finding?.status, 'unknown');
    assert.deepEqual(finding.policy, policy);
    assert.deepEqual(finding.commands, [
      [
        ...'aws iam put-user-policy --user-name ann --policy-name GroundTruthDoctor --policy-document'.split(' '),
        JSON.stringify(policy),
        '--profile',
        'lab',
      ],
    ]);
  });

  it('asks for no permission where none would help', async () => {
    const because = 'with an explicit deny in a service control policy';
    const details = { action: 's3:GetBucketCORS', resource: 'cats', because };
    const denied = check('s3.cors', () => Promise.reject(new Failure('aws.accessDenied', details)));
    const [result] = await results([denied]);
    const finding = result?.lines[0]?.finding;
    assert.equal(finding?.status, 'unknown');
    assert.match(finding.cause, /"arn:aws:s3:::cats" \(with an explicit deny in a service control policy\)/u);
    assert.deepEqual([finding.policy, finding.commands], [undefined, []]);
  });
});
