import assert from 'node:assert/strict';
import { emptyDraft, folderPrefix, readDraft, withInputFolder } from '../../../src/core/jobs/labelingJobDraft.js';
import { labDraft } from '../../support/jobDrafts.js';

describe('LabelingJobDraft', () => {
  it('comes back as it was kept', () => {
    assert.deepEqual(readDraft(JSON.parse(JSON.stringify(labDraft))), labDraft);
  });

  it('starts anew where nothing was kept', () => assert.deepEqual(readDraft(undefined), emptyDraft));

  it('keeps the good fields of a draft whose others make no sense', () => {
    const kept = { jobName: 'mine', labels: ['cat', 7], workersPerObject: 3, goodExample: null, inputKind: 'tape' };
    assert.deepEqual(readDraft(kept), { ...emptyDraft, jobName: 'mine', labels: ['cat', ''] });
  });

  it('moves the results along with the input', () => {
    const first = withInputFolder(emptyDraft, 'one', 'cats/');
    assert.equal(first.outputPath, 's3://one/output/');
    assert.equal(withInputFolder(first, 'two', 'cats/').outputPath, 's3://two/output/');
  });

  it('leaves the results where somebody has put them', () => {
    const draft = { ...withInputFolder(emptyDraft, 'one', ''), outputPath: 's3://results/mine' };
    assert.equal(withInputFolder(draft, 'two', '').outputPath, 's3://results/mine');
  });

  for (const [typed, prefix] of [
    ['', ''],
    ['/', ''],
    ['cats', 'cats/'],
    [' /cats/small/ ', 'cats/small/'],
  ] as const) {
    it(`reads the folder "${typed}" as the prefix "${prefix}"`, () => assert.equal(folderPrefix(typed), prefix));
  }
});
