import { preHumanTaskLambdaArn } from '../labels/builtInFunctions.js';
import { formatS3Uri, parseObjectAddress, parseS3Uri, type S3Uri } from '../s3Uri.js';
import { jobConstraints, jobNamePattern } from './jobConstraints.js';
import { datasetManifest, toolFile } from './jobFiles.js';
import type { LabelingJobDraft } from './labelingJobDraft.js';

/** What a draft is held against. What is not known yet is left out, and then nothing is said about it. */
export interface DraftFacts {
  readonly jobNames?: readonly string[];
  readonly buckets?: readonly string[];
  /** What the chosen input holds. */
  readonly input?: { readonly pictures: number };
}

/** Where a problem stands: a field of the form, or one label by its index. */
export type DraftField =
  | 'jobName'
  | 'inputBucket'
  | 'inputFolder'
  | 'inputManifest'
  | 'outputPath'
  | 'team'
  | 'workersPerObject'
  | 'taskTimeLimitMinutes'
  | 'instruction'
  | 'goodExample'
  | 'badExample'
  | 'labels'
  | `label.${number}`;

export interface DraftProblem {
  readonly field: DraftField;
  readonly problem: Problem;
}

type Problem =
  | { readonly kind: 'missing' }
  | { readonly kind: 'tooLong'; readonly most: number; readonly characters: number }
  | { readonly kind: 'notAJobName' }
  /** Jobs are never deleted, and their names are compared without regard to case. */
  | { readonly kind: 'nameTaken'; readonly name: string }
  /** The job's name is also its label attribute, which may not look like the manifest's own keys. */
  | { readonly kind: 'reservedName'; readonly part: string }
  | { readonly kind: 'noSuchBucket'; readonly bucket: string }
  | { readonly kind: 'notS3' }
  | { readonly kind: 'notAManifest' }
  | { readonly kind: 'noPictures' }
  | { readonly kind: 'tooManyPictures'; readonly pictures: number; readonly most: number }
  | { readonly kind: 'notANumber' }
  | { readonly kind: 'outOfRange'; readonly least: number; readonly most: number }
  | { readonly kind: 'noBuiltInFunctions'; readonly region: string }
  | { readonly kind: 'notAPictureAddress' }
  | { readonly kind: 'tooFewLabels'; readonly least: number }
  | { readonly kind: 'tooManyLabels'; readonly labels: number; readonly most: number }
  | { readonly kind: 'duplicateLabel'; readonly label: string };

/** All that keeps the draft from becoming a job, in the order of the form. */
export function checkDraft(draft: LabelingJobDraft, facts: DraftFacts): readonly DraftProblem[] {
  return [
    ...at('jobName', checkJobName(draft.jobName.trim(), facts)),
    ...checkInput(draft, facts),
    ...at('outputPath', checkOutput(draft.outputPath.trim(), draft.jobName.trim(), facts)),
    ...at('team', checkTeam(draft.teamArn)),
    ...at('workersPerObject', checkWorkers(draft.workersPerObject)),
    ...at('taskTimeLimitMinutes', checkTimeLimit(draft.taskTimeLimitMinutes)),
    ...at('instruction', checkLength(draft.instruction)),
    ...at('goodExample', checkExample(draft.goodExample)),
    ...at('badExample', checkExample(draft.badExample)),
    ...checkLabels(draft.labels),
  ];
}

const missing: Problem = { kind: 'missing' };

function at(field: DraftField, problem: Problem | undefined): readonly DraftProblem[] {
  return problem === undefined ? [] : [{ field, problem }];
}

function checkJobName(name: string, { jobNames = [] }: DraftFacts): Problem | undefined {
  if (name === '') {
    return missing;
  }
  const most = jobConstraints.jobNameCharacters;
  if (name.length > most) {
    return { kind: 'tooLong', most, characters: name.length };
  }
  if (!jobNamePattern.test(name)) {
    return { kind: 'notAJobName' };
  }
  const reserved =
    ['-ref', '-metadata'].find((ending) => name.endsWith(ending)) ?? (name === 'source' ? name : undefined);
  if (reserved !== undefined) {
    return { kind: 'reservedName', part: reserved };
  }
  const taken = jobNames.find((existing) => existing.toLowerCase() === name.toLowerCase());
  return taken === undefined ? undefined : { kind: 'nameTaken', name: taken };
}

function checkInput(draft: LabelingJobDraft, facts: DraftFacts): readonly DraftProblem[] {
  if (draft.inputKind === 'manifest') {
    const manifest = draft.inputManifest.trim();
    return at('inputManifest', checkManifest(manifest, facts) ?? checkPictures(facts));
  }
  if (draft.inputBucket === '') {
    return at('inputBucket', missing);
  }
  return [
    ...at('inputBucket', checkBucket(draft.inputBucket, facts)),
    ...at('inputFolder', checkFolder(draft) ?? checkPictures(facts)),
  ];
}

/** The manifest of its pictures will be in it. */
function checkFolder({ inputBucket, inputFolder }: LabelingJobDraft): Problem | undefined {
  return checkRoom(inputFolder.trim(), datasetManifest(inputBucket, inputFolder, new Date(0)));
}

/** The job's files will be under it. */
function checkOutput(text: string, jobName: string, facts: DraftFacts): Problem | undefined {
  const uri = parseS3Uri(text);
  return checkPlace(text, facts) ?? (uri && checkRoom(text, toolFile(uri, jobName, 'template.liquid')));
}

