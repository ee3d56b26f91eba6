import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { type AwsClient, createAwsServices } from '../../src/aws/services.js';
import { Failure } from '../../src/core/failure.js';
import type { Services } from '../../src/core/ports.js';
import type { FaultRule } from '../../src/local/faults/faultRule.js';
import { type FaultyTestServer, startTestServer } from '../support/localServer.js';
import { aroundRequests } from '../support/requests/aroundRequests.js';
import { RequestRecorder } from '../support/requests/requestRecorder.js';

const { signal } = new AbortController();
const bucket = 'large-objects';
const key = 'clips/long.mp4';
const part = 8 * 1024 * 1024;
const body = bytesOf(2 * part + 1_000_000);
const options = { contentType: 'video/mp4', metadata: { 'ground-truth-md5': md5(body) } };

describe('an object of more than 16 MB', () => {
  let server: FaultyTestServer;
  let services: Services;
  let recorder: RequestRecorder;
  let s3: S3Client;
  beforeEach(async () => {
    server = await startTestServer();
    recorder = new RequestRecorder();
    services = createAwsServices({ kind: 'local', server }, { onClient: recorder.onClient });
    s3 = new S3Client(server.clientConfig);
    await services.objects.createBucket(bucket, signal);
  });
  afterEach(async () => {
    assert.deepEqual(recorder.violations(), []);
    services.dispose();
    s3.destroy();
    await server.stop();
  });

  it('is written in parts, with a checksum for each, and read as one', async () => {
    await write();
    assert.equal(recorder.countOf('S3 UploadPart'), 3);
    await checkWhole();
  });

  it('of 16 MB and less is written in one piece', async () => {
    await services.objects.writeObject({ bucket, key }, body.subarray(0, 2 * part), {}, signal);
    assert.equal(recorder.countOf('S3 UploadPart'), 0);
  });

  const passing: Readonly<Record<string, readonly FaultRule[]>> = {
    'parts whose reply is lost': [meeting('UploadPart', { fault: 'CutAfter', every: 2 })],
    'parts that break off': [meeting('UploadPart', { fault: 'CutDuring', every: 2 })],
    'SlowDown for six parts': [meeting('UploadPart', { fault: 'SlowDown', times: 6 })],
    'a completion whose reply is lost': [meeting('CompleteMultipartUpload', { fault: 'CutAfter', times: 1 })],
    'a completion that fails in a 200': [meeting('CompleteMultipartUpload', { fault: 'InternalErrorIn200', times: 1 })],
    'no permission to look for what a crash left': [meeting('ListMultipartUploads', { fault: 'AccessDenied' })],
  };
  for (const [what, rules] of Object.entries(passing)) {
    it(`is written whole through ${what}`, async () => {
      server.setFaults(rules);
      await write();
      server.setFaults([]);
      await checkWhole();
    });
  }

  it('leaves nothing where its parts are refused', async () => {
    server.setFaults([meeting('UploadPart', { fault: 'AccessDenied', after: 1 })]);
    await assert.rejects(write(), (error) => Failure.is(error, 'aws.accessDenied'));
    await checkNothing();
  });

  it('leaves nothing where the user gives up, whose reason is told', async () => {
    const abort = new AbortController();
    const reason = new Error('cancelled');
    server.setFaults([meeting('UploadPart', { fault: 'SlowDown', after: 1 })]);
    const writing = services.objects.writeObject({ bucket, key }, body, options, abort.signal);
    while (!server.log.some((line) => line.includes('UploadPart meets'))) {
      await new Promise(setImmediate);
    }
    abort.abort(reason);
    await assert.rejects(writing, reason);
    await checkNothing();
  });

  it('leaves nothing where the user gives up while it is begun', async () => {
    const abort = new AbortController();
    const reason = new Error('cancelled');
    const onClient = (client: AwsClient) =>
      afterReplies(client, ({ method, query = {} }, abortSignal) => {
        if (method === 'POST' && 'uploads' in query) {
          abort.abort(reason); // S3 has begun it, and the reply is on its way.
          abortSignal?.throwIfAborted();
        }
      });
    const giving = createAwsServices({ kind: 'local', server }, { onClient });
    await assert.rejects(giving.objects.writeObject({ bucket, key }, body, options, abort.signal), reason);
    giving.dispose();
    await checkNothing();
  });

  it('is gone on with after a crash: only the parts that are missing are sent', async () => {
    await leaveHalf(body);
    await write();
    assert.equal(recorder.countOf('S3 UploadPart'), 2);
    assert.equal(recorder.countOf('S3 CreateMultipartUpload'), 0);
    await checkWhole();
  });

  it('is gone on with also where encryption makes other ETags', async () => {
    const others = createAwsServices({ kind: 'local', server }, { onClient: withOtherEtags(recorder.onClient) });
    await leaveHalf(body);
    await others.objects.writeObject({ bucket, key }, body, options, signal);
    others.dispose();
    assert.equal(recorder.countOf('S3 UploadPart'), 2);
    await checkWhole();
  });

  it('takes no part of another file, and leaves that to whoever writes it', async () => {
    await leaveHalf(bytesOf(body.length, 7));
    await write();
    assert.equal(recorder.countOf('S3 UploadPart'), 3);
    assert.equal(await uploadsLeft(), 1);
    await checkObject();
  });

  it('is written anew where what a crash left was begun for a file that has changed since', async () => {
    await leaveHalf(body, { 'ground-truth-md5': 'of what it was before' });
    await write();
    assert.equal(recorder.countOf('S3 UploadPart'), 5);
    await checkWhole();
  });

  function write(): Promise<void> {
    return services.objects.writeObject({ bucket, key }, body, options, signal);
  }

  /** The second of its three parts, by somebody who then was no more. */
  async function leaveHalf(file: Uint8Array, metadata = options.metadata): Promise<void> {
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({
        Bucket: bucket,
        Key: key,
        ContentType: options.contentType,
        Metadata: metadata,
        ChecksumAlgorithm: 'CRC32',
      }),
    );
    const Body = file.subarray(part, 2 * part);
    await s3.send(
      new UploadPartCommand({ Bucket: bucket, Key: key, UploadId, PartNumber: 2, Body, ChecksumAlgorithm: 'CRC32' }),
    );
  }

  async function checkWhole(): Promise<void> {
    await checkObject();
    assert.equal(await uploadsLeft(), 0);
  }

  async function checkObject(): Promise<void> {
    const { Body, ContentType, Metadata } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    assert.deepEqual([md5(bytes), ContentType, Metadata], [md5(body), options.contentType, options.metadata]);
  }

  async function checkNothing(): Promise<void> {
    server.setFaults([]);
    assert.equal(await services.objects.headObject({ bucket, key }, signal), undefined);
    assert.equal(await uploadsLeft(), 0);
  }

  async function uploadsLeft(): Promise<number> {
    const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    return Uploads.length;
  }
});

