import { arnOf, invalid, notFound, type OperationCase } from './operationCase.js';
import type { OperationsLab } from './operationsLab.js';

/** Worker pages and tags. */
export function otherCases(lab: OperationsLab): readonly OperationCase[] {
  return [...humanTaskUiCases(lab), ...renderCases(lab), ...tagCases(lab)];
}

function humanTaskUiCases(lab: OperationsLab): readonly OperationCase[] {
  const unknown = { input: { HumanTaskUiName: 'none' }, refusal: notFound };
  const UiTemplate = { Content: '<p>é</p>' };
  return [
    {
      operation: 'CreateHumanTaskUi',
      name: 'keeps a template',
      input: { HumanTaskUiName: 'new', UiTemplate, Tags: [{ Key: 'a', Value: 'b' }] },
      reply: { HumanTaskUiArn: arnOf(lab, 'human-task-ui/new') },
    },
    {
      operation: 'CreateHumanTaskUi',
      name: 'refuses a name that is taken',
      input: { HumanTaskUiName: 'described', UiTemplate },
      refusal: { code: 'ResourceInUse', reason: /exists already/u },
    },
    {
      operation: 'CreateHumanTaskUi',
      name: 'refuses a name of another form',
      input: { HumanTaskUiName: 'New', UiTemplate },
      refusal: invalid(/Value 'New' at 'humanTaskUiName' .* pattern: \[a-z0-9\]\(-\*\[a-z0-9\]\)\*$/u),
    },
    {
      operation: 'DescribeHumanTaskUi',
      name: 'gives the digest of the template',
      input: { HumanTaskUiName: 'described' },
      reply: {
        HumanTaskUiArn: arnOf(lab, 'human-task-ui/described'),
        HumanTaskUiStatus: 'Active',
        UiTemplate: { ContentSha256: '578dd8b1af06340ad63082e10969db4e69caf88ea7dab67f1f755d7782d2d4d5' },
      },
    },
    { operation: 'DescribeHumanTaskUi', name: 'does not find what is not there', ...unknown },
    {
      operation: 'ListHumanTaskUis',
      name: 'gives a page, in the order that is asked for',
      input: { SortOrder: 'Ascending', MaxResults: 1 },
      reply: { HumanTaskUiSummaries: [{ HumanTaskUiName: 'described' }] },
    },
    { operation: 'DeleteHumanTaskUi', name: 'takes one', input: { HumanTaskUiName: 'to-delete' }, reply: {} },
    { operation: 'DeleteHumanTaskUi', name: 'does not find what is not there', ...unknown },
  ];
}

function renderCases(lab: OperationsLab): readonly OperationCase[] {
  const operation = 'RenderUiTemplate';
  const request = { RoleArn: lab.roleArn, Task: { Input: '{"text":"a < b"}' } };
  return [
    {
      operation,
      name: 'renders a template',
      input: { ...request, UiTemplate: { Content: '{{ task.input.text }}' } },
      reply: { RenderedContent: 'a &lt; b', Errors: [] },
    },
    {
      operation,
      name: 'renders a human task UI',
      input: { ...request, HumanTaskUiArn: arnOf(lab, 'human-task-ui/described') },
      reply: { RenderedContent: '<p>a &lt; b</p>', Errors: [] },
    },
    {
      operation,
      name: 'answers with what is wrong with a template',
      input: { ...request, UiTemplate: { Content: '{{ task.input.text | unknown }}' } },
      reply: { RenderedContent: '', Errors: [{ Code: 'TemplateError' }] },
    },
    {
      operation,
      name: 'does not find a human task UI that is not there',
      input: { ...request, HumanTaskUiArn: arnOf(lab, 'human-task-ui/none') },
      refusal: notFound,
    },
    {
      operation,
      name: 'refuses a role that is not there',
      input: { ...request, RoleArn: `${lab.roleArn}-x`, UiTemplate: { Content: 'x' } },
      refusal: invalid(/Could not assume role/u),
    },
  ];
}

function tagCases(lab: OperationsLab): readonly OperationCase[] {
  const ResourceArn = arnOf(lab, 'labeling-job/to-tag');
  const unknown = { ResourceArn: `${ResourceArn}-x` };
  const refusal = invalid(/Could not find the resource/u);
  const tag = { Key: 'project', Value: 'cats + dogs = ü' };
  return [
    {
      operation: 'AddTags',
      name: 'gives all the tags that there are then',
      input: { ResourceArn, Tags: [tag] },
      reply: { Tags: [tag] },
    },
    { operation: 'AddTags', name: 'refuses what is not there', input: { ...unknown, Tags: [tag] }, refusal },
    {
      operation: 'ListTags',
      name: 'gives what a resource was made with',
      input: { ResourceArn: arnOf(lab, 'human-task-ui/tagged'), MaxResults: 50 },
      reply: { Tags: [{ Key: 'made', Value: 'with it' }], NextToken: undefined },
    },
    {
      operation: 'ListTags',
      name: 'refuses a workforce, as AWS does',
      input: { ResourceArn: arnOf(lab, 'workforce/workforce') },
      refusal: invalid(/^Invalid resource type: workforce$/u),
    },
    {
      operation: 'DeleteTags',
      name: 'passes over what is not there',
      input: { ResourceArn: arnOf(lab, 'labeling-job/listed-1'), TagKeys: ['none'] },
      reply: {},
    },
    { operation: 'DeleteTags', name: 'refuses what is not there', input: { ...unknown, TagKeys: ['a'] }, refusal },
  ];
}
