import assert from 'node:assert/strict';
import { reasonOf } from '../../../../src/core/doctor/reasonOf.js';
import { Failure } from '../../../../src/core/failure.js';

const endpoint = 'AWS us-east-1';

describe('why the doctor could not look', () => {
  const cases: readonly (readonly [Failure, RegExp])[] = [
    [new Failure('aws.signedOut', {}), /^The credentials of the environment .* Set others/u],
    [new Failure('aws.signedOut', { profile: 'lab' }), /profile "lab" .* Sign in/u],
    [
      new Failure('aws.accessDenied', { action: 'sagemaker:DescribeLabelingJob', resource: 'cats' }),
      /"sagemaker:DescribeLabelingJob" on "cats"\. Ask for that permission\.$/u,
    ],
    [
      new Failure('aws.accessDenied', { action: 's3:GetObject', resource: 'a', because: 'with an explicit deny' }),
      /\(with an explicit deny\)\. Ask whoever has set that\.$/u,
    ],
    [new Failure('aws.certificate', { endpoint, reason: 'CERT_HAS_EXPIRED' }), /not trusted \(CERT_HAS_EXPIRED\)/u],
    [new Failure('aws.unreachable', { endpoint, reason: 'ENOTFOUND' }), /cannot be reached \(ENOTFOUND\)/u],
    [
      new Failure('aws.overloaded', { action: 's3:ListBucket', name: 'SlowDown', reason: 'Slow down' }),
      /^s3:ListBucket .*\(SlowDown: Slow down\)/u,
    ],
    [new Failure('aws.clockWrong', { endpoint }), /clock of this machine.*Set it/u],
    [new Failure('bucket.elsewhere', { bucket: 'a' }), /"a" is in another region/u],
    [new Failure('bucket.elsewhere', { bucket: 'a', region: 'eu-west-1' }), /"a" is in the region "eu-west-1"/u],
    [new Failure('storage.keysRefused', { endpoint, name: 'InvalidAccessKeyId' }), /enter the right one\.$/u],
    [new Failure('storage.keysMissing', { endpoint }), /enter it\.$/u],
    [new Failure('local.notStarted', { reason: 'no room', log: '' }), /did not start \(no room\)/u],
  ];
  for (const [failure, sentence] of cases) {
    it(`is a sentence: ${failure.message}`, () => {
      const reason = reasonOf(failure);
      assert.match(reason, sentence);
      assert.doesNotMatch(reason, /[{}]|undefined/u);
    });
  }
});
