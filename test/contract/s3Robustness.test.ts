import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import {
  DeleteBucketReplicationCommand,
  DeleteObjectCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectTorrentCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  RestoreObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { rawRequest } from '../support/rawRequest.js';
import { refuses, s3Suite } from '../support/s3.js';

describe('S3 under odd requests', () => {
  const Bucket = 'robust';
  const suite = s3Suite(Bucket);
  const at = { Bucket, Key: 'precious' };
  const send: typeof suite.s3.send = (command: never) => suite.s3.send(command);

  const textOf = async (Key = at.Key) => {
    const { Body } = await suite.s3.send(new GetObjectCommand({ Bucket, Key }));
    return Body?.transformToString();
  };

  before(() => suite.put(at.Key, 'unharmed'));

  const notImplemented = [
    { name: 'an object’s retention', run: () => send(new PutObjectRetentionCommand({ ...at, Retention: {} })) },
    { name: 'a legal hold', run: () => send(new PutObjectLegalHoldCommand({ ...at, LegalHold: { Status: 'ON' } })) },
    { name: 'reading a legal hold', run: () => send(new GetObjectLegalHoldCommand(at)) },
    { name: 'a restore', run: () => send(new RestoreObjectCommand(at)) },
    { name: 'a torrent', run: () => send(new GetObjectTorrentCommand(at)) },
    { name: 'deleting a replication', run: () => send(new DeleteBucketReplicationCommand({ Bucket })) },
    {
      name: 'asking for a code before versions are deleted',
      run: () =>
        send(
          new PutBucketVersioningCommand({
            Bucket,
            VersioningConfiguration: { Status: 'Enabled', MFADelete: 'Enabled' },
          }),
        ),
    },
    {
      name: 'an encryption',
      run: () => send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [] } })),
    },
    { name: 'a web site', run: () => send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: {} })) },
    {
      name: 'an unknown part of an object',
      run: () => withNovelty((s3) => s3.send(new PutObjectCommand({ ...at, Body: 'x' }))),
    },
    { name: 'deleting an unknown part', run: () => withNovelty((s3) => s3.send(new DeleteObjectCommand(at))) },
    {
      name: 'an unknown part of a bucket',
      run: () => withNovelty((s3) => s3.send(new HeadBucketCommand({ Bucket }))),
      isHead: true,
    },
  ];

  for (const { name, run, isHead = false } of notImplemented) {
    it(`says that ${name} is not implemented, and harms nothing`, async () => {
      await refuses(run(), isHead ? 'Unknown' : 'NotImplemented', 501);
      assert.equal(await textOf(), 'unharmed');
      assert.match(suite.server.log.at(-1) ?? '', /is not implemented$/u);
    });
  }

  // Names that every JavaScript object has, though nobody has given them to it.
  const inherited = 'constructor' as never;
  const policyOn = (Condition: object) =>
    JSON.stringify({
      Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: `arn:aws:s3:::${Bucket}`, Condition },
    });
  const unknownNames = [
    {
      name: 'canned ACL',
      run: () => send(new PutObjectCommand({ Bucket, Key: 'new', Body: 'x', ACL: inherited })),
      code: 'InvalidArgument',
    },
    {
      name: 'attribute',
      run: () => send(new GetObjectAttributesCommand({ ...at, ObjectAttributes: [inherited] })),
      code: 'InvalidArgument',
    },
    {
      name: 'operator of a condition',
      run: () =>
        send(new PutBucketPolicyCommand({ Bucket, Policy: policyOn({ [inherited]: { 'aws:Referer': 'here' } }) })),
      code: 'NotImplemented',
      status: 501,
    },
    {
      name: 'key of a condition',
      run: () => send(new PutBucketPolicyCommand({ Bucket, Policy: policyOn({ StringEquals: { [inherited]: 'x' } }) })),
      code: 'NotImplemented',
      status: 501,
    },
  ];

  for (const { name, run, code, status = 400 } of unknownNames) {
    it(`knows no ${name} by the name of "constructor"`, async () => {
      await refuses(run(), code, status);
    });
  }

  it('has one version of each object', async () => {
    const VersionId = '3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH'; // Of the form that S3's have.
    await refuses(send(new GetObjectCommand({ ...at, VersionId })), 'NoSuchVersion', 404);
    assert.equal((await send(new DeleteObjectCommand({ ...at, VersionId }))).VersionId, VersionId); // It is not there.
    const read = await send(new GetObjectCommand({ ...at, VersionId: 'null' }));
    assert.equal(read.VersionId, undefined);
    assert.equal(await read.Body?.transformToString(), 'unharmed');
  });

  it('refuses what cannot be the id of a version', async () => {
    const odd = { ...at, VersionId: 'older' };
    await refuses(send(new GetObjectCommand(odd)), 'InvalidArgument', 400);
    await refuses(send(new DeleteObjectCommand(odd)), 'InvalidArgument', 400);
    assert.equal(await textOf(), 'unharmed');
  });

  it('writes no secret into its log', async () => {
    const url = new URL(await getSignedUrl(suite.s3, new GetObjectTorrentCommand(at)));
    const { status } = await rawRequest(suite.server.endpoint, { path: url.pathname + url.search });
    assert.equal(status, 501);
    assert.match(suite.server.log.at(-1) ?? '', /&X-Amz-Signature&.* is not implemented$/u); // The name alone.
    const text = suite.server.log.join('\n');
    assert.ok(!text.includes(suite.server.secretAccessKey));
    assert.ok(!text.includes(url.searchParams.get('X-Amz-Signature') ?? assert.fail('the address has no signature')));
    assert.ok(!/Signature=[0-9a-f]/u.test(text));
  });

  it('answers to loopback names with its port alone', async () => {
    const { port } = new URL(suite.server.endpoint);
    const statusFor = async (host: string) =>
      (await rawRequest(suite.server.endpoint, { path: '/_local/health', headers: { host } })).status;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, `LOCALHOST:${port}`]) {
      assert.equal(await statusFor(host), 200, host);
    }
    for (const host of [
      'attacker.example',
      `attacker.example:${port}`,
      `127.0.0.1.attacker.example:${port}`,
      `localhost.attacker.example:${port}`,
      'localhost',
      '127.0.0.1:1',
    ]) {
      assert.equal(await statusFor(host), 403, host);
    }
  });

  it('finds a bucket by its own host name', async () => {
    const { port } = new URL(suite.server.endpoint);
    const s3 = new S3Client({
      ...suite.server.clientConfig,
      endpoint: `http://localhost:${port}`,
      forcePathStyle: false,
    });
    const url = new URL(await getSignedUrl(s3, new GetObjectCommand(at)));
    s3.destroy();
    assert.equal(url.hostname, `${Bucket}.localhost`);
    const path = url.pathname + url.search;
    const answer = await rawRequest(suite.server.endpoint, { path, headers: { host: url.host } });
    assert.equal(answer.body, 'unharmed');
  });

  for (const path of ['/robust/%zz', '/robust/%ff', '/%c3']) {
    it(`refuses ${path}, which is no text`, async () => {
      const { status, body } = await rawRequest(suite.server.endpoint, { path });
      assert.equal(status, 400);
      assert.match(body, /<Code>InvalidURI<\/Code>/u);
    });
  }

  it('does not leave its folders', async () => {
    for (const path of ['/../../../../etc/passwd', '/robust/../../identity.json', '/robust/..%2f..%2fidentity.json']) {
      const { status } = await rawRequest(suite.server.endpoint, { path });
      assert.equal(status, path.startsWith('/..') ? 404 : 403, path);
    }
  });

  it('says who it is to whoever asks', async () => {
    const answer = await rawRequest(suite.server.endpoint, { path: '/_local/health' });
    const { name, pid, instance } = JSON.parse(answer.body) as Record<string, unknown>;
    assert.deepEqual([name, pid, typeof instance], ['local-ground-truth', process.pid, 'string']);
    assert.equal((await rawRequest(suite.server.endpoint, { path: '/_local/health', method: 'POST' })).status, 405);
  });

  it('refuses an upload by its head, before the body is sent', async () => {
    const { hostname, port } = new URL(suite.server.endpoint);
    const socket = connect(Number(port), hostname);
    socket.write(
      `PUT /robust/unsigned HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n`,
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString('latin1'), /^HTTP\/1\.1 403 /u);
    socket.destroy();
  });

  it('keeps the old object when an upload breaks off', async () => {
    const url = new URL(await getSignedUrl(suite.s3, new PutObjectCommand(at)));
    const socket = connect(Number(url.port), url.hostname);
    socket.write(
      `PUT ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: 1000000\r\n\r\nhalf`,
    );
    socket.end();
    socket.resume();
    await once(socket, 'close');
    assert.equal(await textOf(), 'unharmed');
    assert.ok(!suite.server.log.some((line) => line.includes('failed'))); // It is no failure of the server.
  });

  it('never mixes two writers of one object', async () => {
    const bodies = Array.from({ length: 12 }, (_, index) => Buffer.alloc(300_000 + index, randomBytes(1)));
    const known = new Set(bodies.map((body) => createHash('md5').update(body).digest('hex')));
    await suite.s3.send(new PutObjectCommand({ Bucket, Key: 'contested', Body: bodies.at(-1) ?? '' }));
    const read = async (): Promise<void> => {
      const { Body, ETag } = await suite.s3.send(new GetObjectCommand({ Bucket, Key: 'contested' }));
      const md5 = createHash('md5')
        .update((await Body?.transformToByteArray()) ?? '')
        .digest('hex');
      assert.ok(known.has(md5));
      assert.equal(ETag, `"${md5}"`);
    };
    await Promise.all(
      bodies.flatMap((Body) => [
        suite.s3.send(new PutObjectCommand({ Bucket, Key: 'contested', Body })),
        read(),
        read(),
      ]),
    );
    await read();
  });

  /** A client that adds a parameter which the SDK does not know. */
  async function withNovelty(run: (s3: S3Client) => Promise<unknown>): Promise<unknown> {
    const s3 = new S3Client(suite.server.clientConfig);
    s3.middlewareStack.add(
      (next) => (args) => {
        Object.assign((args.request as { query: object }).query, { novelty: '' });
        return next(args);
      },
      { step: 'build' },
    );
    try {
      return await run(s3);
    } finally {
      s3.destroy();
    }
  }
});
