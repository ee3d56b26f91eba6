import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../../src/core/json.js';
import { EngineLab } from '../../../support/engineLab.js';

const content = '<crowd-form>{{ task.input.text }}</crowd-form>';
const arnOf = (name: string): string => `arn:aws:sagemaker:us-east-1:111122223333:human-task-ui/${name}`;

describe('human task UIs', () => {
  let lab: EngineLab;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
  });

  it('are described with the digest of their template', async () => {
    assert.deepEqual(await create('mine'), { HumanTaskUiArn: arnOf('mine') });
    const { UiTemplate: template, ...described } = await call('DescribeHumanTaskUi', { HumanTaskUiName: 'mine' });
    assert.deepEqual(described, {
      HumanTaskUiName: 'mine',
      HumanTaskUiArn: arnOf('mine'),
      HumanTaskUiStatus: 'Active',
      CreationTime: lab.clock.now().getTime() / 1_000,
    });
    const digest = createHash('sha256').update(content).digest('hex');
    assert.equal((template as JsonObject)['ContentSha256'], digest);
  });

  it('have names of their own, until they are deleted', async () => {
    await create('mine');
    await assert.rejects(create('mine'), { code: 'ResourceInUse' });
    await call('DeleteHumanTaskUi', { HumanTaskUiName: 'mine' });
    for (const operation of ['DescribeHumanTaskUi', 'DeleteHumanTaskUi']) {
      await assert.rejects(call(operation, { HumanTaskUiName: 'mine' }), { code: 'ResourceNotFound' });
    }
    await create('mine');
  });

  it('lose their tags when they are deleted', async () => {
    await create('mine', { Tags: [{ Key: 'a', Value: '1' }] });
    assert.deepEqual((await call('ListTags', { ResourceArn: arnOf('mine') }))['Tags'], [{ Key: 'a', Value: '1' }]);
    await call('DeleteHumanTaskUi', { HumanTaskUiName: 'mine' });
    await create('mine');
    assert.deepEqual((await call('ListTags', { ResourceArn: arnOf('mine') }))['Tags'], []);
  });

  describe('are listed', () => {
    const start = Date.parse('2026-11-23T10:00:00Z') / 1_000;
    beforeEach(async () => {
      for (const name of ['b', 'a', 'c']) {
        await create(name);
        lab.clock.advance(1_000);
      }
    });
    const cases: readonly { readonly name: string; readonly request: JsonObject; readonly names: readonly string[] }[] =
      [
        { name: 'the oldest first', request: {}, names: ['b', 'a', 'c'] },
        { name: 'the newest first', request: { SortOrder: 'Descending' }, names: ['c', 'a', 'b'] },
        { name: 'from a time on', request: { CreationTimeAfter: start + 1 }, names: ['a', 'c'] },
        { name: 'up to a time', request: { CreationTimeBefore: start + 1 }, names: ['b'] },
      ];
    for (const { name, request, names } of cases) {
      it(name, async () => assert.deepEqual((await list(request)).names, names));
    }

    it('page by page', async () => {
      const { names, next } = await list({ MaxResults: 2 });
      assert.deepEqual(names, ['b', 'a']);
      assert.deepEqual(await list({ MaxResults: 2, NextToken: next }), { names: ['c'], next: undefined });
    });
  });

  describe('are rendered', () => {
    it('by their ARN', async () => {
      await create('mine');
      const { RenderedContent: page } = await render({ HumanTaskUiArn: arnOf('mine') });
      assert.equal(page, '<crowd-form>Cat &amp; dog</crowd-form>');
    });

    const refused: readonly { readonly name: string; readonly request: JsonObject; readonly code: string }[] = [
      { name: 'an unknown one', request: { HumanTaskUiArn: arnOf('none') }, code: 'ResourceNotFound' },
      {
        name: 'one of another account',
        request: { HumanTaskUiArn: arnOf('mine').replace('111122223333', '999922223333') },
        code: 'ResourceNotFound',
      },
      {
        name: 'one of AWS’s own',
        request: { HumanTaskUiArn: arnOf('NamedEntityRecognition').replace('111122223333', '394669845002') },
        code: 'ValidationException',
      },
      { name: 'nothing', request: {}, code: 'ValidationException' },
      {
        name: 'two things at once',
        request: { HumanTaskUiArn: arnOf('mine'), UiTemplate: { Content: content } },
        code: 'ValidationException',
      },
    ];
    for (const { name, request, code } of refused) {
      it(`but not ${name}`, async () => {
        await create('mine');
        await assert.rejects(render(request), { code });
      });
    }
  });

  const call = async (operation: string, input: JsonObject) => lab.call('sageMaker', operation, input);
  const create = async (name: string, more: JsonObject = {}) =>
    call('CreateHumanTaskUi', { HumanTaskUiName: name, UiTemplate: { Content: content }, ...more });
  const render = async (request: JsonObject) =>
    call('RenderUiTemplate', {
      Task: { Input: '{"text":"Cat & dog"}' },
      RoleArn: 'arn:aws:iam::111122223333:role/role',
      ...request,
    });
  const list = async (request: JsonObject) => {
    const reply: unknown = await call('ListHumanTaskUis', request);
    const { HumanTaskUiSummaries: summaries, NextToken: next } = reply as {
      readonly HumanTaskUiSummaries: readonly { readonly HumanTaskUiName: string }[];
      readonly NextToken: string;
    };
    return { names: summaries.map(({ HumanTaskUiName: name }) => name), next };
  };
});
