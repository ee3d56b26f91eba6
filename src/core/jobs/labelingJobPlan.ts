import { annotationConsolidationLambdaArn, preHumanTaskLambdaArn } from '../labels/builtInFunctions.js';
import type { LabelingJobRequest } from '../ports.js';
import { formatS3Uri, parseS3Uri, type S3Uri } from '../s3Uri.js';
import { checkDraft, filledLabels, minutes, regionOf } from './checkDraft.js';
import { datasetManifestText } from './datasetManifest.js';
import { instructionOf } from './instruction.js';
import { jobConstraints } from './jobConstraints.js';
import { datasetManifest, toolFile } from './jobFiles.js';
import type { LabelingJobDraft } from './labelingJobDraft.js';

/** All that creating the job comes to: what is written where, which buckets are touched, and the request itself. */
export interface LabelingJobPlan {
  readonly files: readonly JobFile[];
  /** Holding pictures that workers' pages load: each needs the CORS rule. */
  readonly pictureBuckets: readonly string[];
  readonly role: JobRole;
  readonly request: Omit<LabelingJobRequest, 'roleArn'>;
}

export interface JobFile {
  readonly role: 'manifest' | 'template' | 'labelCategories';
  readonly uri: S3Uri;
  readonly contentType: string;
  readonly text: string;
}

type JobRole =
  | { readonly kind: 'existing'; readonly arn: string }
  | { readonly kind: 'create'; readonly buckets: readonly string[] };

/** What the job takes its objects from: a folder's pictures, listed now, or a manifest that is there. */
export type JobInput =
  | { readonly kind: 'pictures'; readonly pictures: readonly S3Uri[] }
  | { readonly kind: 'manifest'; readonly pictureBuckets: readonly string[] };

/** The draft must be without problems. `template` is the worker's page, `now` goes into the manifest's name. */
export function planLabelingJob(
  draft: LabelingJobDraft,
  input: JobInput,
  template: string,
  now: Date,
): LabelingJobPlan {
  const [problem] = checkDraft(draft, {});
  if (problem !== undefined) {
    throw new Error(`The job form is not complete: ${problem.field} (${problem.problem.kind})`);
  }
  const manifest = manifestOf(draft, input, now);
  const output = uriOf(draft.outputPath);
  const name = draft.jobName.trim();
  const config = { uri: toolFile(output, name, 'data.json'), text: labelCategoryConfig(filledLabels(draft.labels)) };
  const page = { uri: toolFile(output, name, 'template.liquid'), text: template };
  const pictureBuckets = unique(
    input.kind === 'pictures' ? input.pictures.map(({ bucket }) => bucket) : input.pictureBuckets,
  );
  const buckets = unique([manifest.uri.bucket, ...pictureBuckets, output.bucket]);
  return {
    files: [
      ...(manifest.text === undefined
        ? []
        : [
            { role: 'manifest', uri: manifest.uri, contentType: 'application/jsonlines', text: manifest.text } as const,
          ]),
      { role: 'labelCategories', contentType: 'application/json', ...config },
      { role: 'template', contentType: 'text/html; charset=utf-8', ...page },
    ],
    pictureBuckets,
    role: draft.roleArn === '' ? { kind: 'create', buckets } : { kind: 'existing', arn: draft.roleArn },
    request: {
      labelingJobName: name,
      labelAttributeName: name,
      manifestS3Uri: formatS3Uri(manifest.uri),
      s3OutputPath: formatS3Uri(output),
      labelCategoryConfigS3Uri: formatS3Uri(config.uri),
      maxPercentageOfInputDatasetLabeled: 100,
      workteamArn: draft.teamArn,
      uiTemplateS3Uri: formatS3Uri(page.uri),
      ...functionsFor(draft.teamArn),
      taskKeywords: ['Images', 'categorization', 'classification'],
      taskTitle: taskTitle(instructionOf(draft)),
      taskDescription: 'Categorize images into individual classes.',
      numberOfHumanWorkersPerDataObject: Number(draft.workersPerObject),
      taskTimeLimitInSeconds: Math.round((minutes(draft.taskTimeLimitMinutes) ?? 0) * 60),
      taskAvailabilityLifetimeInSeconds: taskAvailabilitySeconds,
      maxConcurrentTaskCount: 1_000,
      tags: {},
    },
  };
}

/** Ten days, as the console has it. */
export const taskAvailabilitySeconds = 10 * 24 * 60 * 60;

export function taskTitle(instruction: string): string {
  const text = instruction.replaceAll(/[^\t\n\r -\uD7FF\uE000-\uFFFD]/gu, '').replaceAll(/\s+/gu, ' ');
  return `Image Classification (Single Label): ${text.trim()}`.slice(0, jobConstraints.taskTitleCharacters).trimEnd();
}

/** A class's number in the output is its place in this list. */
export function labelCategoryConfig(labels: readonly string[]): string {
  return JSON.stringify({ 'document-version': '2018-11-28', labels: labels.map((label) => ({ label })) });
}

function manifestOf(
  draft: LabelingJobDraft,
  input: JobInput,
  now: Date,
): { readonly uri: S3Uri; readonly text: string | undefined } {
  if (input.kind === 'manifest') {
    return { uri: uriOf(draft.inputManifest), text: undefined };
  }
  const uri = datasetManifest(draft.inputBucket, draft.inputFolder, now);
  return { uri, text: datasetManifestText(input.pictures) };
}

function functionsFor(teamArn: string) {
  const region = regionOf(teamArn);
  const before = preHumanTaskLambdaArn(region, 'ImageMultiClass');
  const after = annotationConsolidationLambdaArn(region, 'ImageMultiClass');
  if (before === undefined || after === undefined) {
    throw new Error(`Ground Truth has no built-in functions in the region "${region}"`);
  }
  return { preHumanTaskLambdaArn: before, annotationConsolidationLambdaArn: after };
}

function uriOf(text: string): S3Uri {
  const uri = parseS3Uri(text.trim());
  if (uri === undefined) {
    throw new Error(`"${text}" is no S3 URI`);
  }
  return uri;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
