import { jsonText } from './jsonText.js';
import { isObject, type JsonObject, type JsonValue } from '../json.js';
import type { LabelingJobRequest } from '../ports.js';
import type { JobChange } from './subject.js';

/** Reads what `aws sagemaker create-labeling-job --cli-input-json` takes. Throws where it is no such thing. */
export function readRequest(text: string): LabelingJobRequest & { readonly kmsKeyId?: string } {
  const request = parsed(text);
  const { InputConfig: input, OutputConfig: output, HumanTaskConfig: task } = membersOf(request);
  const s3 = membersOf(membersOf(membersOf(input)['DataSource'])['S3DataSource']);
  const kmsKeyId = membersOf(output)['KmsKeyId'];
  const config = membersOf(task);
  return {
    labelingJobName: textOf(request['LabelingJobName']),
    labelAttributeName: textOf(request['LabelAttributeName']),
    manifestS3Uri: textOf(s3['ManifestS3Uri']),
    s3OutputPath: textOf(membersOf(output)['S3OutputPath']),
    roleArn: textOf(request['RoleArn']),
    labelCategoryConfigS3Uri: textOf(request['LabelCategoryConfigS3Uri']),
    workteamArn: textOf(config['WorkteamArn']),
    uiTemplateS3Uri: textOf(membersOf(config['UiConfig'])['UiTemplateS3Uri']),
    preHumanTaskLambdaArn: textOf(config['PreHumanTaskLambdaArn']),
    annotationConsolidationLambdaArn: textOf(
      membersOf(config['AnnotationConsolidationConfig'])['AnnotationConsolidationLambdaArn'],
    ),
    taskKeywords: [],
    taskTitle: textOf(config['TaskTitle']),
    taskDescription: textOf(config['TaskDescription']),
    numberOfHumanWorkersPerDataObject: numberOf(config['NumberOfHumanWorkersPerDataObject']),
    taskTimeLimitInSeconds: numberOf(config['TaskTimeLimitInSeconds']),
    taskAvailabilityLifetimeInSeconds: numberOf(config['TaskAvailabilityLifetimeInSeconds']),
    maxConcurrentTaskCount: numberOf(config['MaxConcurrentTaskCount']),
    tags: {},
    ...(typeof kmsKeyId === 'string' && { kmsKeyId }),
  };
}

/** The request after a change, with all that it says besides. */
export function changedRequest(text: string, change: JobChange): string {
  const request = parsed(text);
  const config = membersOf(request['HumanTaskConfig']);
  const after = {
    ...request,
    ...set('LabelingJobName', change.name),
    ...set('LabelAttributeName', change.labelAttributeName),
    HumanTaskConfig: {
      ...config,
      ...set('PreHumanTaskLambdaArn', change.preHumanTaskLambdaArn),
      ...set('NumberOfHumanWorkersPerDataObject', change.workersPerObject),
      ...set('TaskTimeLimitInSeconds', change.taskTimeLimitSeconds),
      ...set('TaskAvailabilityLifetimeInSeconds', change.availabilitySeconds),
      ...(change.annotationConsolidationLambdaArn !== undefined && {
        AnnotationConsolidationConfig: {
          ...membersOf(config['AnnotationConsolidationConfig']),
          AnnotationConsolidationLambdaArn: change.annotationConsolidationLambdaArn,
        },
      }),
    },
  };
  return jsonText(after);
}

function set(name: string, value: string | number | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}

function parsed(text: string): JsonObject {
  const request = JSON.parse(text) as JsonValue;
  if (!isObject(request) || !isObject(request['HumanTaskConfig'])) {
    throw new Error('This is no request of CreateLabelingJob: it has no "HumanTaskConfig".');
  }
  return request;
}

function membersOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}
