import type { DraftProblem } from '../../src/core/jobs/checkDraft.js';

/** What stands at the field: what is wrong, and what can be done. */
export function problemText({ field, problem }: DraftProblem): string {
  switch (problem.kind) {
    case 'missing':
      return missingTexts[field] ?? 'Fill this in.';
    case 'tooLong':
      return `${number(problem.characters)} characters are too many: ${number(problem.most)} fit.`;
    case 'notAJobName':
      return 'Use letters, digits and hyphens only, with a letter or digit first and last.';
    case 'nameTaken':
      return `There has been a job "${problem.name}" already. Jobs are never deleted, so choose another name.`;
    case 'reservedName':
      return `The name also names the labels in the manifest, where "${problem.part}" is reserved. Choose another.`;
    case 'noSuchBucket':
      return `There is no bucket "${problem.bucket}" here. Choose one of yours.`;
    case 'notS3':
      return 'Write it as s3://bucket/folder/, or choose it with Browse.';
    case 'notAManifest':
      return 'This is a folder. Choose a manifest file, such as s3://bucket/folder/dataset.manifest.';
    case 'noPictures':
      return noPicturesText(field);
    case 'tooManyPictures':
      return `More than ${number(problem.most)} pictures: that is the most a job takes. Choose a smaller folder.`;
    case 'notANumber':
      return field === 'workersPerObject'
        ? 'Write a whole number, such as 1.'
        : 'Write a number of minutes, such as 5.';
    case 'outOfRange':
      return `Choose between ${number(problem.least)} and ${number(problem.most)}.`;
    case 'noBuiltInFunctions':
      return `Ground Truth has no built-in task types in the region "${problem.region}". Choose a team in another region.`;
    case 'notAPictureAddress':
      return 'Write it as s3://bucket/picture.jpg or https://…, or choose it with Browse.';
    case 'tooFewLabels':
      return `At least ${problem.least} labels are needed.`;
    case 'tooManyLabels':
      return `${problem.labels} labels are too many: ${problem.most} is the most.`;
    case 'duplicateLabel':
      return `"${problem.label}" is in the list already.`;
  }
}

const missingTexts: { readonly [Field in DraftProblem['field']]?: string } = {
  jobName: 'Give the job a name.',
  inputBucket: 'Choose the bucket that holds the pictures.',
  inputManifest: 'Choose the manifest that lists the pictures.',
  outputPath: 'Say where the results go.',
  team: 'Choose who labels.',
  goodExample: 'Choose the picture that this describes, or remove the description.',
  badExample: 'Choose the picture that this describes, or remove the description.',
};

function noPicturesText(field: DraftProblem['field']): string {
  return field === 'inputManifest'
    ? 'This manifest lists no picture ("source-ref"). Choose another.'
    : 'There are no pictures (.jpg, .jpeg, .png) here. Choose another folder, or upload some.';
}

export function number(value: number): string {
  return value.toLocaleString('en');
}
