import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import type { MfaCodes } from '../../../src/host/support/mfaCodes.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { user } from '../../support/vscodeModule.js';

const device = 'arn:aws:iam::123456789012:mfa/ann';

describe('the code of an MFA device', () => {
  let codes: MfaCodes;
  before(fakeVscode);
  beforeEach(async () => {
    user.reset();
    const { MfaCodes: Codes } = await import('../../../src/host/support/mfaCodes.js');
    codes = new Codes();
  });

  it('is asked for whenever it is needed, and has six digits', async () => {
    user.answers = () => ' 123456 ';
    assert.deepEqual([await codes.of('lab')(device), await codes.of('lab')(device)], ['123456', '123456']);
    const { validate, prompt } = user.asked[0] ?? {};
    assert.match(prompt ?? '', /mfa\/ann/u);
    assert.deepEqual([validate?.('12345'), validate?.('123456')], ['Six digits', undefined]);
  });

  it('is asked for no more by whoever had none, until they want to be: what needs it says so', async () => {
    const { CancellationError } = await import('vscode');
    await assert.rejects(codes.of('lab')(device), CancellationError);
    for (const profile of ['lab', undefined]) {
      await assert.rejects(codes.of(profile)(device), (error) => {
        assert.ok(Failure.is(error, 'aws.signedOut'));
        assert.deepEqual([error.details.profile, error.details.reason?.includes(device)], [profile, true]);
        return true;
      });
    }
    assert.equal(user.asked.length, 1);
    codes.forget();
    user.answers = () => '654321';
    assert.equal(await codes.of('lab')(device), '654321');
  });

  it('of another device is asked for all the same', async () => {
    await assert.rejects(codes.of('lab')(device));
    user.answers = () => '654321';
    assert.equal(await codes.of('lab')(`${device}-2`), '654321');
  });
});
