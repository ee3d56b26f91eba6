import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DescribeUserPoolCommand,
  ListGroupsCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { ListRolePoliciesCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand, ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ListLabelingJobsCommand, ListWorkforcesCommand, ListWorkteamsCommand } from '@aws-sdk/client-sagemaker';
import { type Clients, clientsOf } from '../lab.js';
import type { TestServer } from '../localServer.js';

/** What there is in the account, as clients see it that have nothing to do with the lab's. */
export async function remainsOf(server: TestServer) {
  const clients = clientsOf(server.clientConfig);
  try {
    const { s3, iam, sageMaker } = clients;
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    const { Roles = [] } = await iam.send(new ListRolesCommand({}));
    const { Workforces = [] } = await sageMaker.send(new ListWorkforcesCommand({}));
    const { Workteams = [] } = await sageMaker.send(new ListWorkteamsCommand({}));
    const { LabelingJobSummaryList: jobs = [] } = await sageMaker.send(new ListLabelingJobsCommand({}));
    return {
      buckets: Buckets.length,
      ...(await objectsOf(clients, Buckets[0]?.Name)),
      ...(await poolsOf(clients)),
      roles: Roles.length,
      policies: await policiesOf(clients, Roles[0]?.RoleName),
      workforces: Workforces.length,
      teams: Workteams.length,
      jobs: jobs.length,
      runningJobs: jobs.filter(({ LabelingJobStatus: status }) => status === 'InProgress' || status === 'Initializing')
        .length,
      mails: await mailsOf(server),
    };
  } finally {
    for (const client of Object.values(clients)) {
      client.destroy();
    }
  }
}

async function objectsOf({ s3 }: Clients, bucket: string | undefined) {
  if (bucket === undefined) {
    return { pictures: 0, uploads: 0 };
  }
  const { KeyCount = 0 } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'pictures/' }));
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  return { pictures: KeyCount, uploads: Uploads.length };
}

async function poolsOf({ cognito }: Clients) {
  const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  const [UserPoolId] = UserPools.flatMap(({ Id }) => Id ?? []);
  if (UserPoolId === undefined) {
    return { pools: 0, clients: 0, domains: 0, groups: 0, users: 0 };
  }
  const { UserPoolClients = [] } = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }));
  const { Users = [] } = await cognito.send(new ListUsersCommand({ UserPoolId }));
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  const { Groups = [] } = await cognito.send(new ListGroupsCommand({ UserPoolId }));
  return {
    pools: UserPools.length,
    clients: UserPoolClients.length,
    domains: UserPool?.Domain === undefined ? 0 : 1, // A pool has one at most.
    groups: Groups.length,
    users: Users.length,
  };
}

async function policiesOf({ iam }: Clients, role: string | undefined): Promise<number> {
  const { PolicyNames = [] } =
    role === undefined ? {} : await iam.send(new ListRolePoliciesCommand({ RoleName: role }));
  return PolicyNames.length;
}

async function mailsOf({ dataFolder }: TestServer): Promise<number> {
  const names = await readdir(join(dataFolder, 'outbox')).catch(() => []); // It is made with the first mail.
  return names.filter((name) => name.endsWith('.eml')).length;
}