/** A request names its files by URIs of a limited length; what the file's own name takes of it is not for the place. */
function checkRoom(place: string, file: S3Uri): Problem | undefined {
  const over = formatS3Uri(file).length - jobConstraints.uriCharacters;
  return over > 0 ? { kind: 'tooLong', most: place.length - over, characters: place.length } : undefined;
}

function checkManifest(manifest: string, facts: DraftFacts): Problem | undefined {
  const uri = parseS3Uri(manifest);
  return (
    checkPlace(manifest, facts) ??
    (uri === undefined || /(?:^|\/)$/u.test(uri.key) ? { kind: 'notAManifest' } : undefined)
  );
}

function checkPlace(text: string, facts: DraftFacts): Problem | undefined {
  if (text === '') {
    return missing;
  }
  const most = jobConstraints.uriCharacters;
  if (text.length > most) {
    return { kind: 'tooLong', most, characters: text.length };
  }
  const uri = parseS3Uri(text);
  return uri === undefined ? { kind: 'notS3' } : checkBucket(uri.bucket, facts);
}

function checkBucket(bucket: string, { buckets }: DraftFacts): Problem | undefined {
  return buckets === undefined || buckets.includes(bucket) ? undefined : { kind: 'noSuchBucket', bucket };
}

function checkPictures({ input }: DraftFacts): Problem | undefined {
  if (input === undefined) {
    return undefined;
  }
  const most = jobConstraints.objects;
  const { pictures } = input;
  if (pictures === 0) {
    return { kind: 'noPictures' };
  }
  return pictures > most ? { kind: 'tooManyPictures', pictures, most } : undefined;
}

function checkTeam(teamArn: string): Problem | undefined {
  if (teamArn === '') {
    return missing;
  }
  const region = regionOf(teamArn);
  return preHumanTaskLambdaArn(region, 'ImageMultiClass') === undefined
    ? { kind: 'noBuiltInFunctions', region }
    : undefined;
}

function checkWorkers(text: string): Problem | undefined {
  return checkNumber(text, wholeNumber(text), jobConstraints.workersPerObject);
}

function checkTimeLimit(text: string): Problem | undefined {
  const { least, most } = jobConstraints.taskTimeLimitSeconds;
  return checkNumber(text, minutes(text), { least: least / 60, most: most / 60 });
}

function checkNumber(
  text: string,
  value: number | undefined,
  range: { readonly least: number; readonly most: number },
): Problem | undefined {
  if (text.trim() === '') {
    return missing;
  }
  if (value === undefined) {
    return { kind: 'notANumber' };
  }
  return value < range.least || value > range.most ? { kind: 'outOfRange', ...range } : undefined;
}

/** The region of a job is its team's: everything else of the request follows from it. */
export function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}

export function wholeNumber(text: string): number | undefined {
  return /^\s*\d+\s*$/u.test(text) ? Number(text) : undefined;
}

/** Minutes as people type them: `5`, `0.5`, `0,5`. */
export function minutes(text: string): number | undefined {
  return /^\s*\d+(?:[.,]\d+)?\s*$/u.test(text) ? Number(text.replace(',', '.')) : undefined;
}

function checkExample({ picture, description }: LabelingJobDraft['goodExample']): Problem | undefined {
  const address = picture.trim();
  if (address === '') {
    return description.trim() === '' ? undefined : missing; // A description alone would not be shown.
  }
  if (!isPictureAddress(address)) {
    return { kind: 'notAPictureAddress' };
  }
  return checkLength(description);
}

/** Whether an example can be shown from there. */
export function isPictureAddress(address: string): boolean {
  const uri = parseObjectAddress(address);
  return uri === undefined ? /^https:\/\/[^\s/]+\/\S+$/u.test(address) : uri.key !== '' && !uri.key.endsWith('/');
}

function checkLength(text: string): Problem | undefined {
  const most = jobConstraints.instructionCharacters;
  return text.length > most ? { kind: 'tooLong', most, characters: text.length } : undefined;
}

function checkLabels(labels: readonly string[]): readonly DraftProblem[] {
  const { least, most } = jobConstraints.labels;
  const names = labels.map((label) => label.trim());
  const filled = names.filter((name) => name !== '');
  const each = names.flatMap((name, index) => at(`label.${index}`, checkLabel(name, names.indexOf(name) < index)));
  if (filled.length < least) {
    return [...at('labels', { kind: 'tooFewLabels', least }), ...each];
  }
  if (filled.length > most) {
    return [...at('labels', { kind: 'tooManyLabels', labels: filled.length, most }), ...each];
  }
  return each;
}

function checkLabel(name: string, isRepeated: boolean): Problem | undefined {
  if (name === '') {
    return undefined; // An empty row is left out; whether enough are filled in is said of the whole list.
  }
  const most = jobConstraints.labelCharacters;
  if (name.length > most) {
    return { kind: 'tooLong', most, characters: name.length };
  }
  return isRepeated ? { kind: 'duplicateLabel', label: name } : undefined;
}

/** The labels of a draft as the job will have them: trimmed, without empty rows. */
export function filledLabels(labels: readonly string[]): readonly string[] {
  return labels.map((label) => label.trim()).filter((label) => label !== '');
}