interface SentRequest {
  readonly method: string;
  readonly query?: Readonly<Record<string, unknown>>;
}

interface RequestHandler {
  handle(request: SentRequest, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>;
}

/** Looks at each request once its reply has come, and before anybody hears of that. */
function afterReplies(client: AwsClient, look: (request: SentRequest, abortSignal?: AbortSignal) => void): void {
  const handler = (client.config as unknown as { readonly requestHandler: RequestHandler }).requestHandler;
  const handle = handler.handle.bind(handler);
  handler.handle = async (request, sending) => {
    const reply = await handle(request, sending);
    look(request, sending?.abortSignal);
    return reply;
  };
}

/** As in a bucket with a key of KMS, where a part's ETag is no MD5. */
function withOtherEtags(onClient: RequestRecorder['onClient']): RequestRecorder['onClient'] {
  return (client) => {
    onClient(client);
    aroundRequests(client, async ({ operation, input }, send) => {
      const completed = (input as Partial<CompleteMultipartUploadCommandInput>).MultipartUpload?.Parts ?? [];
      for (const sent of completed) {
        Object.assign(sent, { ETag: sent.ETag?.replace('encrypted-', '') });
      }
      const reply = await send();
      for (const listed of operation === 'ListParts' ? (reply as PartsReply).output.Parts : []) {
        listed.ETag = listed.ETag.replace(/^"?/u, '"encrypted-');
      }
      return reply;
    });
  };
}

interface PartsReply {
  readonly output: { readonly Parts: { ETag: string }[] };
}

function meeting(operation: string, rule: Omit<FaultRule, 'service' | 'operation'>): FaultRule {
  return { service: 's3', operation, ...rule };
}

/** The same for the same seed. */
function bytesOf(length: number, seed = 1): Uint8Array {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at + 4 <= length; at += 4) {
    bytes.writeUInt32LE(Math.imul(at + seed, 2_654_435_761) >>> 0, at);
  }
  return bytes;
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
