import assert from 'node:assert/strict';
import { checkDraft, filledLabels, type DraftFacts, type DraftProblem } from '../../../src/core/jobs/checkDraft.js';
import { emptyDraft, type LabelingJobDraft } from '../../../src/core/jobs/labelingJobDraft.js';
import { labDraft } from '../../support/jobDrafts.js';

describe('checkDraft', () => {
  it("finds nothing wrong with the lab's own job", () => {
    const facts: DraftFacts = {
      jobNames: ['another'],
      buckets: ['ground-truth-labeling-sm'],
      input: { pictures: 20 },
    };
    assert.deepEqual(checkDraft(labDraft, facts), []);
  });

  it('asks a new form for what it needs, in the order of the form', () => {
    const fields = checkDraft(emptyDraft, {}).map(({ field }) => field);
    assert.deepEqual(fields, ['jobName', 'inputBucket', 'outputPath', 'team', 'labels']);
  });

  const cases: readonly {
    readonly name: string;
    readonly changed?: Partial<LabelingJobDraft>;
    readonly facts?: DraftFacts;
    readonly expected: DraftProblem | undefined;
  }[] = [
    {
      name: 'a job name with an underscore',
      changed: { jobName: 'cat_dog' },
      expected: { field: 'jobName', problem: { kind: 'notAJobName' } },
    },
    {
      name: 'a job name that ends with a hyphen',
      changed: { jobName: 'cat-' },
      expected: { field: 'jobName', problem: { kind: 'notAJobName' } },
    },
    {
      name: 'a job name of 64 characters',
      changed: { jobName: 'a'.repeat(64) },
      expected: { field: 'jobName', problem: { kind: 'tooLong', most: 63, characters: 64 } },
    },
    { name: 'a job name of 63 characters', changed: { jobName: 'a'.repeat(63) }, expected: undefined },
    {
      name: 'a job name that differs from an old one by case only',
      changed: { jobName: 'Cat-Dog' },
      facts: { jobNames: ['cat-dog'] },
      expected: { field: 'jobName', problem: { kind: 'nameTaken', name: 'cat-dog' } },
    },
    {
      name: 'a job name whose label attribute would end with -metadata',
      changed: { jobName: 'cat-metadata' },
      expected: { field: 'jobName', problem: { kind: 'reservedName', part: '-metadata' } },
    },
    {
      name: 'a job name whose label attribute would end with -ref',
      changed: { jobName: 'cat-ref' },
      expected: { field: 'jobName', problem: { kind: 'reservedName', part: '-ref' } },
    },
    {
      name: "a job name that is the manifest's own key",
      changed: { jobName: 'source' },
      expected: { field: 'jobName', problem: { kind: 'reservedName', part: 'source' } },
    },
    {
      name: 'a bucket that is gone',
      facts: { buckets: ['another', 'ground-truth-labeling-sm-2'] },
      changed: { outputPath: 's3://another/output' },
      expected: { field: 'inputBucket', problem: { kind: 'noSuchBucket', bucket: 'ground-truth-labeling-sm' } },
    },
    {
      name: 'a folder without pictures',
      facts: { input: { pictures: 0 } },
      expected: { field: 'inputFolder', problem: { kind: 'noPictures' } },
    },
    {
      name: 'a folder with more pictures than a job may have',
      facts: { input: { pictures: 100_001 } },
      expected: { field: 'inputFolder', problem: { kind: 'tooManyPictures', pictures: 100_001, most: 100_000 } },
    },
    {
      name: 'a manifest that is a folder',
      changed: { inputKind: 'manifest', inputManifest: 's3://b/folder/' },
      expected: { field: 'inputManifest', problem: { kind: 'notAManifest' } },
    },
    {
      name: 'a manifest on the web',
      changed: { inputKind: 'manifest', inputManifest: 'https://example.com/a.manifest' },
      expected: { field: 'inputManifest', problem: { kind: 'notS3' } },
    },
    {
      name: 'no manifest',
      changed: { inputKind: 'manifest' },
      expected: { field: 'inputManifest', problem: { kind: 'missing' } },
    },
    {
      name: 'an output path on this machine',
      changed: { outputPath: '/tmp/output' },
      expected: { field: 'outputPath', problem: { kind: 'notS3' } },
    },
    {
      name: 'a bucket alone as output path',
      changed: { outputPath: 's3://ground-truth-labeling-sm' },
      expected: undefined,
    },
    {
      name: 'a team in a region that has no built-in task types',
      changed: { teamArn: 'arn:aws:sagemaker:eu-north-1:111122223333:workteam/private-crowd/my-team' },
      expected: { field: 'team', problem: { kind: 'noBuiltInFunctions', region: 'eu-north-1' } },
    },
    {
      name: 'more workers than AWS allows',
      changed: { workersPerObject: '10' },
      expected: { field: 'workersPerObject', problem: { kind: 'outOfRange', least: 1, most: 9 } },
    },
    {
      name: 'half a worker',
      changed: { workersPerObject: '1.5' },
      expected: { field: 'workersPerObject', problem: { kind: 'notANumber' } },
    },
    { name: 'a time limit of half a minute', changed: { taskTimeLimitMinutes: '0,5' }, expected: undefined },
    {
      name: 'a time limit of six seconds',
      changed: { taskTimeLimitMinutes: '0.1' },
      expected: { field: 'taskTimeLimitMinutes', problem: { kind: 'outOfRange', least: 0.5, most: 480 } },
    },
    {
      name: 'a time limit of more than a working day',
      changed: { taskTimeLimitMinutes: '481' },
      expected: { field: 'taskTimeLimitMinutes', problem: { kind: 'outOfRange', least: 0.5, most: 480 } },
    },
    {
      name: "an example by its object's web address, as in the lab",
      changed: { goodExample: { picture: 'https://s3.amazonaws.com/b/folder/100.jpg', description: '' } },
      expected: undefined,
    },
    {
      name: 'an example from another site',
      changed: { goodExample: { picture: 'https://example.com/cat.jpg', description: '' } },
      expected: undefined,
    },
    {
      name: 'an example that a page over https would not load',
      changed: { badExample: { picture: 'http://example.com/cat.jpg', description: '' } },
      expected: { field: 'badExample', problem: { kind: 'notAPictureAddress' } },
    },
    {
      name: 'an example that is a folder',
      changed: { badExample: { picture: 's3://b/folder/', description: '' } },
      expected: { field: 'badExample', problem: { kind: 'notAPictureAddress' } },
    },
    {
      name: 'a description of no picture',
      changed: { badExample: { picture: ' ', description: 'A dog' } },
      expected: { field: 'badExample', problem: { kind: 'missing' } },
    },
    { name: 'no instruction, as one is made of the labels', changed: { instruction: ' ' }, expected: undefined },
    {
      name: 'an instruction that would fill the template',
      changed: { instruction: 'x'.repeat(5_001) },
      expected: { field: 'instruction', problem: { kind: 'tooLong', most: 5_000, characters: 5_001 } },
    },
    {
      name: 'one label',
      changed: { labels: ['cat', '  '] },
      expected: { field: 'labels', problem: { kind: 'tooFewLabels', least: 2 } },
    },
    {
      name: '51 labels',
      changed: { labels: Array.from({ length: 51 }, (_, index) => `class ${index}`) },
      expected: { field: 'labels', problem: { kind: 'tooManyLabels', labels: 51, most: 50 } },
    },
    {
      name: 'a label given twice',
      changed: { labels: ['cat', 'dog', ' cat '] },
      expected: { field: 'label.2', problem: { kind: 'duplicateLabel', label: 'cat' } },
    },
    {
      name: 'a label of 257 characters',
      changed: { labels: ['cat', 'd'.repeat(257)] },
      expected: { field: 'label.1', problem: { kind: 'tooLong', most: 256, characters: 257 } },
    },
    { name: 'an empty row between labels', changed: { labels: ['cat', '', 'dog'] }, expected: undefined },
  ];

  for (const { name, changed = {}, facts = {}, expected } of cases) {
    it(`${expected === undefined ? 'takes' : 'refuses'} ${name}`, () => {
      assert.deepEqual(checkDraft({ ...labDraft, ...changed }, facts), expected === undefined ? [] : [expected]);
    });
  }

  it('leaves empty rows and blanks around a label out of the job', () => {
    assert.deepEqual(filledLabels([' cat', '', 'dog ']), ['cat', 'dog']);
  });
});
