import { formatS3Uri, type S3Uri } from '../s3Uri.js';

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

/** A manifest as the input, with its bucket for the results where there is no place for them yet. */
export function withInputManifest(draft: LabelingJobDraft, manifest: S3Uri): LabelingJobDraft {
  return {
    ...draft,
    inputKind: 'manifest',
    inputManifest: formatS3Uri(manifest),
    outputPath: draft.outputPath.trim() === '' ? suggestedOutputPath(manifest.bucket) : draft.outputPath,
  };
}

function suggestedOutputPath(bucket: string): string {
  return bucket === '' ? '' : formatS3Uri({ bucket, key: 'output/' });
}

/** Reads a draft that was kept, maybe by an earlier version: what is missing or of another kind is as in a new form. */
export function readDraft(kept: unknown): LabelingJobDraft {
  const fields = fieldsOf(kept);
  const labels = fields['labels'];
  return {
    jobName: textOr(fields['jobName'], ''),
    inputKind: fields['inputKind'] === 'manifest' ? 'manifest' : 'folder',
    inputBucket: textOr(fields['inputBucket'], ''),
    inputFolder: textOr(fields['inputFolder'], ''),
    inputManifest: textOr(fields['inputManifest'], ''),
    outputPath: textOr(fields['outputPath'], ''),
    roleArn: textOr(fields['roleArn'], ''),
    teamArn: textOr(fields['teamArn'], ''),
    workersPerObject: textOr(fields['workersPerObject'], emptyDraft.workersPerObject),
    taskTimeLimitMinutes: textOr(fields['taskTimeLimitMinutes'], emptyDraft.taskTimeLimitMinutes),
    instruction: textOr(fields['instruction'], ''),
    goodExample: readExample(fields['goodExample']),
    badExample: readExample(fields['badExample']),
    labels: Array.isArray(labels) ? labels.map((label: unknown) => textOr(label, '')) : emptyDraft.labels,
  };
}

function readExample(kept: unknown): ExamplePicture {
  const fields = fieldsOf(kept);
  return { picture: textOr(fields['picture'], ''), description: textOr(fields['description'], '') };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function fieldsOf(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
