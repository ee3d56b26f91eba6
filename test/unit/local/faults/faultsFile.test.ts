import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultRule } from '../../../../src/local/faults/faultRule.js';
import { checkOperations, parseFaults, readFaults } from '../../../../src/local/faults/faultsFile.js';

const put = { service: 's3', operation: 'PutObject', fault: 'SlowDown' };

describe('the faults file', () => {
  it('says which calls fail, how, and how often', () => {
    const rules = [
      { ...put, every: 5, times: 3, retryAfterSeconds: 1 },
      { service: '*', operation: '*', fault: 'CutAfter', rate: 0.02, seed: 7, afterMs: 100, forMs: 2_000 },
      { service: '*', operation: '*', fault: 'ClockSkew', skewSeconds: -3_600 },
      { service: 'iam', operation: 'CreateRole', fault: 'SlowRole', calls: 3 },
      { service: 's3', operation: '*', fault: 'WrongRegion', region: 'eu-west-1', bucket: 'far' },
    ];
    assert.deepEqual(parseFaults(JSON.stringify({ faults: rules })), rules);
  });

  const wrong: readonly (readonly [text: string, problem: RegExp])[] = [
    ['{', /^is not valid JSON: /u],
    ['[]', /^must have an object with "faults", a list of rules, and nothing else\.$/u],
    ['{"faults":[],"fault":[]}', /nothing else\.$/u],
    [of('SlowDown'), /in its 1st rule an object with "service", "operation" and "fault"\.$/u],
    [of({ ...put, fault: 'Slowdown' }), /"SlowDown", .* and not "Slowdown"\.$/u],
    [of(put, { ...put, evry: 2 }), /in its 2nd rule no "evry": there are .*"every"/u],
    [of({ ...put, every: 0 }), /an "every" of 1 or more\.$/u],
    [of({ ...put, times: 1.5 }), /a whole number from 0 on as "times", and not 1\.5\.$/u],
    [of({ ...put, rate: 2 }), /a number from 0 to 1 as "rate", and not 2\.$/u],
    [of({ ...put, seed: 2 }), /a "rate" beside its "seed"\.$/u],
    [of({ fault: 'SlowDown' }), /a "service" and an "operation"; "\*" stands for all\.$/u],
    [of({ ...put, fault: 'WrongRegion' }), /a "region", where the bucket is, for the fault "WrongRegion"\.$/u],
    [of({ ...put, region: 'eu-west-1' }), /no "region", which is for the fault "WrongRegion" alone\.$/u],
    [of({ ...put, fault: 'ClockSkew', skewSeconds: 9 }), /"\*" as "service" and "operation": one machine/u],
    [of({ ...put, fault: 'SlowRole', calls: 9 }), /"iam" as "service" and "CreateRole"/u],
    [of({ ...put, fault: 'SlowWorkforce', calls: 9 }), /"sagemaker" as "service" and "CreateWorkforce"/u],
    [of({ ...put, fault: 'SlowWorkforce' }), /must have in its 1st rule "calls" or "lastsMs"/u],
    [of({ ...put, service: 'iam', operation: 'GetRole' }), /"s3" as "service": no other has the fault "SlowDown"/u],
  ];
  for (const [text, problem] of wrong) {
    it(`is refused with what to write instead: ${text}`, () => {
      assert.throws(() => parseFaults(text), { message: problem });
    });
  }

  it('is named where it cannot be used', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'faults-file-'));
    try {
      const file = join(folder, 'faults.json');
      await writeFile(file, '{}');
      assert.throws(() => readFaults(file), { message: new RegExp(`^The faults file "${file}" must have`, 'u') });
      const none = join(folder, 'none.json');
      assert.throws(
        () => readFaults(none),
        /^FaultsFileProblem: The faults file ".*none\.json" cannot be read: ENOENT/u,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('can only name services and operations that there are', () => {
    const known = new Map([
      ['s3', ['PutObject', 'PutObjectAcl', 'GetObject']],
      ['iam', ['GetRole']],
    ]);
    const check = (service: string, operation: string) =>
      checkOperations([{ service, operation, fault: 'Throttling' } satisfies FaultRule], known);
    check('s3', 'PutObject');
    check('*', 'GetRole');
    check('iam', '*');
    assert.throws(() => check('ec2', '*'), /1st rule a "service" out of "s3", "iam", "\*", and not "ec2"\.$/u);
    assert.throws(
      () => check('s3', 'PutObjekt'),
      /an "operation" that s3 has here, and not "PutObjekt": "PutObject", "PutObjectAcl", or "\*" for all\.$/u,
    );
    assert.throws(() => check('iam', 'PutObject'), /that iam has here/u);
  });
});

function of(...faults: readonly unknown[]): string {
  return JSON.stringify({ faults });
}
