import {
  CreateLabelingJobCommand,
  DescribeLabelingJobCommand,
  ListLabelingJobsCommand,
  StopLabelingJobCommand,
  type DescribeLabelingJobCommandOutput,
  type LabelCounters as AwsLabelCounters,
  type LabelingJobSummary,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { Failure } from '../core/failure.js';
import type { JsonObject } from '../core/json.js';
import type {
  CreatedLabelingJob,
  LabelCounters,
  LabelingJob,
  LabelingJobDescription,
  LabelingJobRequest,
  LabelingJobs,
} from '../core/ports.js';
import { mayPass } from '../core/passing.js';
import { parseS3Uri } from '../core/s3Uri.js';
import { pause } from './pause.js';
import { isRefusal, type AwsCaller, wasRepeated } from './errors.js';
import { madeWithTags, tagList } from './tags.js';

const jobsPerPage = 100; // The most that ListLabelingJobs gives.
const roleDelayMs = 5_000;

export interface LabelingJobsOptions {
  readonly call: AwsCaller;
  /** Whether a role was made so short a time ago that AWS may not know it everywhere. */
  readonly isNewRole: (arn: string) => boolean;
  readonly wait?: typeof pause;
}

export class SageMakerLabelingJobs implements LabelingJobs {
  readonly #client: SageMakerClient;
  readonly #call: AwsCaller;
  readonly #isNewRole: (arn: string) => boolean;
  readonly #wait: typeof pause;
  /** Asked for without a reply: maybe made all the same. */
  readonly #unanswered = new Set<string>();

  constructor(client: SageMakerClient, { call, isNewRole, wait = pause }: LabelingJobsOptions) {
    this.#client = client;
    this.#call = call;
    this.#isNewRole = isNewRole;
    this.#wait = wait;
  }

  async list(signal: AbortSignal): Promise<readonly LabelingJob[]> {
    const jobs: LabelingJob[] = [];
    let token: string | undefined;
    do {
      const command = new ListLabelingJobsCommand({
        SortBy: 'CreationTime',
        SortOrder: 'Descending',
        MaxResults: jobsPerPage,
        NextToken: token,
      });
      const page = await this.#call({ action: 'sagemaker:ListLabelingJobs', resource: '*' }, signal, (options) =>
        this.#client.send(command, options),
      );
      jobs.push(...(page.LabelingJobSummaryList ?? []).map(fromSummary));
      token = page.NextToken;
    } while (token !== undefined);
    return jobs;
  }

  async describe(name: string, signal: AbortSignal): Promise<LabelingJobDescription> {
    const output = await this.#call({ action: 'sagemaker:DescribeLabelingJob', resource: name }, signal, (options) =>
      this.#client.send(new DescribeLabelingJobCommand({ LabelingJobName: name }), options),
    );
    return fromDescription(output);
  }

  async requestOf(name: string, signal: AbortSignal): Promise<JsonObject> {
    const output = await this.#call({ action: 'sagemaker:DescribeLabelingJob', resource: name }, signal, (options) =>
      this.#client.send(new DescribeLabelingJobCommand({ LabelingJobName: name }), options),
    );
    return toRequest(output);
  }

  async create(request: LabelingJobRequest, signal: AbortSignal): Promise<CreatedLabelingJob> {
    const { made: arn, denied } = await madeWithTags({
      tags: request.tags,
      action: 'sagemaker:AddTags',
      make: (tags) => this.#create({ ...request, tags }, signal),
    });
    return { arn, ...(denied !== undefined && { deniedTagging: denied }) };
  }

  async #create(request: LabelingJobRequest, signal: AbortSignal): Promise<string> {
    const command = new CreateLabelingJobCommand(toCommandInput(request));
    for (;;) {
      try {
        const { LabelingJobArn: arn = '' } = await this.#call(
          { action: 'sagemaker:CreateLabelingJob', resource: request.labelingJobName },
          signal,
          (options) => this.#client.send(command, options),
        );
        return arn;
      } catch (error) {
        const made = await this.#madeUnheard(request, error, signal);
        if (made !== undefined) {
          return made;
        }
        if (!isRoleRefused(error)) {
          throw error;
        }
        const { roleArn } = request;
        if (!this.#isNewRole(roleArn)) {
          throw new Failure('role.notUsable', { role: roleArn.slice(roleArn.lastIndexOf('/') + 1) }, { cause: error });
        }
        await this.#wait(roleDelayMs, signal);
      }
    }
  }

  /** The ARN of a job that this request made, although its reply was lost: its name is taken when it is asked again. */
  async #madeUnheard(request: LabelingJobRequest, error: unknown, signal: AbortSignal): Promise<string | undefined> {
    const { labelingJobName: name } = request;
    if (mayPass(error)) {
      this.#unanswered.add(name);
      return undefined;
    }
    if (!isRefusal(error, 'ResourceInUse') || !(wasRepeated(error) || this.#unanswered.has(name))) {
      return undefined;
    }
    const { request: found, arn } = await this.describe(name, signal);
    const isTheSame = found.manifestS3Uri === request.manifestS3Uri && found.roleArn === request.roleArn;
    return isTheSame ? arn : undefined;
  }

  async stop(name: string, signal: AbortSignal): Promise<void> {
    await this.#call({ action: 'sagemaker:StopLabelingJob', resource: name }, signal, (options) =>
      this.#client.send(new StopLabelingJobCommand({ LabelingJobName: name }), options),
    );
  }
}

