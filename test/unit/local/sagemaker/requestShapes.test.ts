import assert from 'node:assert/strict';
import { jobConstraints, jobNamePattern } from '../../../../src/core/jobs/jobConstraints.js';
import { maxTemplateCharacters } from '../../../../src/core/templates/renderTemplate.js';
import { requestShapes } from '../../../../src/local/sagemaker/requestShapes.js';
import type { Shape } from '../../../../src/local/sagemaker/shapes.js';

const shapes: Readonly<Record<string, Shape>> = requestShapes;

describe('the shapes of requests', () => {
  // As the documentation of the API has them, whatever script has made the table (reference §1.3, §1.5, §1.6).
  const documented: readonly (readonly [string, object])[] = [
    ['LabelingJobName', { min: 1, max: 63, pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}' }],
    ['LabelAttributeName', { min: 1, max: 127 }],
    ['RoleArn', { min: 20, max: 2_048, pattern: 'arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+' }],
    ['MaxHumanLabeledObjectCount', { min: 1 }],
    ['MaxPercentageOfInputDatasetLabeled', { min: 1, max: 100 }],
    ['TaskKeywords', { min: 1, max: 5, of: 'TaskKeyword' }],
    ['TaskKeyword', { min: 1, max: 30 }],
    ['TaskTitle', { min: 1, max: 128 }],
    ['TaskDescription', { min: 1, max: 255 }],
    ['NumberOfHumanWorkersPerDataObject', { min: 1, max: 9 }],
    ['TaskTimeLimitInSeconds', { min: 30 }],
    ['TaskAvailabilityLifetimeInSeconds', { min: 60 }],
    ['MaxConcurrentTaskCount', { min: 1, max: 5_000 }],
    ['TagList', { max: 50, of: 'Tag' }],
    ['ContentClassifier', { values: ['FreeOfPersonallyIdentifiableInformation', 'FreeOfAdultContent'] }],
    ['NameContains', { max: 63, pattern: '[a-zA-Z0-9\\-]+' }],
    ['MaxResults', { min: 1, max: 100 }],
    ['NextToken', { max: 8_192 }],
    ['SortBy', { values: ['Name', 'CreationTime', 'Status'] }],
    ['ListWorkteamsSortByOptions', { values: ['Name', 'CreateDate'] }],
    ['MemberDefinitions', { min: 1, max: 10 }],
    ['WorkforceName', { min: 1, max: 63, pattern: '[a-zA-Z0-9]([a-zA-Z0-9\\-]){0,62}' }],
    ['CognitoUserPool', { min: 1, max: 55, pattern: '[\\w-]+_[0-9a-zA-Z]+' }],
    ['CognitoUserGroup', { min: 1, max: 128 }],
    ['ClientId', { min: 1, max: 1_024 }],
    ['WorkforceIpAddressType', { values: ['ipv4', 'dualstack'] }],
    ['TemplateContent', { min: 1, max: 128_000 }],
    ['TaskInput', { min: 2, max: 128_000 }],
    ['HumanTaskUiName', { min: 1, max: 63, pattern: '[a-z0-9](-*[a-z0-9])*' }],
    ['ClientSecret', { isSensitive: true }],
  ];
  for (const [name, facts] of documented) {
    it(`say of ${name} what is documented`, () => assert.deepEqual({ ...shapes[name], ...facts }, shapes[name]));
  }

  it('leave the functions out of what a labeling job must have', () => {
    assert.deepEqual(requestShapes.HumanTaskConfig.required, [
      'WorkteamArn',
      'UiConfig',
      'TaskTitle',
      'TaskDescription',
      'NumberOfHumanWorkersPerDataObject',
      'TaskTimeLimitInSeconds',
    ]);
  });

  it('agree with what the form for a labeling job lets in', () => {
    const { workersPerObject, taskTimeLimitSeconds } = jobConstraints;
    const { LabelingJobName, NumberOfHumanWorkersPerDataObject, TaskTitle, TaskTimeLimitInSeconds } = requestShapes;
    assert.equal(jobConstraints.jobNameCharacters, LabelingJobName.max);
    assert.equal(jobNamePattern.source, `^${LabelingJobName.pattern.replace('(', '(?:')}$`);
    const { kind: _kind, ...workers } = NumberOfHumanWorkersPerDataObject;
    assert.deepEqual(workers, { min: workersPerObject.least, max: workersPerObject.most });
    assert.equal(taskTimeLimitSeconds.least, TaskTimeLimitInSeconds.min);
    assert.equal(jobConstraints.taskTitleCharacters, TaskTitle.max);
    assert.equal(jobConstraints.uriCharacters, requestShapes.S3Uri.max);
    assert.equal(maxTemplateCharacters, requestShapes.TemplateContent.max);
  });
});
