import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.js';
import type { OperationName } from '../../../../src/local/sagemaker/requests.js';
import { validated } from '../../../../src/local/sagemaker/validation.js';
import { oidcConfig } from '../../../support/oidcConfig.js';

describe('validated', () => {
  const refusals: readonly {
    readonly name: string;
    readonly operation: OperationName;
    readonly input: JsonObject;
    readonly message: string;
  }[] = [
    {
      name: 'what is missing',
      operation: 'DescribeLabelingJob',
      input: {},
      message:
        "1 validation error detected: Value null at 'labelingJobName' failed to satisfy constraint: Member must not be null",
    },
    {
      name: 'a text that is too long and has the wrong form',
      operation: 'DescribeLabelingJob',
      input: { LabelingJobName: `-${'x'.repeat(63)}` },
      message:
        `2 validation errors detected: Value '-${'x'.repeat(63)}' at 'labelingJobName' failed to satisfy constraint: ` +
        `Member must have length less than or equal to 63; Value '-${'x'.repeat(63)}' at 'labelingJobName' failed to ` +
        'satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}',
    },
    {
      name: 'a number out of range',
      operation: 'ListLabelingJobs',
      input: { MaxResults: 101 },
      message:
        "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    },
    {
      name: 'a word that is none of the list',
      operation: 'ListLabelingJobs',
      input: { SortOrder: 'Up' },
      message:
        "1 validation error detected: Value 'Up' at 'sortOrder' failed to satisfy constraint: Member must satisfy enum value set: [Ascending, Descending]",
    },
    {
      name: 'what is wrong deep inside',
      operation: 'CreateWorkteam',
      input: {
        WorkteamName: 'team',
        Description: 'Team',
        MemberDefinitions: [{}, { CognitoMemberDefinition: { UserPool: 'nopool', UserGroup: 'g', ClientId: 'c' } }],
      },
      message:
        "1 validation error detected: Value 'nopool' at 'memberDefinitions.2.member.cognitoMemberDefinition.userPool' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
    },
    {
      name: 'a list that is too short',
      operation: 'CreateWorkteam',
      input: { WorkteamName: 'team', Description: 'Team', MemberDefinitions: [] },
      message:
        "1 validation error detected: Value '[]' at 'memberDefinitions' failed to satisfy constraint: Member must have length greater than or equal to 1",
    },
    {
      name: 'the texts of a list all together, with all that they must keep to',
      operation: 'DeleteTags',
      input: { ResourceArn: 'arn:aws:sagemaker:us-east-1:111122223333:x', TagKeys: ['good', ''] },
      message:
        "1 validation error detected: Value '[good, ]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: " +
        '[Member must have length less than or equal to 128, Member must have length greater than or equal to 1, ' +
        'Member must satisfy regular expression pattern: ([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)]',
    },
    {
      name: 'a null in a list of texts',
      operation: 'DeleteTags',
      input: { ResourceArn: 'arn:aws:sagemaker:us-east-1:111122223333:x', TagKeys: [null] },
      message:
        "1 validation error detected: Value '[null]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must not be null]",
    },
    {
      name: 'a null in a list of structures',
      operation: 'AddTags',
      input: { ResourceArn: 'arn:aws:sagemaker:us-east-1:111122223333:x', Tags: [null] },
      message:
        "1 validation error detected: Value null at 'tags.1.member' failed to satisfy constraint: Member must not be null",
    },
    {
      name: 'what is in a map, with its keys and its values',
      operation: 'UpdateWorkforce',
      input: {
        WorkforceName: 'w',
        OidcConfig: {
          ...oidcConfig,
          AuthenticationRequestExtraParams: { a: 'x'.repeat(513), ['k'.repeat(513)]: 'b' },
        },
      },
      message: ['Map keys', 'Map value']
        .map(
          (part) =>
            `Value '{"a":"${'x'.repeat(513)}","${'k'.repeat(513)}":"b"}' at 'oidcConfig.authenticationRequestExtraParams' failed to ` +
            `satisfy constraint: ${part} must satisfy constraint: [Member must have length less than or equal to 512, ` +
            'Member must satisfy regular expression pattern: .*]',
        )
        .join('; ')
        .replace(/^/u, '2 validation errors detected: '),
    },
    {
      name: 'a text that is far too long for nothing else: its pattern may be one that takes for ever',
      operation: 'UpdateWorkforce',
      input: { WorkforceName: `${'-'.repeat(63)}-${'-'.repeat(64)}` },
      message:
        `1 validation error detected: Value '${'-'.repeat(128)}' at 'workforceName' failed to satisfy constraint: ` +
        'Member must have length less than or equal to 63',
    },
    {
      name: 'a secret without showing it',
      operation: 'UpdateWorkforce',
      input: { WorkforceName: 'w', OidcConfig: { ...oidcConfig, ClientSecret: 'sé' } },
      message:
        "1 validation error detected: Value at 'oidcConfig.clientSecret' failed to satisfy constraint: Member must satisfy regular expression pattern: [ -~]+",
    },
    {
      name: 'all that is wrong in one answer',
      operation: 'CreateHumanTaskUi',
      input: { HumanTaskUiName: 'A', UiTemplate: { Content: '' }, Tags: [{ Key: 'k' }] },
      message:
        "4 validation errors detected: Value 'A' at 'humanTaskUiName' failed to satisfy constraint: Member must satisfy " +
        "regular expression pattern: [a-z0-9](-*[a-z0-9])*; Value '' at 'uiTemplate.content' failed to satisfy constraint: " +
        "Member must have length greater than or equal to 1; Value '' at 'uiTemplate.content' failed to satisfy " +
        "constraint: Member must satisfy regular expression pattern: [\\S\\s]+; Value null at 'tags.1.member.value' failed to " +
        'satisfy constraint: Member must not be null',
    },
  ];
  for (const { name, operation, input, message } of refusals) {
    it(`refuses ${name}`, () => {
      assert.throws(() => validated(operation, input), { code: 'ValidationException', message });
    });
  }

  const mistyped: readonly { readonly name: string; readonly operation: OperationName; readonly input: JsonObject }[] =
    [
      { name: 'a number for a text', operation: 'DescribeLabelingJob', input: { LabelingJobName: 7 } },
      { name: 'a text for a number', operation: 'ListLabelingJobs', input: { MaxResults: '7' } },
      { name: 'a fraction for an integer', operation: 'ListLabelingJobs', input: { MaxResults: 7.5 } },
      { name: 'a text for a timestamp', operation: 'ListLabelingJobs', input: { CreationTimeAfter: 'yesterday' } },
      {
        name: 'a list for a structure',
        operation: 'CreateHumanTaskUi',
        input: { HumanTaskUiName: 'a', UiTemplate: [] },
      },
      { name: 'a structure for a list', operation: 'DeleteTags', input: { ResourceArn: 'x', TagKeys: {} } },
      { name: 'a number in a list of texts', operation: 'DeleteTags', input: { ResourceArn: 'x', TagKeys: [1] } },
    ];
  for (const { name, operation, input } of mistyped) {
    it(`refuses ${name}, whatever else is wrong`, () => {
      assert.throws(() => validated(operation, input), { code: 'SerializationException' });
    });
  }

  it('passes over what it does not know', () => {
    const input = { LabelingJobName: 'job', NewerMember: { deep: true }, constructor: 1, toString: 'text' };
    assert.deepEqual(validated('DescribeLabelingJob', input), { LabelingJobName: 'job' });
  });

  it('takes a null for a member that is not there, however deep', () => {
    const request = validated('CreateWorkteam', {
      WorkteamName: 'team',
      Description: 'Team',
      MemberDefinitions: [{ CognitoMemberDefinition: null, OidcMemberDefinition: { Groups: ['g'] } }],
      NotificationConfiguration: { NotificationTopicArn: null },
      Tags: null,
    });
    assert.deepEqual(request, {
      WorkteamName: 'team',
      Description: 'Team',
      MemberDefinitions: [{ OidcMemberDefinition: { Groups: ['g'] } }],
      NotificationConfiguration: {},
    });
  });
});
