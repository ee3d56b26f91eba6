import assert from 'node:assert/strict';
import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  type CORSRule,
} from '@aws-sdk/client-s3';
import { objectUrl, refuses, s3Suite } from '../support/s3.js';

describe('S3 cross-origin rules', () => {
  const Bucket = 'cors';
  const suite = s3Suite(Bucket);
  const put = (...CORSRules: CORSRule[]) =>
    suite.s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
  const ask = (origin: string, method: string, headers?: string) =>
    fetch(objectUrl(suite.server, Bucket, 'picture'), {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        ...(headers !== undefined && { 'access-control-request-headers': headers }),
      },
    });

  // The rule that Ground Truth's own documentation asks for.
  const labeling: CORSRule = {
    AllowedOrigins: ['*'],
    AllowedMethods: ['GET'],
    AllowedHeaders: [],
    ExposeHeaders: ['Access-Control-Allow-Origin'],
  };

  const one: CORSRule = {
    ID: 'one',
    AllowedOrigins: ['https://*.example.com'],
    AllowedMethods: ['GET', 'PUT'],
    AllowedHeaders: ['x-amz-*', 'Content-Type'],
    ExposeHeaders: ['ETag'],
    MaxAgeSeconds: 3000,
  };

  it('are kept as they were set', async () => {
    await refuses(suite.s3.send(new GetBucketCorsCommand({ Bucket })), 'NoSuchCORSConfiguration', 404);
    await put(one, { AllowedOrigins: ['https://two.org'], AllowedMethods: ['HEAD'] });
    const { CORSRules } = await suite.s3.send(new GetBucketCorsCommand({ Bucket }));
    assert.deepEqual(CORSRules, [one, { AllowedOrigins: ['https://two.org'], AllowedMethods: ['HEAD'] }]);
  });

  it('let a browser send what they allow', async () => {
    const answer = await ask('https://app.example.com', 'PUT', 'X-Amz-Date, content-type');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('access-control-allow-origin'), 'https://app.example.com');
    assert.equal(answer.headers.get('access-control-allow-methods'), 'GET, PUT');
    assert.equal(answer.headers.get('access-control-allow-headers'), 'x-amz-date, content-type');
    assert.equal(answer.headers.get('access-control-max-age'), '3000');
    assert.match(answer.headers.get('vary') ?? '', /Origin/u);
  });

  const refused = [
    { name: 'another origin', origin: 'https://example.org', method: 'GET' },
    { name: 'an origin that only looks alike', origin: 'https://.example.com.evil.org', method: 'GET' },
    { name: 'another method', origin: 'https://app.example.com', method: 'DELETE' },
    { name: 'another header', origin: 'https://app.example.com', method: 'PUT', headers: 'authorization' },
  ];

  for (const { name, origin, method, headers } of refused) {
    it(`refuse ${name}`, async () => {
      const answer = await ask(origin, method, headers);
      assert.equal(answer.status, 403);
      assert.equal(answer.headers.get('access-control-allow-origin'), null);
      assert.match(await answer.text(), /<Code>AccessForbidden<\/Code>/u);
    });
  }

  it('mark the answers that a page may read, refusals too', async () => {
    await suite.s3.send(new PutObjectCommand({ Bucket, Key: 'picture', Body: 'x' }));
    const url = objectUrl(suite.server, Bucket, 'picture');
    const allowed = await fetch(url, { headers: { origin: 'https://app.example.com' } });
    assert.equal(allowed.status, 403); // No key: but the page may know it.
    assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://app.example.com');
    assert.equal(allowed.headers.get('access-control-expose-headers'), 'ETag');
    const other = await fetch(url, { headers: { origin: 'https://example.org' } });
    assert.equal(other.headers.get('access-control-allow-origin'), null);
  });

  it('let every page read where the origin is a star', async () => {
    await put(labeling);
    const answer = await ask('https://anywhere.net', 'GET');
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.equal(answer.headers.get('access-control-allow-credentials'), null);
  });

  it('refuse what is no rule', async () => {
    await refuses(put({ AllowedOrigins: ['*'], AllowedMethods: ['PATCH'] }), 'InvalidRequest', 400);
    await refuses(put({ AllowedOrigins: ['https://*.*'], AllowedMethods: ['GET'] }), 'InvalidRequest', 400);
    const exposing = { AllowedOrigins: ['*'], AllowedMethods: ['GET'], ExposeHeaders: ['x-amz-meta-猫'] };
    await refuses(put(exposing), 'InvalidRequest', 400);
    await refuses(put(), 'MalformedXML', 400);
  });

  it('allow nothing once they are deleted', async () => {
    await suite.s3.send(new DeleteBucketCorsCommand({ Bucket }));
    assert.equal((await ask('https://anywhere.net', 'GET')).status, 403);
  });
});
