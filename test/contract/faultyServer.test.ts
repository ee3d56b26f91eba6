import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CognitoIdentityProviderClient, ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import {
  CreateRoleCommand,
  GetRoleCommand,
  IAMClient,
  type IAMServiceException,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DescribeWorkteamCommand, ListLabelingJobsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { FaultName, FaultRule } from '../../src/local/faults/faultRule.js';
import { once } from 'node:events';
import {
  deleteDataFolder,
  makeDataFolder,
  spawnServer,
  spawnTestServer,
  startTestServer,
  type FaultyTestServer,
  type TestServer,
} from '../support/localServer.js';

interface Outcome {
  readonly name: string;
  readonly status: number | undefined;
  readonly message: string;
}

describe('Local Ground Truth with faults', () => {
  let server: FaultyTestServer;
  let clients: ReturnType<typeof singleAttemptClients>;
  before(async () => {
    server = await startTestServer();
    clients = singleAttemptClients(server);
    await clients.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  });
  afterEach(() => server.setFaults([]));
  after(async () => {
    for (const client of Object.values(clients)) {
      client.destroy();
    }
    await server.stop();
  });

  const asks: Readonly<Record<string, () => Promise<unknown>>> = {
    s3: () => clients.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'a b', Body: 'x' })),
    sagemaker: () => clients.sageMaker.send(new DescribeWorkteamCommand({ WorkteamName: 'team' })),
    'cognito-idp': () => clients.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 })),
    iam: () => clients.iam.send(new ListRolesCommand({})),
    sts: () => clients.sts.send(new GetCallerIdentityCommand({})),
  };

  const worded: readonly (readonly [FaultName, string, string, number, RegExp])[] = [
    ['SlowDown', 's3', 'SlowDown', 503, /^Please reduce your request rate\.$/u],
    ['Throttling', 's3', 'SlowDown', 503, /reduce your request rate/u],
    ['Throttling', 'sagemaker', 'ThrottlingException', 400, /^Rate exceeded$/u],
    ['Throttling', 'cognito-idp', 'TooManyRequestsException', 400, /^Rate exceeded$/u],
    ['Throttling', 'iam', 'Throttling', 400, /^Rate exceeded$/u],
    ['ServiceUnavailable', 's3', 'ServiceUnavailable', 503, /unable to handle/u],
    ['ServiceUnavailable', 'sagemaker', 'ServiceUnavailable', 503, /currently unavailable/u],
    ['InternalError', 's3', 'InternalError', 500, /^We encountered an internal error\. Please try again\.$/u],
    ['InternalError', 'sagemaker', 'InternalFailure', 500, /unknown error/u],
    ['InternalError', 'cognito-idp', 'InternalErrorException', 500, /Internal error/u],
    ['InternalError', 'iam', 'ServiceFailureException', 500, /unknown error/u],
    [
      'AccessDenied',
      's3',
      'AccessDenied',
      403,
      /^User: arn:aws:iam::\d{12}:root is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::bucket\/a%20b" because no identity-based policy allows the s3:PutObject action$/u,
    ],
    [
      'AccessDenied',
      'sagemaker',
      'AccessDeniedException',
      400,
      /perform: sagemaker:DescribeWorkteam on resource: arn:aws:sagemaker:us-east-1:\d{12}:workteam\/private-crowd\/team because/u,
    ],
    ['AccessDenied', 'iam', 'AccessDenied', 403, /perform: iam:ListRoles on resource: \* because/u],
    ['ExpiredToken', 's3', 'ExpiredToken', 400, /^The provided token has expired\.$/u],
    ['ExpiredToken', 'sagemaker', 'ExpiredTokenException', 400, /token included in the request is expired$/u],
    ['ExpiredToken', 'sts', 'ExpiredToken', 403, /token included in the request is expired$/u],
    ['InternalErrorIn200', 's3', 'InternalError', 200, /internal error/u],
    ['WrongRegion', 's3', 'PermanentRedirect', 301, /must be addressed using the specified endpoint/u],
    ['NewBucketElsewhere', 's3', 'TemporaryRedirect', 307, /re-send this request/u],
  ];
  for (const [fault, service, name, status, message] of worded) {
    it(`words "${fault}" as ${service} does: ${name}, ${status}`, async () => {
      server.setFaults([
        {
          ...all(fault),
          service,
          ...(fault === 'WrongRegion' || fault === 'NewBucketElsewhere' ? { region: 'eu-west-1' } : {}),
        },
      ]);
      // The SDK takes an error in a 200 for what it says only where the operation may have one: so the reply itself is read.
      const outcome = status === 200 ? await copied(server) : await outcomeOf(asks[service]);
      assert.deepEqual([outcome.name, outcome.status], [name, status]);
      assert.match(outcome.message, message);
    });
  }

  for (const fault of ['CutBefore', 'CutDuring', 'CutAfter', 'CutReply'] as const) {
    it(`has been asked or not when the connection breaks at "${fault}"`, async () => {
      const Key = `key-${fault}`;
      const command = new PutObjectCommand({ Bucket: 'bucket', Key, Body: Buffer.alloc(300_000) });
      server.setFaults([{ ...all(fault), service: 's3', times: 1 }]);
      const { name, message } = await outcomeOf(() => clients.s3.send(command));
      assert.match(`${name} ${message}`, /ECONNRESET|EPIPE|socket hang up|aborted/u);
      const there = await outcomeOf(() => clients.s3.send(new HeadObjectCommand({ Bucket: 'bucket', Key })));
      assert.equal(there.name, fault === 'CutAfter' || fault === 'CutReply' ? '' : 'NotFound');
    });
  }

  it('sends a reply half, although its head promises all of it', async () => {
    await clients.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'long', Body: Buffer.alloc(200_000) }));
    server.setFaults([{ ...all('CutReply'), service: 's3' }]);
    const reply = await clients.s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'long' }));
    assert.equal(reply.ContentLength, 200_000);
    await assert.rejects(async () => reply.Body?.transformToByteArray());
  });

  it('says where a bucket is also to a HEAD, whose reply has no body, and takes who signs for that region', async () => {
    server.setFaults([{ ...all('WrongRegion'), service: 's3', bucket: 'bucket', region: 'eu-west-1' }]);
    const ask = new HeadBucketCommand({ Bucket: 'bucket' });
    assert.equal((await outcomeOf(() => clients.s3.send(ask))).status, 301);
    const following = new S3Client({ ...server.clientConfig, followRegionRedirects: true, maxAttempts: 1 });
    assert.equal((await following.send(ask)).$metadata.httpStatusCode, 200);
    following.destroy();
  });

  it('judges signatures by a clock that is wrong, and tells its time', async () => {
    server.setFaults([{ ...all('ClockSkew'), skewSeconds: 3_600 }]);
    for (const [service, name, message] of [
      ['s3', 'RequestTimeTooSkewed', /^The difference between the request time and the current time is too large\.$/u],
      [
        'sagemaker',
        'InvalidSignatureException',
        /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(/u,
      ],
      ['iam', 'SignatureDoesNotMatch', /^Signature expired: /u],
    ] as const) {
      const outcome = await outcomeOf(asks[service]);
      assert.equal(outcome.name, name);
      assert.match(outcome.message, message);
    }
    clients = singleAttemptClients(server); // Those before have set their clocks.
    // The SDK sets its clock by the reply and asks again.
    const patient = new SageMakerClient({ ...server.clientConfig, maxAttempts: 2 });
    await patient.send(new ListLabelingJobsCommand({}));
    patient.destroy();
  });

  it('does not know a new role for some time', async () => {
    server.setFaults([{ service: 'iam', operation: 'CreateRole', fault: 'SlowRole', calls: 2 }]);
    const trust = { Statement: [{ Effect: 'Allow', Principal: { Service: 'a' }, Action: 'sts:AssumeRole' }] };
    await clients.iam.send(
      new CreateRoleCommand({ RoleName: 'slow', AssumeRolePolicyDocument: JSON.stringify(trust) }),
    );
    const names = [];
    for (let look = 0; look < 3; look += 1) {
      names.push((await outcomeOf(() => clients.iam.send(new GetRoleCommand({ RoleName: 'slow' })))).name);
    }
    assert.deepEqual(names, ['NoSuchEntityException', 'NoSuchEntityException', '']);
  });

  const paces: readonly (readonly [string, Partial<FaultRule>, string])[] = [
    ['each third call', { every: 3 }, '..x..x..x..x'],
    ['at most twice', { times: 2 }, 'xx..........'],
    ['after four calls', { after: 4, every: 2, times: 2 }, '.....x.x....'],
    ['a share of them, drawn from a seed', { rate: 0.5, seed: 3 }, '...x..x.x...'],
  ];
  for (const [what, pace, expected] of paces) {
    it(`fails ${what}`, async () => {
      server.setFaults([{ ...all('InternalError'), service: 'iam', operation: 'ListRoles', ...pace }]);
      let met = '';
      for (let call = 0; call < expected.length; call += 1) {
        met += (await outcomeOf(asks['iam'])).name === '' ? '.' : 'x';
      }
      assert.equal(met, expected);
    });
  }

  it('takes the first of its rules that applies', async () => {
    server.setFaults([{ ...all('Throttling'), service: 'iam', times: 1 }, all('AccessDenied')]);
    const names = [await outcomeOf(asks['iam']), await outcomeOf(asks['iam']), await outcomeOf(asks['sts'])];
    assert.deepEqual(
      names.map(({ name }) => name),
      ['Throttling', 'AccessDenied', 'AccessDenied'],
    );
  });

  it('reads them from a file, and ends with a sentence where that is wrong', async () => {
    const dataFolder = await makeDataFolder();
    const file = join(dataFolder, 'faults.json');
    await writeFile(file, JSON.stringify({ faults: [{ ...all('Throttling'), service: 'iam' }] }));
    const spawned = await spawnTestServer({ dataFolder, args: ['--faults', file] });
    const own = singleAttemptClients(spawned);
    assert.equal((await outcomeOf(() => own.iam.send(new ListRolesCommand({})))).name, 'Throttling');
    await spawned.end();
    await writeFile(
      file,
      JSON.stringify({ faults: [{ ...all('Throttling'), operation: 'ListRolls', service: 'iam' }] }),
    );
    const wrong = spawnServer(['--data', dataFolder, '--faults', file]);
    let told = '';
    wrong.stderr.on('data', (piece) => (told += String(piece)));
    const [code] = (await once(wrong, 'close')) as [number];
    assert.equal(code, 1);
    assert.match(
      told,
      /The faults file must have in its 1st rule an "operation" that iam has here, and not "ListRolls"/u,
    );
    await deleteDataFolder(dataFolder);
  });
});

