import assert from 'node:assert/strict';
import { bucketNameProblem, suggestBucketName } from '../../../src/core/bucketName.js';

describe('bucket names', () => {
  const cases = [
    { name: 'ground-truth-labeling-jd-20190409', problem: undefined },
    { name: 'abc', problem: undefined },
    { name: 'my.bucket.1', problem: undefined },
    { name: 'a'.repeat(63), problem: undefined },
    { name: 'ab', problem: 'length' },
    { name: 'a'.repeat(64), problem: 'length' },
    { name: 'My-Bucket', problem: 'characters' },
    { name: 'my_bucket', problem: 'characters' },
    { name: 'my bucket', problem: 'characters' },
    { name: 'bücket', problem: 'characters' },
    { name: '-bucket', problem: 'ends' },
    { name: 'bucket-', problem: 'ends' },
    { name: 'bucket.', problem: 'ends' },
    { name: 'my..bucket', problem: 'dots' },
    { name: 'my.-bucket', problem: 'dots' },
    { name: 'my-.bucket', problem: 'dots' },
    { name: '192.168.5.4', problem: 'ipAddress' },
    { name: 'xn--bucket', problem: 'reserved' },
    { name: 'bucket-s3alias', problem: 'reserved' },
  ];

  for (const { name, problem } of cases) {
    it(`${problem === undefined ? 'take' : 'refuse'} "${name}"`, () => {
      assert.equal(bucketNameProblem(name), problem);
    });
  }
});

describe('the suggested bucket name', () => {
  const today = new Date('2019-04-09T22:07:55Z');
  const cases = [
    { user: 'Jane Doe', taken: [], suggestion: 'ground-truth-labeling-jd-20190409' },
    { user: 'jane.van.doe', taken: [], suggestion: 'ground-truth-labeling-jvd-20190409' },
    { user: 'root', taken: [], suggestion: 'ground-truth-labeling-ro-20190409' },
    { user: '李', taken: [], suggestion: 'ground-truth-labeling-me-20190409' },
    {
      user: 'jd',
      taken: ['ground-truth-labeling-jd-20190409', 'ground-truth-labeling-jd-20190409-2'],
      suggestion: 'ground-truth-labeling-jd-20190409-3',
    },
  ];

  for (const { user, taken, suggestion } of cases) {
    it(`is "${suggestion}" for "${user}" where ${taken.length} are taken`, () => {
      assert.equal(suggestBucketName(user, today, taken), suggestion);
      assert.equal(bucketNameProblem(suggestion), undefined);
    });
  }
});
