import { type BuiltInTaskType, parseBuiltInFunction } from '../../core/labels/builtInFunctions.js';
import { humanTaskUiArnOf, longestTaskSeconds } from '../../core/labels/humanTaskUis.js';
import { type LabelAttributeNameProblem, labelAttributeNameProblem } from '../../core/labels/labelAttributeName.js';
import { labelingTask, supportedTaskTypes } from '../../core/labels/tasks.js';
import { parseObjectAddress } from '../../core/s3Uri.js';
import { FunctionsFileProblem } from '../functions/functionsFile.js';
import type { LabelingFunctions } from '../functions/labelingFunctions.js';
import { longestAvailabilitySeconds } from '../labeling/jobRecords.js';
import type { CreateLabelingJob } from './requests.js';
import { invalid } from './responses.js';

/**
 * What the shapes of a request do not say: throws the `ValidationException` of the first rule that is broken. AWS's
 * rules come first, so that a request which AWS takes is only ever refused for what Local Ground Truth does not run.
 */
export function checkLabelingJobRules(request: CreateLabelingJob, { region, functions }: Here): void {
  const taskType = checkFunctions(request, { region, functions });
  checkLabelAttributeName(request, taskType);
  checkUiConfig(request, taskType, region);
  checkTimes(request, taskType);
  checkInput(request, taskType);
  checkWhatRunsHere(request, taskType);
}

interface Here {
  readonly region: string;
  readonly functions: LabelingFunctions;
}

/** The task type that the job's functions are for; `undefined` where it has none, or its own. */
function checkFunctions(request: CreateLabelingJob, { region, functions }: Here): BuiltInTaskType | undefined {
  const { PreHumanTaskLambdaArn: pre, AnnotationConsolidationConfig: consolidation } = request.HumanTaskConfig;
  const fields = [
    { kind: 'PRE', field: 'PreHumanTaskLambdaArn', arn: pre },
    { kind: 'ACS', field: 'AnnotationConsolidationLambdaArn', arn: consolidation?.AnnotationConsolidationLambdaArn },
  ] as const;
  const [taskType, other] = fields.flatMap(({ kind, field, arn }) => {
    if (arn === undefined || isOwnFunction(functions, arn)) {
      return [];
    }
    const builtIn = parseBuiltInFunction(arn);
    if (builtIn === undefined || builtIn.kind !== kind) {
      throw invalid(
        `The ${field} ${arn} is none of Ground Truth's ${kind}- functions, and the file functions.json in the data ` +
          'folder of Local Ground Truth names no module or address that stands for it.',
      );
    }
    if (builtIn.region !== region) {
      throw invalid(`The ${field} ${arn} must be in the region ${region}.`);
    }
    return [builtIn.taskType];
  });
  if (taskType !== undefined && other !== undefined && other !== taskType) {
    throw invalid(`The functions PRE-${taskType} and ACS-${other} are not for the same task type.`);
  }
  return taskType;
}

function isOwnFunction(functions: LabelingFunctions, arn: string): boolean {
  if (parseBuiltInFunction(arn) !== undefined) {
    return false;
  }
  try {
    return functions.has(arn);
  } catch (error) {
    throw error instanceof FunctionsFileProblem ? invalid(error.message) : error;
  }
}

const nameProblems: Readonly<Record<LabelAttributeNameProblem, string>> = {
  reserved: 'must not be one of the reserved names "source" and "source-ref"',
  metadataSuffix: 'must not end with "-metadata"',
  refSuffixMissing: 'must end with "-ref" for this task type',
  refSuffixForbidden: 'must not end with "-ref" for this task type',
};

function checkLabelAttributeName(
  { LabelAttributeName: name }: CreateLabelingJob,
  taskType: BuiltInTaskType | undefined,
): void {
  const problem = labelAttributeNameProblem(name, taskType);
  if (problem !== undefined) {
    throw invalid(`The LabelAttributeName ${name} ${nameProblems[problem]}.`);
  }
}

function checkUiConfig(
  { HumanTaskConfig: { UiConfig: ui } }: CreateLabelingJob,
  taskType: BuiltInTaskType | undefined,
  region: string,
): void {
  if ((ui.UiTemplateS3Uri === undefined) === (ui.HumanTaskUiArn === undefined)) {
    throw invalid('The UiConfig must have exactly one of UiTemplateS3Uri and HumanTaskUiArn.');
  }
  const needed = taskType === undefined ? undefined : humanTaskUiArnOf(taskType, region);
  if (needed === undefined && ui.HumanTaskUiArn !== undefined) {
    throw invalid(`The human task UI ${ui.HumanTaskUiArn} is not for this task type: give a UiTemplateS3Uri.`);
  }
  if (needed !== undefined && ui.HumanTaskUiArn !== needed) {
    throw invalid(`The UiConfig of the task type ${taskType} must have the HumanTaskUiArn ${needed}.`);
  }
}

function checkTimes({ HumanTaskConfig: config }: CreateLabelingJob, taskType: BuiltInTaskType | undefined): void {
  const longestTask = longestTaskSeconds(taskType);
  if (config.TaskTimeLimitInSeconds > longestTask) {
    throw invalid(`TaskTimeLimitInSeconds must be at most ${longestTask} for this task type.`);
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

function checkInput(request: CreateLabelingJob, taskType: BuiltInTaskType | undefined): void {
  const { S3DataSource: objects, SnsDataSource: stream } = request.InputConfig.DataSource;
  if (objects === undefined && stream === undefined) {
    throw invalid('The DataSource must have an S3DataSource or an SnsDataSource.');
  }
  if (taskType !== undefined && taskType !== 'PassThrough' && request.LabelCategoryConfigS3Uri === undefined) {
    throw invalid('LabelCategoryConfigS3Uri is required for a built-in task type.');
  }
  const addresses = [
    objects?.ManifestS3Uri,
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

function checkWhatRunsHere(request: CreateLabelingJob, taskType: BuiltInTaskType | undefined): void {
  if (request.InputConfig.DataSource.SnsDataSource !== undefined) {
    throw invalid(
      'Local Ground Truth does not run streaming labeling jobs: give an S3DataSource with a manifest, and no SnsDataSource.',
    );
  }
  if (request.LabelingJobAlgorithmsConfig !== undefined) {
    throw invalid('Local Ground Truth does not run automated data labeling: leave LabelingJobAlgorithmsConfig out.');
  }
  if (taskType !== undefined && labelingTask(taskType) === undefined) {
    throw invalid(
      `Local Ground Truth does not run the task type ${taskType} yet. It runs ${supportedTaskTypes.join(', ')}.`,
    );
  }
}