function all(fault: FaultName): FaultRule {
  return { service: '*', operation: '*', fault };
}

function singleAttemptClients({ clientConfig }: Pick<TestServer, 'clientConfig'>) {
  const config = { ...clientConfig, maxAttempts: 1 };
  return {
    s3: new S3Client(config),
    sageMaker: new SageMakerClient(config),
    cognito: new CognitoIdentityProviderClient(config),
    iam: new IAMClient(config),
    sts: new STSClient(config),
  };
}

async function outcomeOf(ask: (() => Promise<unknown>) | undefined): Promise<Outcome> {
  try {
    await ask?.();
    return { name: '', status: undefined, message: '' };
  } catch (error) {
    const { name, message, $metadata } = error as IAMServiceException;
    return { name, status: $metadata?.httpStatusCode, message };
  }
}

/** What S3 answers to whoever asks without the SDK. */
async function copied({ endpoint }: TestServer): Promise<Outcome> {
  const reply = await fetch(`${endpoint}/bucket/copy`, {
    method: 'PUT',
    headers: { 'x-amz-copy-source': 'bucket/key' },
  });
  const text = await reply.text();
  const of = (element: string) => new RegExp(`<${element}>(.*)</${element}>`, 'u').exec(text)?.[1] ?? '';
  return { name: of('Code'), status: reply.status, message: of('Message') };
}
