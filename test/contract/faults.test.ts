import assert from 'node:assert/strict';
import process from 'node:process';
import { Failure } from '../../src/core/failure.js';
import type { Notice } from '../../src/host/support/notices.js';
import type { FaultName, FaultRule } from '../../src/local/faults/faultRule.js';
import { FaultyLab } from '../support/faults/faultyLab.js';
import { remainsOf } from '../support/faults/labRemains.js';
import { fakeVscode } from '../support/fakeVscode.js';
import { startTestServer, type FaultyTestServer } from '../support/localServer.js';
import { RequestRecorder } from '../support/requests/requestRecorder.js';

let noticeFor: (error: unknown) => Notice;

/** Now and then, every so often, at the first attempt of each pair, or always. */
const third: Partial<FaultRule> = { every: 3 };
const first = (rule: FaultRule): readonly FaultRule[] => [
  { ...rule, times: 1 },
  { ...rule, every: 2 },
];

const faults: Readonly<Record<string, readonly FaultRule[]>> = {
  throttling: [of('Throttling', third)],
  'throttling, always': [of('Throttling')],
  SlowDown: [of('SlowDown', { service: 's3', every: 2 })],
  '503': [of('ServiceUnavailable', third)],
  '500': [of('InternalError', third)],
  '500, always': [of('InternalError')],
  'expired token': [of('ExpiredToken')],
  'access denied': [of('AccessDenied')],
  'clock 1 h behind': [of('ClockSkew', { skewSeconds: 3_600 })],
  'clock 1 h ahead': [of('ClockSkew', { skewSeconds: -3_600 })],
  'cut before': [of('CutBefore', third)],
  'cut in the body': [of('CutDuring', third)],
  'cut after': first(of('CutAfter')),
  'cut after, always': [of('CutAfter')],
  'cut reply': first(of('CutReply')),
  'slow IAM': [{ service: 'iam', operation: 'CreateRole', fault: 'SlowRole', calls: 3 }],
  'slow workforce': [{ service: 'sagemaker', operation: 'CreateWorkforce', fault: 'SlowWorkforce', calls: 3 }],
  'bucket elsewhere': [of('WrongRegion', { service: 's3', region: 'eu-west-1' })],
  'new bucket elsewhere': [of('NewBucketElsewhere', { service: 's3', region: 'eu-west-1', every: 3 })],
};

/** What there must be after each step, whatever went wrong in it; steps that make nothing new are not here. */
const inventory: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'create bucket': { buckets: 1 },
  'upload 60 files': { pictures: 60, uploads: 0 },
  'private team': { pools: 1, clients: 1, users: 1, workforces: 1, teams: 1, mails: 1 },
  invite: { pools: 1, users: 3, mails: 3 },
  'role and job': { roles: 1, policies: 1, jobs: 1, runningJobs: 1 },
  'another job': { roles: 1, policies: 1, jobs: 2, runningJobs: 2 },
  stop: { jobs: 2, runningJobs: 1 },
  'clean up': { buckets: 0, pools: 0, roles: 0, workforces: 0, teams: 0, runningJobs: 0 },
};

describe('the lab on an account where calls fail', () => {
  const recorder = new RequestRecorder();
  const table: string[][] = [];

  before(async () => {
    fakeVscode();
    ({ noticeFor } = await import('../../src/host/support/notices.js'));
  });

  for (const [fault, rules] of Object.entries(faults)) {
    it(`is done in the end, with nothing twice or half done: ${fault}`, async () => {
      const server = await startTestServer();
      const lab = new FaultyLab(server, recorder);
      const row = [fault];
      table.push(row);
      try {
        for (const [step, run] of Object.entries(lab.steps)) {
          row.push(await runStep({ server, rules }, run));
          const expected = inventory[step];
          if (expected) {
            const remains: Readonly<Record<string, number>> = await remainsOf(server);
            const found = Object.fromEntries(Object.keys(expected).map((name) => [name, remains[name]]));
            assert.deepEqual(found, expected, `after "${step}"`);
          }
        }
      } finally {
        lab.dispose();
        await server.stop();
      }
    }).timeout(120_000);
  }

  it('stops an upload once for all where the credentials expire, and goes on where it was', async () => {
    const server = await startTestServer();
    const own = new RequestRecorder();
    const lab = new FaultyLab(server, own);
    try {
      await lab.steps['create bucket']?.();
      server.setFaults([{ ...of('ExpiredToken', { after: 20 }), service: 's3', operation: 'PutObject' }]);
      await assert.rejects(
        async () => lab.steps['upload 60 files']?.(),
        (error) => Failure.is(error, 'aws.signedOut'),
      );
      server.setFaults([]);
      const { pictures: there } = await remainsOf(server);
      const before = own.countOf('S3 PutObject');
      await lab.steps['upload 60 files']?.();
      assert.ok(there > 0, 'some had arrived');
      // What was under way when it stopped may have arrived since.
      assert.ok(own.countOf('S3 PutObject') - before <= 60 - there);
      assert.equal((await remainsOf(server)).pictures, 60);
    } finally {
      lab.dispose();
      await server.stop();
    }
  });

  it('asks AWS for nothing that its service model does not allow', () => {
    assert.deepEqual(recorder.violations(), []);
  });

  after(async () => {
    const server = await startTestServer();
    const steps = Object.keys(new FaultyLab(server, recorder).steps);
    await server.stop();
    process.stdout.write(`\n${drawn([['fault', ...steps], ...table])}\n`);
    process.stdout.write(
      `${recorder.count} requests, ${recorder.operations().length} operations, violations: ${recorder.violations().length}\n`,
    );
  });
});

function of(fault: FaultName, rule: Partial<FaultRule> = {}): FaultRule {
  return { service: '*', operation: '*', fault, ...rule };
}

/** With the fault; and again without it where it stopped. */
async function runStep(
  { server, rules }: { readonly server: FaultyTestServer; readonly rules: readonly FaultRule[] },
  run: () => Promise<unknown>,
): Promise<string> {
  const metBefore = faultsMet(server);
  server.setFaults(rules);
  try {
    await run();
    const met = faultsMet(server) - metBefore;
    return met === 0 ? 'passed' : `passed, ${met} met`;
  } catch (error) {
    assert.ok(Failure.is(error), `what failed is not named: ${error instanceof Error ? error.stack : String(error)}`);
    const { message, remedy } = noticeFor(error);
    assert.match(message, /\S.*[.:] /u, `cause, then what to do: ${message}`);
    assert.ok(!('noneBecause' in remedy), message);
    server.setFaults([]);
    await run();
    return error.code;
  } finally {
    server.setFaults([]);
  }
}

function faultsMet({ log }: FaultyTestServer): number {
  return log.filter((line) => / meets /u.test(line)).length;
}

/** Columns as wide as what is in them. */
function drawn(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
