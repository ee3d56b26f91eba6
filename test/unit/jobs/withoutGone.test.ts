import assert from 'node:assert/strict';
import { withoutGone } from '../../../src/core/jobs/withoutGone.js';
import { labDraft } from '../../support/jobDrafts.js';

const buckets = [labDraft.inputBucket];
const roleArns = [labDraft.roleArn];

describe('withoutGone', () => {
  it('leaves a draft alone whose bucket and role are there, or are not known', () => {
    assert.equal(withoutGone(labDraft, { buckets, roleArns }), labDraft);
    assert.equal(withoutGone(labDraft, {}), labDraft);
  });

  it('has a role made where the chosen one is gone', () => {
    assert.deepEqual(withoutGone(labDraft, { buckets, roleArns: [] }), { ...labDraft, roleArn: '' });
  });

  it('has a bucket chosen anew, and the results moved along with it', () => {
    const expected = { ...labDraft, inputBucket: '', inputFolder: '', outputPath: '' };
    assert.deepEqual(withoutGone(labDraft, { buckets: ['another'], roleArns }), expected);
  });

  it('keeps the manifest and the place of the results that somebody chose', () => {
    const draft = {
      ...labDraft,
      inputKind: 'manifest' as const,
      inputManifest: 's3://another/dataset.manifest',
      outputPath: 's3://another/results/',
    };
    assert.deepEqual(withoutGone(draft, { buckets: ['another'] }), { ...draft, inputBucket: '', inputFolder: '' });
  });
});
