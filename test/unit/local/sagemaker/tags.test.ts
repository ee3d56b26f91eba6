import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.js';
import { EngineLab } from '../../../support/engineLab.js';

const tag = (key: string, value: string): JsonObject => ({ Key: key, Value: value });
const arnOf = (resource: string): string => `arn:aws:sagemaker:us-east-1:111122223333:${resource}`;

describe('tags', () => {
  let lab: EngineLab;
  before(async () => {
    lab = new EngineLab();
    await lab.prepare();
    await lab.createJob({ name: 'Job' });
    await call('CreateHumanTaskUi', { HumanTaskUiName: 'ui', UiTemplate: { Content: 'x' } });
  });

  for (const resource of ['labeling-job/job', 'workteam/private-crowd/team', 'human-task-ui/ui']) {
    it(`are added to, listed and taken from ${resource}`, async () => {
      const ResourceArn = arnOf(resource);
      const added = await call('AddTags', { ResourceArn, Tags: [tag('b', '1'), tag('a', '1')] });
      assert.deepEqual(added['Tags'], [tag('a', '1'), tag('b', '1')]);
      await call('AddTags', { ResourceArn, Tags: [tag('a', '2')] });
      await call('DeleteTags', { ResourceArn, TagKeys: ['b', 'none'] });
      await call('DeleteTags', { ResourceArn, TagKeys: ['b'] });
      assert.deepEqual((await call('ListTags', { ResourceArn }))['Tags'], [tag('a', '2')]);
    });
  }

  it('of a labeling job are described with it', async () => {
    await call('AddTags', { ResourceArn: arnOf('labeling-job/job'), Tags: [tag('described', 'yes')] });
    const { Tags: tags } = await call('DescribeLabelingJob', { LabelingJobName: 'Job' });
    assert.ok((tags as readonly JsonObject[]).some(({ Key: key }) => key === 'described'));
  });

  it('number fifty at most, whenever they come', async () => {
    const ResourceArn = arnOf('workteam/private-crowd/team');
    const fifty = Array.from({ length: 50 }, (_, index) => tag(`key-${index}`, ''));
    await call('DeleteTags', { ResourceArn, TagKeys: ['a'] });
    await call('AddTags', { ResourceArn, Tags: fifty });
    await assert.rejects(call('AddTags', { ResourceArn, Tags: [tag('one-more', '')] }), {
      code: 'ValidationException',
      message: /at most 50 tags/u,
    });
    const { Tags: tags, NextToken: next } = await call('ListTags', { ResourceArn, MaxResults: 50 });
    assert.deepEqual([(tags as readonly unknown[]).length, next], [50, undefined]);
  });

  const unknown = [
    { name: 'a job that is not there', arn: arnOf('labeling-job/none') },
    { name: 'a job by the name in its own case', arn: arnOf('labeling-job/Job') },
    { name: 'a team of another account', arn: arnOf('workteam/private-crowd/team').replace('1111', '2222') },
    { name: 'a team in another region', arn: arnOf('workteam/private-crowd/team').replace('us-east-1', 'eu-west-1') },
    { name: 'a team of the public', arn: arnOf('workteam/public-crowd/team') },
    { name: 'what has no tags here', arn: arnOf('model/m') },
    { name: 'a property of every object', arn: arnOf('constructor/x') },
  ];
  for (const { name, arn } of unknown) {
    it(`are refused for ${name}`, async () => {
      for (const [operation, input] of [
        ['AddTags', { Tags: [] }],
        ['ListTags', {}],
        ['DeleteTags', { TagKeys: ['a'] }],
      ] as const) {
        await assert.rejects(call(operation, { ResourceArn: arn, ...input }), {
          code: 'ValidationException',
          message: `Could not find the resource ${arn}.`,
        });
      }
    });
  }

  const call = async (operation: string, input: JsonObject) => lab.call('sageMaker', operation, input);
});
