import assert from 'node:assert/strict';
import { jobNamePattern } from '../../../src/core/jobs/jobConstraints.js';
import { suggestJobName } from '../../../src/core/jobs/suggestJobName.js';

const now = new Date('2026-11-23T23:59:59Z');

describe('suggestJobName', () => {
  for (const [taken, expected] of [
    [[], 'labeling-job-20261123'],
    [['Labeling-Job-20261123'], 'labeling-job-20261123-2'],
    [['labeling-job-20261123', 'labeling-job-20261123-2'], 'labeling-job-20261123-3'],
  ] as const) {
    it(`finds a name that is free where ${taken.length} are taken`, () => {
      const name = suggestJobName(taken, now);
      assert.equal(name, expected);
      assert.match(name, jobNamePattern);
    });
  }
});
