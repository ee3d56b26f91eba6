import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-sagemaker';
import type { JsonObject } from '../../src/core/json.js';
import { pythonCommands } from '../support/awsCli.js';
import { labelingJobRequest } from '../support/lab.js';
import type { TestServer } from '../support/localServer.js';
import { operationsBucket, type OperationsLab, prepareOperations } from '../support/operations/operationsLab.js';
import { boto3 } from '../support/otherClients.js';

interface Case {
  readonly operation: string;
  readonly input: JsonObject;
  /** The error that the second attempt meets; none where it makes no difference. */
  readonly code?: string;
}

/** The first attempt is carried out, though its reply never comes: so every client asks again, unbidden. */
describe('calls whose reply is lost', () => {
  let lab: OperationsLab;
  let server: TestServer;
  beforeEach(async () => {
    lab = await prepareOperations();
    server = lab.servers.full;
  });
  afterEach(async () => lab.stop());

  it('are repeated by the AWS SDK, and done once', async () => {
    const outcomes = [];
    for (const { operation, input } of cases(lab)) {
      outcomes.push({ operation, code: await codeOf(operation, input) });
    }
    assert.deepEqual(outcomes, expected(lab));
    await checkDone();
  });

  for (const python of pythonCommands) {
    it(`are repeated by ${python}’s boto3, and done once`, async () => {
      assert.deepEqual(JSON.parse(await boto3(server, losing(cases(lab)), python)), expected(lab));
      await checkDone();
    });
  }

  async function codeOf(operation: string, input: JsonObject): Promise<string | null> {
    const client = new sdk.SageMakerClient(server.clientConfig);
    let isLost = false;
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        if (!isLost) {
          isLost = true;
          throw Object.assign(new Error('The reply is lost.'), { name: 'TimeoutError' });
        }
        return result;
      },
      { step: 'finalizeRequest', priority: 'low' }, // Inside of what asks again.
    );
    const Command = Reflect.get(sdk, `${operation}Command`) as new (input: object) => sdk.ListTagsCommand;
    try {
      await client.send(new Command(input));
      return null;
    } catch (error) {
      return error instanceof sdk.SageMakerServiceException ? error.name : String(error);
    } finally {
      client.destroy();
    }
  }

  async function checkDone(): Promise<void> {
    const client = new sdk.SageMakerClient(server.clientConfig);
    const jobs = await client.send(new sdk.ListLabelingJobsCommand({ NameContains: 'Repeated' }));
    assert.deepEqual(
      jobs.LabelingJobSummaryList?.map(({ LabelingJobName: name }) => name),
      ['Repeated'],
    );
    const { Tags: tags } = await client.send(new sdk.ListTagsCommand({ ResourceArn: lab.workteamArn }));
    assert.deepEqual(tags, [{ Key: 'a', Value: '1' }]);
  }
});

function cases(lab: OperationsLab): readonly Case[] {
  const { HumanTaskConfig, ...job } = labelingJobRequest({ ...lab, name: 'Repeated', bucket: operationsBucket });
  const MemberDefinitions = [{ CognitoMemberDefinition: lab.member }];
  const UiTemplate = { Content: 'x' };
  return [
    { operation: 'CreateLabelingJob', input: { ...job, HumanTaskConfig } as JsonObject, code: 'ResourceInUse' },
    { operation: 'StopLabelingJob', input: { LabelingJobName: 'to-stop' } },
    {
      operation: 'CreateWorkteam',
      input: { WorkteamName: 'repeated', Description: 'A team', MemberDefinitions },
      code: 'ResourceInUse',
    },
    { operation: 'UpdateWorkteam', input: { WorkteamName: 'team-to-change', Description: 'Changed' } },
    { operation: 'DeleteWorkteam', input: { WorkteamName: 'team-to-delete' }, code: 'ValidationException' },
    { operation: 'CreateHumanTaskUi', input: { HumanTaskUiName: 'repeated', UiTemplate }, code: 'ResourceInUse' },
    { operation: 'DeleteHumanTaskUi', input: { HumanTaskUiName: 'to-delete' }, code: 'ResourceNotFound' },
    { operation: 'AddTags', input: { ResourceArn: lab.workteamArn, Tags: [tag('a'), tag('b')] } },
    { operation: 'DeleteTags', input: { ResourceArn: lab.workteamArn, TagKeys: ['b'] } },
  ];
}

function expected(lab: OperationsLab): readonly object[] {
  return cases(lab).map(({ operation, code = null }) => ({ operation, code }));
}

function tag(key: string): JsonObject {
  return { Key: key, Value: '1' };
}

const losing = (asked: readonly Case[]): string => `
from botocore.exceptions import ClientError, ConnectionClosedError
from botocore.httpsession import URLLib3Session
send = URLLib3Session.send
lost = []
def losing(self, request):
    reply = send(self, request)
    if not lost:
        lost.append(reply)
        raise ConnectionClosedError(endpoint_url=request.url)
    return reply
URLLib3Session.send = losing
sagemaker = boto('sagemaker')
outcomes = []
for ask in json.loads(${JSON.stringify(JSON.stringify(asked))}):
    lost.clear()
    try:
        getattr(sagemaker, botocore.xform_name(ask['operation']))(**ask['input'])
        code = None
    except ClientError as error:
        code = error.response['Error']['Code']
    assert lost
    outcomes.append({'operation': ask['operation'], 'code': code})
print(json.dumps(outcomes))
`;