/** SageMaker says the same of a role that is gone, that does not trust it, and that is too new for it to know. */
function isRoleRefused(error: unknown): boolean {
  return isRefusal(error, 'ValidationException') && error instanceof Error && /assume role/iu.test(error.message);
}

function toCommandInput(request: LabelingJobRequest): CreateLabelingJobCommand['input'] {
  return {
    LabelingJobName: request.labelingJobName,
    LabelAttributeName: request.labelAttributeName,
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: request.manifestS3Uri } } },
    OutputConfig: { S3OutputPath: request.s3OutputPath },
    RoleArn: request.roleArn,
    LabelCategoryConfigS3Uri: request.labelCategoryConfigS3Uri,
    ...(request.maxPercentageOfInputDatasetLabeled !== undefined && {
      StoppingConditions: { MaxPercentageOfInputDatasetLabeled: request.maxPercentageOfInputDatasetLabeled },
    }),
    HumanTaskConfig: {
      WorkteamArn: request.workteamArn,
      UiConfig: { UiTemplateS3Uri: request.uiTemplateS3Uri },
      PreHumanTaskLambdaArn: request.preHumanTaskLambdaArn,
      TaskKeywords: [...request.taskKeywords],
      TaskTitle: request.taskTitle,
      TaskDescription: request.taskDescription,
      NumberOfHumanWorkersPerDataObject: request.numberOfHumanWorkersPerDataObject,
      TaskTimeLimitInSeconds: request.taskTimeLimitInSeconds,
      TaskAvailabilityLifetimeInSeconds: request.taskAvailabilityLifetimeInSeconds,
      MaxConcurrentTaskCount: request.maxConcurrentTaskCount,
      AnnotationConsolidationConfig: {
        AnnotationConsolidationLambdaArn: request.annotationConsolidationLambdaArn,
      },
    },
    Tags: tagList(request.tags),
  };
}

/** What the description says of the request, and nothing of what became of it; in the order of AWS's documents. */
function toRequest(output: DescribeLabelingJobCommandOutput): JsonObject {
  const { InputConfig, OutputConfig, RoleArn, LabelCategoryConfigS3Uri, StoppingConditions } = output;
  const { LabelingJobName, LabelAttributeName, LabelingJobAlgorithmsConfig, HumanTaskConfig, Tags } = output;
  const request = {
    LabelingJobName,
    LabelAttributeName,
    InputConfig,
    OutputConfig,
    RoleArn,
    LabelCategoryConfigS3Uri,
    StoppingConditions,
    LabelingJobAlgorithmsConfig,
    HumanTaskConfig,
    ...(Tags && Tags.length > 0 && { Tags }),
  };
  return JSON.parse(JSON.stringify(request)) as JsonObject; // As data: without what the SDK leaves undefined.
}

