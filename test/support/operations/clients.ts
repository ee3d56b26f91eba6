import { spawnSync } from 'node:child_process';
import * as sdk from '@aws-sdk/client-sagemaker';
import type { JsonObject } from '../../../src/core/json.js';
import { awsCommands, pythonCommands, runAwsProgram } from '../awsCli.js';
import type { AwsClient } from './awsClient.js';
import { Boto3 } from './boto3.js';

/** All of this machine: of boto3 and the AWS CLI an old and a new one, where there are two. */
export function allClients(): readonly AwsClient[] {
  return [
    sdkClient,
    ...pythonCommands.map((python) => new Boto3(python)),
    ...awsCommands.map((command, index) => cliClient(command, index > 0)),
  ];
}

const sdkClient: AwsClient = {
  name: 'the AWS SDK',
  isNew: true,
  async call({ endpoint, region, accessKeyId, secretAccessKey }, operation, input) {
    const client = new sdk.SageMakerClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
    const Command = Reflect.get(sdk, `${operation}Command`) as new (input: object) => sdk.ListTagsCommand;
    try {
      const { $metadata: _metadata, ...reply } = await client.send(new Command(input));
      return { reply: JSON.parse(JSON.stringify(reply)) as JsonObject, problems: [] };
    } catch (error) {
      if (error instanceof sdk.SageMakerServiceException) {
        return { code: error.name, message: error.message };
      }
      throw error;
    } finally {
      client.destroy();
    }
  },
  close() {
    // Each call has had a client of its own.
  },
};

function cliClient(command: string, isForReplies: boolean): AwsClient {
  const [version = ''] = output(command, ['--version']).split(' ');
  const skeleton = output(command, ['sagemaker', 'create-workforce', '--generate-cli-skeleton', 'input']);
  return {
    name: version,
    isNew: skeleton.includes('IpAddressType'),
    isForReplies,
    async call(server, operation, input) {
      const general = ['--endpoint-url', server.endpoint, '--output', 'json'];
      const asked = ['sagemaker', kebabCase(operation), '--cli-input-json', JSON.stringify(input)];
      const onePage = operation.startsWith('List') ? ['--no-paginate'] : []; // It would ask for all of them.
      const args = [...general, ...asked, ...onePage];
      const { exitCode, stdout, stderr } = await runAwsProgram(command, args, { server });
      if (exitCode === 0) {
        return { reply: (stdout.trim() === '' ? {} : JSON.parse(stdout)) as JsonObject, problems: [] };
      }
      const [, code = '', message = stderr] =
        /An error occurred \((\w+)\) when calling the \w+ operation: (.*)/su.exec(stderr) ?? [];
      return { code, message: message.trim() };
    },
    close() {
      // Each call has been a process of its own.
    },
  };
}

/** `CreateHumanTaskUi` as `create-human-task-ui`. */
function kebabCase(name: string): string {
  return name.replaceAll(/(?<=.)[A-Z]/gu, '-$&').toLowerCase();
}

function output(command: string, args: readonly string[]): string {
  return spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, AWS_DEFAULT_REGION: 'us-east-1' } })
    .stdout;
}
