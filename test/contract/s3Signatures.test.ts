import assert from 'node:assert/strict';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Clock } from '../../src/local/clock.js';
import { startTestServer, type ClientConfig, type TestServer } from '../support/localServer.js';
import { rawRequest } from '../support/rawRequest.js';
import { refuses, s3Suite } from '../support/s3.js';

const minuteMs = 60_000;

describe('S3 signatures', () => {
  const Bucket = 'signed';
  const suite = s3Suite(Bucket);
  const at = { Bucket, Key: 'a dog & ü' };
  const clientWith = (change: Partial<ClientConfig> & { readonly systemClockOffset?: number }) =>
    new S3Client({ ...suite.server.clientConfig, ...change, maxAttempts: 1 });

  before(() => suite.s3.send(new PutObjectCommand({ ...at, Body: 'wau' })));

  describe('in headers', () => {
    it('refuse a wrong secret', async () => {
      const { accessKeyId } = suite.server;
      const client = clientWith({ credentials: { accessKeyId, secretAccessKey: 'wrong' } });
      await refuses(client.send(new ListBucketsCommand({})), 'SignatureDoesNotMatch', 403);
      await refuses(client.send(new PutObjectCommand({ ...at, Body: 'mine' })), 'SignatureDoesNotMatch', 403);
    });

    it('refuse an unknown key', async () => {
      const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'any' };
      await refuses(clientWith({ credentials }).send(new ListBucketsCommand({})), 'InvalidAccessKeyId', 403);
    });

    it('refuse nobody at all, but for what is public', async () => {
      const { status, body } = await rawRequest(suite.server.endpoint, { path: '/' });
      assert.equal(status, 403);
      assert.match(body, /<Code>AccessDenied<\/Code>/u);
    });

    const malformed = [
      { name: 'another scheme', authorization: 'Bearer token', code: 'InvalidArgument' },
      { name: 'a missing part', authorization: 'AWS4-HMAC-SHA256 Credential=a', code: 'AuthorizationHeaderMalformed' },
      {
        name: 'a malformed credential',
        authorization: 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c',
        code: 'AuthorizationHeaderMalformed',
      },
    ];

    for (const { name, authorization, code } of malformed) {
      it(`refuse ${name}`, async () => {
        const headers = { authorization, 'x-amz-date': '20260101T000000Z', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
        const { status, body } = await rawRequest(suite.server.endpoint, { path: '/', headers });
        assert.equal(status, 400);
        assert.match(body, new RegExp(`<Code>${code}</Code>`, 'u'));
      });
    }

    it('refuse a header that was added on the way', async () => {
      const client = clientWith({});
      client.middlewareStack.add(
        (next) => (args) => {
          const { headers } = args.request as { headers: Record<string, string> };
          headers['x-amz-acl'] = 'public-read';
          return next(args);
        },
        { step: 'finalizeRequest', priority: 'low' },
      );
      await refuses(client.send(new PutObjectCommand({ ...at, Body: 'x' })), 'AccessDenied', 403);
    });

    it('refuse a body that was changed on the way', async () => {
      const client = clientWith({});
      client.middlewareStack.add(
        (next) => (args) => {
          (args.request as { body: unknown }).body = 'cat';
          return next(args);
        },
        { step: 'finalizeRequest', priority: 'low' },
      );
      const put = client.send(new PutObjectCommand({ ...at, Body: 'dog' }));
      await assert.rejects(put, { name: /^(?:XAmzContentSHA256Mismatch|BadDigest)$/u });
    });

    it('refuse a clock that is far off', async () => {
      for (const systemClockOffset of [-16 * minuteMs, 16 * minuteMs]) {
        const client = clientWith({ systemClockOffset });
        await refuses(client.send(new GetObjectCommand(at)), 'RequestTimeTooSkewed', 403);
      }
      await clientWith({ systemClockOffset: 14 * minuteMs }).send(new HeadObjectCommand(at));
    });

    it('may come from any region', async () => {
      await clientWith({ region: 'ap-southeast-2' }).send(new HeadObjectCommand(at));
    });
  });

  describe('in addresses', () => {
    it('let whoever has the address read, and nothing else', async () => {
      const url = await getSignedUrl(suite.s3, new GetObjectCommand(at), { expiresIn: 60 });
      const answer = await fetch(url);
      assert.equal(await answer.text(), 'wau');
      assert.equal((await fetch(url, { method: 'PUT', body: 'x' })).status, 403);
      assert.equal((await fetch(url.replace('dog', 'cat'))).status, 403);
      assert.equal((await fetch(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'))).status, 403);
    });

    it('let whoever has the address write', async () => {
      const url = await getSignedUrl(suite.s3, new PutObjectCommand({ Bucket, Key: 'sent' }), { expiresIn: 60 });
      assert.equal((await fetch(url, { method: 'PUT', body: 'by address' })).status, 200);
      const { Body } = await suite.s3.send(new GetObjectCommand({ Bucket, Key: 'sent' }));
      assert.equal(await Body?.transformToString(), 'by address');
    });

    it('let nobody do more with a header of their own', async () => {
      const secret = { Bucket: 'not-for-you', Key: 'secret' };
      await suite.s3.send(new CreateBucketCommand({ Bucket: secret.Bucket }));
      await suite.s3.send(new PutObjectCommand({ ...secret, Body: 'secret' }));
      const url = await getSignedUrl(suite.s3, new PutObjectCommand({ Bucket, Key: 'drop' }), { expiresIn: 60 });
      for (const headers of [{ 'x-amz-copy-source': '/not-for-you/secret' }, { 'x-amz-acl': 'public-read' }]) {
        const answer = await fetch(url, { method: 'PUT', headers });
        assert.equal(answer.status, 403);
        const text = await answer.text();
        assert.match(text, /<Code>AccessDenied<\/Code>/u);
        assert.match(text, new RegExp(`<HeadersNotSigned>${Object.keys(headers).join('')}</HeadersNotSigned>`, 'u'));
      }
      await refuses(suite.s3.send(new HeadObjectCommand({ Bucket, Key: 'drop' })), 'NotFound', 404);
    });

    it('let the headers pass that were signed with the address', async () => {
      const command = new PutObjectCommand({ Bucket, Key: 'noted', Metadata: { by: 'me' } });
      const signed = { expiresIn: 60, unhoistableHeaders: new Set(['x-amz-meta-by']) };
      const url = await getSignedUrl(suite.s3, command, signed);
      const answer = await fetch(url, { method: 'PUT', body: 'x', headers: { 'x-amz-meta-by': 'me' } });
      assert.equal(answer.status, 200);
      assert.deepEqual((await suite.s3.send(new HeadObjectCommand({ Bucket, Key: 'noted' }))).Metadata, { by: 'me' });
    });

    it('say what the answer shall be called', async () => {
      const command = new GetObjectCommand({
        ...at,
        ResponseContentType: 'text/x-dog',
        ResponseContentDisposition: 'attachment; filename="dog.txt"',
      });
      const answer = await fetch(await getSignedUrl(suite.s3, command, { expiresIn: 60 }));
      assert.equal(answer.headers.get('content-type'), 'text/x-dog');
      assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="dog.txt"');
    });

    for (const name of ['猫.jpg', 'two\nlines.jpg']) {
      it(`are refused when the answer’s header cannot say ${JSON.stringify(name)}`, async () => {
        const command = new GetObjectCommand({ ...at, ResponseContentDisposition: `attachment; filename="${name}"` });
        const answer = await fetch(await getSignedUrl(suite.s3, command, { expiresIn: 60 }));
        assert.equal(answer.status, 400);
        assert.match(await answer.text(), /<ArgumentName>response-content-disposition<\/ArgumentName>/u);
      });
    }

    it('are refused when they ask for more than a week', async () => {
      const url = await getSignedUrl(suite.s3, new GetObjectCommand(at), { expiresIn: 604_800 });
      assert.equal((await fetch(url)).status, 200);
      const longer = await fetch(url.replace('X-Amz-Expires=604800', 'X-Amz-Expires=604801'));
      assert.equal(longer.status, 400);
      assert.match(await longer.text(), /AuthorizationQueryParametersError/u);
    });
  });
});

describe('S3 addresses that expire', () => {
  let now = new Date();
  const clock: Clock = { now: () => now, after: () => ({ dispose: () => undefined }) };
  let server: TestServer;
  let s3: S3Client;

  before(async () => {
    server = await startTestServer({ clock });
    s3 = new S3Client(server.clientConfig);
  });

  after(async () => {
    s3.destroy();
    await server.stop();
  });

  it('work until then, and no longer', async () => {
    const command = new GetObjectCommand({ Bucket: 'none', Key: 'none' });
    const url = await getSignedUrl(s3, command, { expiresIn: 3600, signingDate: now });
    const start = now.getTime();
    now = new Date(start + 59 * minuteMs);
    assert.equal((await fetch(url)).status, 404); // Let in, and told that there is no such bucket.
    now = new Date(start + 61 * minuteMs);
    const late = await fetch(url);
    assert.equal(late.status, 403);
    assert.match(await late.text(), /Request has expired/u);
    now = new Date(start - 61 * minuteMs);
    assert.match(await (await fetch(url)).text(), /Request is not valid yet/u);
  });
});
