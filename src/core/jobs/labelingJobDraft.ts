import type { JsonValue } from '../json.js';
import { formatS3Uri } from '../s3Uri.js';

/**
 * What the job form holds: every field as it was typed, right or wrong, so that nothing is lost while it is being
 * filled in. `checkDraft` says what is wrong with it.
 */
export interface LabelingJobDraft {
  readonly jobName: string;
  readonly inputKind: 'folder' | 'manifest';
  readonly inputBucket: string;
  /** A folder's key: empty for the whole bucket. */
  readonly inputFolder: string;
  readonly inputManifest: string;
  readonly outputPath: string;
  /** The ARN of a role that exists; empty: make one that may use the job's buckets and nothing else. */
  readonly roleArn: string;
  readonly teamArn: string;
  readonly workersPerObject: string;
  readonly taskTimeLimitMinutes: string;
  readonly instruction: string;
  readonly goodExample: ExamplePicture;
  readonly badExample: ExamplePicture;
  /** In the order of their number keys, which is the order of their class numbers in the output. */
  readonly labels: readonly string[];
}

export interface ExamplePicture {
  /** `s3://bucket/key`, or a web address; empty where there is no picture. */
  readonly picture: string;
  readonly description: string;
}

/** The console's defaults: one worker, five minutes, two empty labels to begin with. */
export const emptyDraft: LabelingJobDraft = {
  jobName: '',
  inputKind: 'folder',
  inputBucket: '',
  inputFolder: '',
  inputManifest: '',
  outputPath: '',
  roleArn: '',
  teamArn: '',
  workersPerObject: '1',
  taskTimeLimitMinutes: '5',
  instruction: '',
  goodExample: { picture: '', description: '' },
  badExample: { picture: '', description: '' },
  labels: ['', ''],
};

/** A folder's key as S3 lists it: no slash in front, one at the end, nothing for the whole bucket. */
export function folderPrefix(folder: string): string {
  const trimmed = folder.trim().replace(/^\/+/u, '');
  return trimmed === '' || trimmed.endsWith('/') ? trimmed : `${trimmed}/`;
}

/** Another input folder moves the results along, unless somebody chose another place for them. */
export function withInputFolder(draft: LabelingJobDraft, bucket: string, folder: string): LabelingJobDraft {
  const suggested = suggestedOutputPath(draft.inputBucket);
  const isUntouched = draft.outputPath.trim() === '' || draft.outputPath === suggested;
  return {
    ...draft,
    inputKind: 'folder',
    inputBucket: bucket,
    inputFolder: folder,
    outputPath: isUntouched ? suggestedOutputPath(bucket) : draft.outputPath,
  };
}

function suggestedOutputPath(bucket: string): string {
  return bucket === '' ? '' : formatS3Uri({ bucket, key: 'output/' });
}

/** Reads a draft that an earlier version may have kept: what is missing or of another kind is as in a new form. */
export function readDraft(kept: JsonValue | undefined): LabelingJobDraft {
  const fields = isObject(kept) ? kept : {};
  const text = (name: keyof LabelingJobDraft, otherwise: string) => textOr(fields[name], otherwise);
  const labels = fields['labels'];
  return {
    jobName: text('jobName', ''),
    inputKind: fields['inputKind'] === 'manifest' ? 'manifest' : 'folder',
    inputBucket: text('inputBucket', ''),
    inputFolder: text('inputFolder', ''),
    inputManifest: text('inputManifest', ''),
    outputPath: text('outputPath', ''),
    roleArn: text('roleArn', ''),
    teamArn: text('teamArn', ''),
    workersPerObject: text('workersPerObject', emptyDraft.workersPerObject),
    taskTimeLimitMinutes: text('taskTimeLimitMinutes', emptyDraft.taskTimeLimitMinutes),
    instruction: text('instruction', ''),
    goodExample: readExample(fields['goodExample']),
    badExample: readExample(fields['badExample']),
    labels: isArray(labels) ? labels.map((label) => textOr(label, '')) : emptyDraft.labels,
  };
}

function readExample(kept: JsonValue | undefined): ExamplePicture {
  const fields = isObject(kept) ? kept : {};
  return { picture: textOr(fields['picture'], ''), description: textOr(fields['description'], '') };
}

function textOr(value: JsonValue | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue | undefined } {
  return typeof value === 'object' && value !== null && !isArray(value);
}
