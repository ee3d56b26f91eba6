import assert from 'node:assert/strict';
import {
  AddTagsCommand,
  CreateHumanTaskUiCommand,
  CreateWorkteamCommand,
  paginateListHumanTaskUis,
  paginateListLabelingJobs,
  paginateListLabelingJobsForWorkteam,
  paginateListSubscribedWorkteams,
  paginateListTags,
  paginateListWorkforces,
  paginateListWorkteams,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { awsCommands, pythonCommands } from '../support/awsCli.js';
import {
  clientsOf,
  createInput,
  createJob,
  createRole,
  createTeam,
  labelingJobRequest,
  type Team,
} from '../support/lab.js';
import { startTestServer, type TestServer } from '../support/localServer.js';
import { awsCli, boto3 } from '../support/otherClients.js';

const bucket = 'pages';
const names = ['e', 'd', 'c', 'b', 'a'];
const tagKeys = Array.from({ length: 50 }, (_, index) => `key-${index}`).toSorted();

/** What each list has, two by two; tags come fifty at least to a page, and there are no more. */
const pages: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ListHumanTaskUis: [['e', 'd'], ['c', 'b'], ['a']],
  ListLabelingJobs: [['e', 'd'], ['c', 'b'], ['a']],
  ListLabelingJobsForWorkteam: [['e', 'd'], ['c', 'b'], ['a']],
  ListSubscribedWorkteams: [[]],
  ListTags: [tagKeys],
  ListWorkforces: [['workforce']],
  ListWorkteams: [
    ['team', 'e'],
    ['d', 'c'],
    ['b', 'a'],
  ],
};

describe('the lists of SageMaker', () => {
  let server: TestServer;
  let sageMaker: SageMakerClient;
  let team: Team;
  before(async () => {
    server = await startTestServer();
    const clients = clientsOf(server.clientConfig);
    ({ sageMaker } = clients);
    const roleArn = await createRole(clients, 'role');
    await createInput(clients, { bucket, lines: ['{"source-ref":"s3://pages/0.png"}'], pictures: ['0.png'] });
    team = await createTeam(clients, { name: 'team', emails: [] });
    const { workteamArn, userPool: UserPool, clientId: ClientId } = team;
    const MemberDefinitions = [{ CognitoMemberDefinition: { UserPool, ClientId, UserGroup: 'team' } }];
    for (const name of names) {
      await createJob(clients, labelingJobRequest({ name, bucket, roleArn, workteamArn }));
      await sageMaker.send(new CreateHumanTaskUiCommand({ HumanTaskUiName: name, UiTemplate: { Content: name } }));
      await sageMaker.send(new CreateWorkteamCommand({ WorkteamName: name, Description: name, MemberDefinitions }));
    }
    await sageMaker.send(
      new AddTagsCommand({ ResourceArn: workteamArn, Tags: tagKeys.map((Key) => ({ Key, Value: '' })) }),
    );
  });
  after(async () => server.stop());

  it('come page by page from the paginators of the AWS SDK', async () => {
    const config = { client: sageMaker, pageSize: 2 };
    const WorkteamArn = team.workteamArn;
    const lists = {
      ListHumanTaskUis: await namesOf(paginateListHumanTaskUis(config, {})),
      ListLabelingJobs: await namesOf(paginateListLabelingJobs(config, {})),
      ListLabelingJobsForWorkteam: await namesOf(paginateListLabelingJobsForWorkteam(config, { WorkteamArn })),
      ListSubscribedWorkteams: await namesOf(paginateListSubscribedWorkteams(config, {})),
      ListTags: await namesOf(paginateListTags({ ...config, pageSize: 50 }, { ResourceArn: WorkteamArn })),
      ListWorkforces: await namesOf(paginateListWorkforces(config, {})),
      ListWorkteams: await namesOf(paginateListWorkteams(config, {})),
    };
    assert.deepEqual(lists, pages);
  });

  for (const python of pythonCommands) {
    it(`come page by page from the paginators of ${python}’s boto3, and go on from a token`, async () => {
      const printed = await boto3(server, paginators(team.workteamArn), python);
      const { lists, resumed } = JSON.parse(printed) as { lists: object; resumed: readonly string[] };
      assert.deepEqual(lists, pages);
      assert.deepEqual(resumed, ['c', 'b']);
    });
  }

  for (const command of awsCommands) {
    it(`come all together from ${command}, or as many as it asks for`, async () => {
      const all = await listJobs(server, command, []);
      assert.deepEqual(jobNames(all), names);
      const some = await listJobs(server, command, ['--max-items', '3']);
      assert.deepEqual(jobNames(some), ['e', 'd', 'c']);
      const others = await listJobs(server, command, ['--starting-token', some.NextToken]);
      assert.deepEqual(jobNames(others), ['b', 'a']);
    });
  }
});

