import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../src/core/json.js';
import type { LocalServer } from '../../src/core/ports.js';
import { createTrainingJobRequest } from '../../src/core/training/trainingJob.js';
import { type SnippetLanguage, trainingSnippet } from '../../src/core/training/trainingSnippet.js';
import { awsCommand, pythonCommand, runAwsProgram } from '../support/awsCli.js';
import { trainingPlan } from '../support/trainingPlan.js';

const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/image-classification:1';

// Old versions do not read the endpoint from the environment, so it is slipped in around what users paste.
const boto3Endpoint = `
import boto3, functools, os
boto3.client = functools.partial(boto3.client, endpoint_url=os.environ["ENDPOINT"])
`;
const cliEndpoint = `set -e\ncd "$HOME"\naws() { command ${awsCommand} --endpoint-url "$ENDPOINT" "$@"; }\n`;

/** What the SageMaker Python SDK would be called with, by the names that its 2.x has. */
const fakeSdk = `
import json, sys, types
def module(name, **members):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__dict__.update(members)
    return sys.modules[name]
def recorder(kind):
    return lambda *args, **kwargs: {"kind": kind, "args": args, **kwargs}
class Estimator:
    def __init__(self, **kwargs): self.kwargs = kwargs
    def fit(self, inputs, job_name): print(json.dumps({"estimator": self.kwargs, "inputs": inputs, "job": job_name}))
module("boto3", Session=recorder("boto3"))
module("sagemaker", Session=recorder("session"))
module("sagemaker.estimator", Estimator=Estimator)
module("sagemaker.inputs", TrainingInput=recorder("input"), ShuffleConfig=recorder("shuffle"))
`;

describe('the snippets that start a training', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.server.close());

  const snippet = (language: SnippetLanguage): string => trainingSnippet(trainingPlan, language, image);
  const whole: JsonObject = {
    ...createTrainingJobRequest(trainingPlan),
    AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: 'Pipe' },
  };

  it('send the whole request with boto3, which checks it by the model of AWS', async () => {
    const outcome = await run(pythonCommand, boto3Endpoint + snippet('boto3'));
    assert.equal(outcome.exitCode, 0, outcome.stderr);
    assert.equal(outcome.stdout.trim(), 'arn:aws:sagemaker:us-east-1:123456789012:training-job/x');
    assert.deepEqual(service.requests.pop(), { target: 'SageMaker.CreateTrainingJob', body: whole });
  });

  it('send the whole request with the AWS CLI, in a shell', async () => {
    const outcome = await run('bash', cliEndpoint + snippet('awsCli'));
    assert.equal(outcome.exitCode, 0, outcome.stderr);
    assert.deepEqual(service.requests.pop(), { target: 'SageMaker.CreateTrainingJob', body: whole });
  });

  it('say the same to the SageMaker Python SDK', async () => {
    const outcome = await run(pythonCommand, fakeSdk + snippet('pythonSdk'));
    assert.equal(outcome.exitCode, 0, outcome.stderr);
    assert.deepEqual(JSON.parse(outcome.stdout), {
      estimator: {
        image_uri: image,
        role: trainingPlan.roleArn,
        instance_count: 1,
        instance_type: 'ml.g4dn.xlarge',
        volume_size: 50,
        max_run: 3600,
        input_mode: 'Pipe',
        output_path: trainingPlan.outputPath,
        hyperparameters: whole['HyperParameters'],
        sagemaker_session: { kind: 'session', args: [{ kind: 'boto3', args: [], region_name: 'us-east-1' }] },
      },
      inputs: {
        train: { ...input(trainingPlan.trainManifest), shuffle_config: { kind: 'shuffle', args: [], seed: 7 } },
        validation: input(trainingPlan.validationManifest),
      },
      job: trainingPlan.jobName,
    });
  });

  async function run(command: string, program: string) {
    return await runAwsProgram(command, ['-c', program], { server: service.address });
  }
});

function input(manifest: string): JsonObject {
  return {
    kind: 'input',
    args: [manifest],
    s3_data_type: 'AugmentedManifestFile',
    attribute_names: ['source-ref', 'cats-and-dogs'],
    content_type: 'application/x-recordio',
    record_wrapping: 'RecordIO',
    input_mode: 'Pipe',
  };
}

interface Service {
  readonly server: Server;
  readonly address: LocalServer;
  readonly requests: { readonly target: unknown; readonly body: unknown }[];
}

/** Takes any request of SageMaker's protocol for what it is. */
async function startService(): Promise<Service> {
  const requests: Service['requests'] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      requests.push({ target: request.headers['x-amz-target'], body: JSON.parse(body) });
      response.setHeader('Content-Type', 'application/x-amz-json-1.1');
      response.end('{"TrainingJobArn":"arn:aws:sagemaker:us-east-1:123456789012:training-job/x"}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    server,
    requests,
    address: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      accountId: '123456789012',
      accessKeyId: 'AKIAEXAMPLE',
      secretAccessKey: 'secret',
      portal: '',
    },
  };
}
