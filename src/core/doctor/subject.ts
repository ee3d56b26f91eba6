import type { LabelingJobDescription, LabelingJobRequest } from '../ports.js';
import { formatS3Uri, parseS3Uri, type S3Uri } from '../s3Uri.js';

/** What the doctor looks at. */
export interface Subject {
  /** In words: `the labeling job "cats"`. */
  readonly title: string;
  /** Named by the subject itself; those of its manifest and its job come on top. */
  readonly buckets: 'all' | readonly string[];
  readonly input?: JobInputPlace;
  readonly job?: JobFacts;
  /** Whether the private teams are of interest, though no job names one. */
  readonly teams: 'all' | 'ofJob' | 'none';
}

export type JobInputPlace =
  | { readonly kind: 'manifest'; readonly uri: S3Uri }
  | { readonly kind: 'folder'; readonly bucket: string; readonly prefix: string };

/** What is known of a job that is to be, or is. */
export interface JobFacts {
  readonly name: string;
  readonly labelAttributeName: string;
  readonly outputPath?: S3Uri;
  /** Empty where a role is made together with the job. */
  readonly roleArn: string;
  readonly teamArn: string;
  readonly workersPerObject: number;
  readonly taskTimeLimitSeconds: number;
  readonly availabilitySeconds: number;
  readonly preHumanTaskLambdaArn: string;
  readonly annotationConsolidationLambdaArn: string;
  /** In a form the labels and the template are not files yet. */
  readonly labels?: readonly string[];
  readonly labelCategories?: S3Uri;
  readonly templateText?: string;
  readonly template?: S3Uri;
  readonly kmsKeyId?: string;
  /** Where the job exists. */
  readonly created?: LabelingJobDescription;
}

/** What of a job that is not created yet a fix may change. */
export type JobChange = Partial<
  Pick<
    JobFacts,
    | 'name'
    | 'labelAttributeName'
    | 'labels'
    | 'workersPerObject'
    | 'taskTimeLimitSeconds'
    | 'availabilitySeconds'
    | 'preHumanTaskLambdaArn'
    | 'annotationConsolidationLambdaArn'
  >
>;

export function accountSubject(): Subject {
  return { title: 'the whole account', buckets: 'all', teams: 'all' };
}

export function bucketSubject(bucket: string): Subject {
  return { title: `the bucket "${bucket}"`, buckets: [bucket], teams: 'none' };
}

export function manifestSubject(uri: S3Uri): Subject {
  return {
    title: `the manifest "${formatS3Uri(uri)}"`,
    buckets: [uri.bucket],
    input: { kind: 'manifest', uri },
    teams: 'none',
  };
}

/** "My worker sees nothing." */
export function workerSubject(): Subject {
  return { title: 'why a worker sees no tasks', buckets: [], teams: 'all' };
}

export function jobSubject(created: LabelingJobDescription): Subject {
  return requestSubject(created.request, { title: `the labeling job "${created.name}"`, created });
}

/** A request that is not sent yet, or was. */
export function requestSubject(
  request: LabelingJobRequest & { readonly kmsKeyId?: string },
  { title, created }: { readonly title: string; readonly created?: LabelingJobDescription },
): Subject {
  const manifest = parseS3Uri(request.manifestS3Uri);
  return {
    title,
    buckets: manifest ? [manifest.bucket] : [],
    ...(manifest && { input: { kind: 'manifest', uri: manifest } }),
    teams: 'ofJob',
    job: {
      name: request.labelingJobName,
      labelAttributeName: request.labelAttributeName,
      ...uriAt('outputPath', request.s3OutputPath),
      roleArn: request.roleArn,
      teamArn: request.workteamArn,
      workersPerObject: request.numberOfHumanWorkersPerDataObject,
      taskTimeLimitSeconds: request.taskTimeLimitInSeconds,
      availabilitySeconds: request.taskAvailabilityLifetimeInSeconds,
      preHumanTaskLambdaArn: request.preHumanTaskLambdaArn,
      annotationConsolidationLambdaArn: request.annotationConsolidationLambdaArn,
      ...uriAt('labelCategories', request.labelCategoryConfigS3Uri),
      ...uriAt('template', request.uiTemplateS3Uri),
      ...(request.kmsKeyId !== undefined && request.kmsKeyId !== '' && { kmsKeyId: request.kmsKeyId }),
      ...(created && { created }),
    },
  };
}

/** `{}` where the text is no S3 URI. */
function uriAt<Name extends string>(name: Name, text: string): { readonly [N in Name]?: S3Uri } {
  const uri = parseS3Uri(text);
  return (uri ? { [name]: uri } : {}) as { readonly [N in Name]?: S3Uri };
}
