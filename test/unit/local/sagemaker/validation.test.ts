import assert from 'node:assert/strict';
import { labelingJobShapes } from '../../../../src/local/sagemaker/labelingJobShapes.js';
import type { Requests } from '../../../../src/local/sagemaker/requests.js';
import { validated } from '../../../../src/local/sagemaker/validation.js';
import { workforceShapes } from '../../../../src/local/sagemaker/workforceShapes.js';
import type { JsonObject } from '../../../../src/core/json.js';

const shapes = { ...labelingJobShapes, ...workforceShapes };

describe('the shapes of requests', () => {
  for (const [name, shape] of Object.entries(shapes)) {
    it(`${name} names shapes that exist, and has a pattern that compiles`, () => {
      switch (shape.kind) {
        case 'structure':
          assert.deepEqual(
            Object.values(shape.members).filter((member) => shapes[member] === undefined),
            [],
          );
          assert.deepEqual(
            (shape.required ?? []).filter((member) => shape.members[member] === undefined),
            [],
          );
          break;
        case 'list':
          assert.ok(shapes[shape.of]);
          break;
        case 'map':
          assert.ok(shapes[shape.key] && shapes[shape.value]);
          break;
        case 'string':
          assert.ok(new RegExp(shape.pattern ?? '', shape.pattern?.includes('\\p{') === true ? 'u' : ''));
          break;
        case 'integer':
        case 'boolean':
        case 'timestamp':
          break;
      }
    });
  }
});

describe('validated', () => {
  const refusals: readonly {
    readonly name: string;
    readonly shape: keyof Requests;
    readonly input: JsonObject;
    readonly message: string;
  }[] = [
    {
      name: 'what is missing',
      shape: 'DescribeLabelingJobRequest',
      input: {},
      message:
        "1 validation error detected: Value null at 'labelingJobName' failed to satisfy constraint: Member must not be null",
    },
    {
      name: 'a text that is too long and has the wrong form',
      shape: 'DescribeLabelingJobRequest',
      input: { LabelingJobName: `-${'x'.repeat(63)}` },
      message:
        `2 validation errors detected: Value '-${'x'.repeat(63)}' at 'labelingJobName' failed to satisfy constraint: ` +
        `Member must have length less than or equal to 63; Value '-${'x'.repeat(63)}' at 'labelingJobName' failed to ` +
        'satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}',
    },
    {
      name: 'a number out of range',
      shape: 'ListLabelingJobsRequest',
      input: { MaxResults: 101 },
      message:
        "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    },
    {
      name: 'a word that is none of the list',
      shape: 'ListLabelingJobsRequest',
      input: { SortOrder: 'Up' },
      message:
        "1 validation error detected: Value 'Up' at 'sortOrder' failed to satisfy constraint: Member must satisfy enum value set: [Ascending, Descending]",
    },
    {
      name: 'what is wrong deep inside',
      shape: 'CreateWorkteamRequest',
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
      shape: 'CreateWorkteamRequest',
      input: { WorkteamName: 'team', Description: 'Team', MemberDefinitions: [] },
      message:
        "1 validation error detected: Value '[]' at 'memberDefinitions' failed to satisfy constraint: Member must have length greater than or equal to 1",
    },
  ];
  for (const { name, shape, input, message } of refusals) {
    it(`refuses ${name}`, () => {
      assert.throws(() => validated(shape, input), { code: 'ValidationException', message });
    });
  }

  it('refuses a value of another type', () => {
    assert.throws(() => validated('DescribeLabelingJobRequest', { LabelingJobName: 7 }), {
      code: 'SerializationException',
    });
  });

  it('passes over what it does not know', () => {
    const input = { LabelingJobName: 'job', NewerMember: { deep: true }, constructor: 1, toString: 'text' };
    assert.deepEqual(validated('DescribeLabelingJobRequest', input), input);
  });

  it('takes a null for a member that is not there, however deep', () => {
    const request = validated('ListLabelingJobsRequest', {
      NameContains: null,
      NewerMember: { deep: null, list: [{ x: null }] },
    });
    assert.deepEqual(request, { NewerMember: { list: [{}] } });
  });
});
