import { parseBuiltInFunction } from '../../core/labels/builtInFunctions.js';
import { type LabelAttributeNameProblem, labelAttributeNameProblem } from '../../core/labels/labelAttributeName.js';
import { labelingTask, supportedTaskTypes } from '../../core/labels/tasks.js';
import { parseObjectAddress } from '../../core/s3Uri.js';
import { ServiceError } from '../http/serviceError.js';
import { longestAvailabilitySeconds, taskTypeOf } from '../labeling/jobRecords.js';
import type { CreateLabelingJob } from './requests.js';

const longestTaskSeconds = 8 * 60 * 60;

/** What the shapes of a request do not say: throws the `ValidationException` of the first rule that is broken. */
export function checkLabelingJobRules(request: CreateLabelingJob, region: string): void {
  checkInput(request);
  checkFunctions(request, region);
  checkLabelAttributeName(request);
  checkUiConfig(request);
  checkTimes(request);
  const addresses = [
    request.InputConfig.DataSource.S3DataSource?.ManifestS3Uri,
    request.OutputConfig.S3OutputPath,
    request.LabelCategoryConfigS3Uri,
    request.HumanTaskConfig.UiConfig.UiTemplateS3Uri,
  ];
  for (const address of addresses) {
    if (address !== undefined && parseObjectAddress(address) === undefined) {
      throw invalid(`The S3 URI ${address} is not valid.`);
    }
  }
}

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

function checkInput({
  InputConfig: { DataSource: source },
  LabelingJobAlgorithmsConfig: algorithms,
}: CreateLabelingJob) {
  if (source.SnsDataSource !== undefined) {
    throw invalid(
      'Local Ground Truth does not run streaming labeling jobs: give an S3DataSource with a manifest, and no SnsDataSource.',
    );
  }
  if (source.S3DataSource === undefined) {
    throw invalid('The DataSource must have an S3DataSource or an SnsDataSource.');
  }
  if (algorithms !== undefined) {
    throw invalid('Local Ground Truth does not run automated data labeling: leave LabelingJobAlgorithmsConfig out.');
  }
}

function checkFunctions(request: CreateLabelingJob, region: string): void {
  const { PreHumanTaskLambdaArn: pre, AnnotationConsolidationConfig: consolidation } = request.HumanTaskConfig;
  const functions = [
    { kind: 'PRE', field: 'PreHumanTaskLambdaArn', arn: pre },
    { kind: 'ACS', field: 'AnnotationConsolidationLambdaArn', arn: consolidation?.AnnotationConsolidationLambdaArn },
  ] as const;
  const taskTypes = functions.flatMap(({ kind, field, arn }) => {
    if (arn === undefined) {
      return [];
    }
    const builtIn = parseBuiltInFunction(arn);
    if (builtIn === undefined || builtIn.kind !== kind) {
      throw invalid(
        `The ${field} ${arn} is not a ${kind}- function of Ground Truth. Local Ground Truth runs no other functions.`,
      );
    }
    if (builtIn.region !== region) {
      throw invalid(`The ${field} ${arn} must be in the region ${region}.`);
    }
    return [builtIn.taskType];
  });
  const [taskType, other] = taskTypes;
  if (taskType !== undefined && other !== undefined && other !== taskType) {
    throw invalid(`The functions PRE-${taskType} and ACS-${other} are not for the same task type.`);
  }
  const unsupported = taskTypes.find((type) => labelingTask(type) === undefined);
  if (unsupported !== undefined) {
    throw invalid(
      `Local Ground Truth does not run the task type ${unsupported} yet. It runs ${supportedTaskTypes.join(', ')}.`,
    );
  }
  const isBuiltIn = taskTypeOf(request) !== undefined && taskTypeOf(request) !== 'PassThrough';
  if (isBuiltIn && request.LabelCategoryConfigS3Uri === undefined) {
    throw invalid('LabelCategoryConfigS3Uri is required for a built-in task type.');
  }
}

const nameProblems: Readonly<Record<LabelAttributeNameProblem, string>> = {
  reserved: 'must not be one of the reserved names "source" and "source-ref"',
  metadataSuffix: 'must not end with "-metadata"',
  refSuffixMissing: 'must end with "-ref" for this task type',
  refSuffixForbidden: 'must not end with "-ref" for this task type',
};

function checkLabelAttributeName(request: CreateLabelingJob): void {
  const problem = labelAttributeNameProblem(request.LabelAttributeName, taskTypeOf(request));
  if (problem !== undefined) {
    throw invalid(`The LabelAttributeName ${request.LabelAttributeName} ${nameProblems[problem]}.`);
  }
}

function checkUiConfig({ HumanTaskConfig: { UiConfig: ui } }: CreateLabelingJob): void {
  if ((ui.UiTemplateS3Uri === undefined) === (ui.HumanTaskUiArn === undefined)) {
    throw invalid('The UiConfig must have exactly one of UiTemplateS3Uri and HumanTaskUiArn.');
  }
  if (ui.HumanTaskUiArn !== undefined) {
    throw invalid(`The human task UI ${ui.HumanTaskUiArn} is not for this task type: give a UiTemplateS3Uri.`);
  }
}

function checkTimes({ HumanTaskConfig: config }: CreateLabelingJob): void {
  if (config.TaskTimeLimitInSeconds > longestTaskSeconds) {
    throw invalid(`TaskTimeLimitInSeconds must be at most ${longestTaskSeconds} for this task type.`);
  }
  const availability = config.TaskAvailabilityLifetimeInSeconds ?? longestAvailabilitySeconds;
  if (availability > longestAvailabilitySeconds) {
    throw invalid(
      `TaskAvailabilityLifetimeInSeconds must be at most ${longestAvailabilitySeconds} for a private workforce.`,
    );
  }
  if (config.PublicWorkforceTaskPrice !== undefined) {
    throw invalid('PublicWorkforceTaskPrice is for the public workforce only.');
  }
}
