import assert from 'node:assert/strict';
import { CreateBucketCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { startTestServer, type TestServer } from './localServer.js';

/** A server, a client and a bucket for one suite; made before its tests and gone after them. */
export interface S3Suite {
  readonly server: TestServer;
  readonly s3: S3Client;
  readonly bucket: string;
  /** Puts a text and gives its key back. */
  put(key: string, text?: string): Promise<string>;
}

/** Call it inside `describe`; the suite's parts are there when the tests run. */
export function s3Suite(bucket = 'suite'): S3Suite {
  let server: TestServer | undefined;
  let s3: S3Client | undefined;

  before(async () => {
    server = await startTestServer();
    s3 = new S3Client(server.clientConfig);
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  });

  after(async () => {
    s3?.destroy();
    await server?.stop();
  });

  return {
    bucket,
    get server() {
      assert.ok(server);
      return server;
    },
    get s3() {
      assert.ok(s3);
      return s3;
    },
    async put(key, text = key) {
      await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }));
      return key;
    },
  };
}

/** Asserts that S3 refuses with this code and status. */
export async function refuses(attempt: Promise<unknown>, code: string, status: number): Promise<S3ServiceException> {
  const error: unknown = await attempt.then(
    () => assert.fail(`should have been refused with ${code}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof S3ServiceException, String(error));
  assert.deepEqual({ code: error.name, status: error.$metadata.httpStatusCode }, { code, status });
  return error;
}

/** The address of an object, for whoever has no key. */
export function objectUrl({ endpoint }: { readonly endpoint: string }, bucket: string, key: string): string {
  return `${endpoint}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
}