function fromSummary(summary: LabelingJobSummary): LabelingJob {
  const createdAt = summary.CreationTime ?? new Date(0);
  return {
    name: summary.LabelingJobName ?? '',
    arn: summary.LabelingJobArn ?? '',
    status: summary.LabelingJobStatus ?? 'Initializing',
    createdAt,
    modifiedAt: summary.LastModifiedTime ?? createdAt,
    counters: fromCounters(summary.LabelCounters),
    workteamArn: summary.WorkteamArn ?? '',
    // An empty one is none: what is not set, AWS is known to echo as an empty text (KmsKeyId, reference §1.3).
    ...(summary.FailureReason !== undefined &&
      summary.FailureReason !== '' && { failureReason: summary.FailureReason }),
    ...manifest('inputManifest', summary.InputConfig?.DataSource?.S3DataSource?.ManifestS3Uri),
    ...manifest('outputManifest', summary.LabelingJobOutput?.OutputDatasetS3Uri),
  };
}

function fromDescription(output: DescribeLabelingJobCommandOutput): LabelingJobDescription {
  const { HumanTaskConfig: task } = output;
  const summary = fromSummary({
    ...output,
    WorkteamArn: task?.WorkteamArn,
    PreHumanTaskLambdaArn: task?.PreHumanTaskLambdaArn,
  });
  return {
    ...summary,
    jobReferenceCode: output.JobReferenceCode ?? '',
    request: {
      labelingJobName: summary.name,
      labelAttributeName: output.LabelAttributeName ?? '',
      manifestS3Uri: output.InputConfig?.DataSource?.S3DataSource?.ManifestS3Uri ?? '',
      s3OutputPath: output.OutputConfig?.S3OutputPath ?? '',
      roleArn: output.RoleArn ?? '',
      labelCategoryConfigS3Uri: output.LabelCategoryConfigS3Uri ?? '',
      ...(output.StoppingConditions?.MaxPercentageOfInputDatasetLabeled !== undefined && {
        maxPercentageOfInputDatasetLabeled: output.StoppingConditions.MaxPercentageOfInputDatasetLabeled,
      }),
      workteamArn: summary.workteamArn,
      uiTemplateS3Uri: task?.UiConfig?.UiTemplateS3Uri ?? '',
      preHumanTaskLambdaArn: task?.PreHumanTaskLambdaArn ?? '',
      annotationConsolidationLambdaArn: task?.AnnotationConsolidationConfig?.AnnotationConsolidationLambdaArn ?? '',
      taskKeywords: task?.TaskKeywords ?? [],
      taskTitle: task?.TaskTitle ?? '',
      taskDescription: task?.TaskDescription ?? '',
      numberOfHumanWorkersPerDataObject: task?.NumberOfHumanWorkersPerDataObject ?? 0,
      taskTimeLimitInSeconds: task?.TaskTimeLimitInSeconds ?? 0,
      taskAvailabilityLifetimeInSeconds: task?.TaskAvailabilityLifetimeInSeconds ?? 0,
      maxConcurrentTaskCount: task?.MaxConcurrentTaskCount ?? 0,
      tags: Object.fromEntries((output.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    },
  };
}

function fromCounters(counters: AwsLabelCounters = {}): LabelCounters {
  return {
    totalLabeled: counters.TotalLabeled ?? 0,
    humanLabeled: counters.HumanLabeled ?? 0,
    machineLabeled: counters.MachineLabeled ?? 0,
    failedNonRetryableError: counters.FailedNonRetryableError ?? 0,
    unlabeled: counters.Unlabeled ?? 0,
  };
}

function manifest(name: 'inputManifest' | 'outputManifest', text = ''): Pick<LabelingJob, typeof name> {
  const uri = parseS3Uri(text);
  return uri ? { [name]: uri } : {};
}
