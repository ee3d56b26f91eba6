import type { JsonObject } from '../../../src/core/json.js';
import { oidcConfig } from '../oidcConfig.js';
import { arnOf, invalid, type OperationCase } from './operationCase.js';
import type { OperationsLab } from './operationsLab.js';

export function teamCases(lab: OperationsLab): readonly OperationCase[] {
  return [...createCases(lab), ...changeCases(lab), ...subscriptionCases(lab), ...workforceCases(lab)];
}

function members({ member }: OperationsLab, group = member.UserGroup): readonly JsonObject[] {
  return [{ CognitoMemberDefinition: { ...member, UserGroup: group } }];
}

function createCases(lab: OperationsLab): readonly OperationCase[] {
  const operation = 'CreateWorkteam';
  const request = (name: string) => ({ WorkteamName: name, Description: 'A team', MemberDefinitions: members(lab) });
  return [
    {
      operation,
      name: 'makes a team',
      input: { ...request('new-team'), WorkforceName: 'workforce', Tags: [{ Key: 'a', Value: 'b' }] },
      reply: { WorkteamArn: arnOf(lab, 'workteam/private-crowd/new-team') },
    },
    {
      operation,
      name: 'refuses a name that is taken',
      input: request('team'),
      refusal: { code: 'ResourceInUse', reason: /already exists/u },
    },
    {
      operation,
      name: 'refuses a group that is not there',
      input: { ...request('new'), MemberDefinitions: members(lab, 'nobody') },
      refusal: invalid(/group nobody/u),
    },
    {
      operation,
      name: 'refuses a workforce that is not there',
      input: { ...request('new'), WorkforceName: 'nobody' },
      refusal: invalid(/No workforce/u),
    },
  ];
}

function changeCases(lab: OperationsLab): readonly OperationCase[] {
  const unknown = { input: { WorkteamName: 'none' }, refusal: invalid(/^The work team /u) };
  const access = { S3Presign: { IamPolicyConstraints: { SourceIp: 'Enabled' } } };
  return [
    {
      operation: 'DescribeWorkteam',
      name: 'gives back all that was asked for',
      input: { WorkteamName: 'team' },
      reply: {
        Workteam: {
          WorkteamName: 'team',
          WorkteamArn: lab.workteamArn,
          WorkforceArn: arnOf(lab, 'workforce/workforce'),
          MemberDefinitions: members(lab),
        },
      },
    },
    { operation: 'DescribeWorkteam', name: 'refuses what is not there', ...unknown },
    {
      operation: 'ListWorkteams',
      name: 'gives a page of those that are asked for',
      input: { NameContains: 'listed', SortBy: 'Name', MaxResults: 1 },
      reply: { Workteams: [{ WorkteamName: 'listed-a', MemberDefinitions: members(lab) }] },
    },
    {
      operation: 'UpdateWorkteam',
      name: 'changes what it is given, and nothing else',
      input: { WorkteamName: 'team-to-change', Description: 'Changed' },
      reply: { Workteam: { Description: 'Changed', MemberDefinitions: members(lab) } },
    },
    {
      operation: 'UpdateWorkteam',
      name: 'takes what newer clients send',
      isNew: true,
      input: { WorkteamName: 'listed-b', WorkerAccessConfiguration: access },
      reply: { Workteam: { WorkerAccessConfiguration: access } },
    },
    { operation: 'UpdateWorkteam', name: 'refuses what is not there', ...unknown },
    {
      operation: 'DeleteWorkteam',
      name: 'says that it has',
      input: { WorkteamName: 'team-to-delete' },
      reply: { Success: true },
    },
    { operation: 'DeleteWorkteam', name: 'refuses what is not there', ...unknown },
  ];
}

function subscriptionCases(lab: OperationsLab): readonly OperationCase[] {
  return [
    {
      operation: 'ListSubscribedWorkteams',
      name: 'gives nothing: nobody can subscribe here',
      input: { NameContains: 'team', MaxResults: 5 },
      reply: { SubscribedWorkteams: [], NextToken: undefined },
    },
    {
      operation: 'DescribeSubscribedWorkteam',
      name: 'refuses: nobody can subscribe here',
      input: { WorkteamArn: arnOf(lab, 'workteam/vendor-crowd/123') },
      refusal: invalid(/^The work team /u),
    },
  ];
}

function workforceCases(lab: OperationsLab): readonly OperationCase[] {
  const unknown = { input: { WorkforceName: 'none' }, refusal: invalid(/No workforce/u) };
  const { UserPool, ClientId } = lab.member;
  const cidrs = { Cidrs: ['10.0.0.0/16'] };
  return [
    {
      operation: 'CreateWorkforce',
      name: 'makes one over a user pool',
      on: 'fresh',
      input: { WorkforceName: 'mine', CognitoConfig: lab.freePool, SourceIpConfig: cidrs },
      reply: {
        WorkforceArn: `arn:aws:sagemaker:us-east-1:${lab.servers.fresh.accountId}:workforce/mine`,
      },
    },
    {
      operation: 'CreateWorkforce',
      name: 'refuses a second one',
      input: { WorkforceName: 'second', CognitoConfig: { UserPool, ClientId } },
      refusal: invalid(/Cannot create more than one workforce/u),
    },
    {
      operation: 'DescribeWorkforce',
      name: 'gives back all that was asked for',
      input: { WorkforceName: 'workforce' },
      reply: { Workforce: { WorkforceName: 'workforce', Status: 'Active', CognitoConfig: { UserPool, ClientId } } },
    },
    { operation: 'DescribeWorkforce', name: 'refuses what is not there', ...unknown },
    {
      operation: 'ListWorkforces',
      name: 'gives the one that there is',
      input: { SortBy: 'CreateDate', SortOrder: 'Descending', NameContains: 'force' },
      reply: { Workforces: [{ WorkforceName: 'workforce' }], NextToken: undefined },
    },
    {
      operation: 'UpdateWorkforce',
      name: 'changes what it is given, and nothing else',
      input: { WorkforceName: 'workforce', SourceIpConfig: cidrs },
      reply: { Workforce: { SourceIpConfig: cidrs, CognitoConfig: { UserPool, ClientId } } },
    },
    {
      operation: 'UpdateWorkforce',
      name: 'takes what newer clients send',
      isNew: true,
      input: { WorkforceName: 'workforce', IpAddressType: 'dualstack' },
      reply: { Workforce: { IpAddressType: 'dualstack' } },
    },
    {
      operation: 'UpdateWorkforce',
      name: 'refuses another way to sign in',
      input: { WorkforceName: 'workforce', OidcConfig: oidcConfig },
      refusal: invalid(/Cognito/u),
    },
    { operation: 'UpdateWorkforce', name: 'refuses what is not there', ...unknown },
    {
      operation: 'DeleteWorkforce',
      name: 'takes one without teams',
      on: 'teamless',
      input: { WorkforceName: 'teamless' },
      reply: {},
    },
    {
      operation: 'DeleteWorkforce',
      name: 'leaves one that has teams',
      input: { WorkforceName: 'workforce' },
      refusal: { code: 'ResourceInUse', reason: /has work teams/u },
    },
    { operation: 'DeleteWorkforce', name: 'refuses what is not there', ...unknown },
  ];
}