interface JobList {
  readonly LabelingJobSummaryList: readonly { readonly LabelingJobName: string }[];
  readonly NextToken: string;
}

async function listJobs(server: TestServer, command: string, args: readonly string[]): Promise<JobList> {
  const asked = ['--output', 'json', 'sagemaker', 'list-labeling-jobs', '--page-size', '2', ...args];
  return JSON.parse(await awsCli(server, asked, command)) as JobList;
}

/** The first name of each item of each page, whatever the list is of. */
async function namesOf(paginator: AsyncIterable<object>): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  for await (const page of paginator) {
    const items: readonly object[] = Object.values(page).find((value) => Array.isArray(value)) ?? [];
    found.push(items.map((item) => nameIn(item)));
  }
  return found;
}

function nameIn(item: object): string {
  const key = ['LabelingJobName', 'HumanTaskUiName', 'WorkteamName', 'WorkforceName', 'Key'].find(
    (name) => name in item,
  );
  return String(Reflect.get(item, key ?? ''));
}

function jobNames({
  LabelingJobSummaryList: jobs,
}: {
  LabelingJobSummaryList: readonly { LabelingJobName: string }[];
}) {
  return jobs.map(({ LabelingJobName: name }) => name);
}

const paginators = (workteamArn: string): string => `
sagemaker = boto('sagemaker')
asked = {
    'ListHumanTaskUis': ({}, 2, 'HumanTaskUiSummaries', 'HumanTaskUiName'),
    'ListLabelingJobs': ({}, 2, 'LabelingJobSummaryList', 'LabelingJobName'),
    'ListLabelingJobsForWorkteam': ({'WorkteamArn': '${workteamArn}'}, 2, 'LabelingJobSummaryList', 'LabelingJobName'),
    'ListSubscribedWorkteams': ({}, 2, 'SubscribedWorkteams', 'WorkteamArn'),
    'ListTags': ({'ResourceArn': '${workteamArn}'}, 50, 'Tags', 'Key'),
    'ListWorkforces': ({}, 2, 'Workforces', 'WorkforceName'),
    'ListWorkteams': ({}, 2, 'Workteams', 'WorkteamName'),
}
lists = {}
for operation, (arguments, size, items, name) in asked.items():
    paginator = sagemaker.get_paginator(botocore.xform_name(operation))
    pages = paginator.paginate(**arguments, PaginationConfig={'PageSize': size})
    lists[operation] = [[item[name] for item in page[items]] for page in pages]
paginator = sagemaker.get_paginator('list_labeling_jobs')
first = paginator.paginate(PaginationConfig={'PageSize': 2, 'MaxItems': 2})
first.build_full_result()
rest = paginator.paginate(PaginationConfig={'MaxItems': 2, 'StartingToken': first.resume_token}).build_full_result()
print(json.dumps({'lists': lists, 'resumed': [job['LabelingJobName'] for job in rest['LabelingJobSummaryList']]}))
`;
