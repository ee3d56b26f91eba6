import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { decodeAwsChunked } from '../../../../src/local/http/awsChunked.js';
import { verifySignatureV4 } from '../../../../src/local/http/signatureV4.js';

// The worked examples of AWS's own documentation ("Authenticating Requests: AWS Signature Version 4", S3's API
// reference), with the key, the time and the signatures that it prints.
const identity = {
  accountId: '123456789012',
  region: 'us-east-1',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const now = new Date('2013-05-24T00:00:00Z');
const timestamp = '20130524T000000Z';
const scope = '20130524/us-east-1/s3/aws4_request';
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

interface Example {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers: IncomingHttpHeaders;
}

const verify = ({ method, path, query = '', headers }: Example) =>
  verifySignatureV4(
    { method, rawPath: path, query: new URLSearchParams(query), headers },
    { identity, now, service: 's3' },
  );

function authorization(signedHeaders: string, signature: string): string {
  return `AWS4-HMAC-SHA256 Credential=${identity.accessKeyId}/${scope},SignedHeaders=${signedHeaders},Signature=${signature}`;
}

const host = 'examplebucket.s3.amazonaws.com';
const common = { host, 'x-amz-date': timestamp, 'x-amz-content-sha256': emptyHash };

const examples: readonly (Example & { readonly name: string })[] = [
  {
    name: 'GET Object',
    method: 'GET',
    path: '/test.txt',
    headers: {
      ...common,
      range: 'bytes=0-9',
      authorization: authorization(
        'host;range;x-amz-content-sha256;x-amz-date',
        'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
      ),
    },
  },
  {
    name: 'PUT Object',
    method: 'PUT',
    path: '/test%24file.text',
    headers: {
      ...common,
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      authorization: authorization(
        'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
        '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
      ),
    },
  },
  {
    name: 'GET Bucket lifecycle',
    method: 'GET',
    path: '/',
    query: 'lifecycle',
    headers: {
      ...common,
      authorization: authorization(
        'host;x-amz-content-sha256;x-amz-date',
        'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
      ),
    },
  },
  {
    name: 'GET Bucket (list objects)',
    method: 'GET',
    path: '/',
    query: 'max-keys=2&prefix=J',
    headers: {
      ...common,
      authorization: authorization(
        'host;x-amz-content-sha256;x-amz-date',
        '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
      ),
    },
  },
  {
    name: 'a presigned GET',
    method: 'GET',
    path: '/test.txt',
    query: new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `${identity.accessKeyId}/${scope}`,
      'X-Amz-Date': timestamp,
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    }).toString(),
    headers: { host },
  },
];

describe('the signature’s version 4', () => {
  for (const { name, ...example } of examples) {
    it(`is right in AWS’s example "${name}"`, () => {
      verify(example);
    });

    it(`is wrong for another path than that of "${name}"`, () => {
      assert.throws(() => verify({ ...example, path: '/other' }), { code: 'SignatureDoesNotMatch', status: 403 });
    });
  }

  const chunkSignatures = [
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
    'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
  ];
  const chunkBytes = [65_536, 1024, 0];

  const decodeExample = async (firstByte: string): Promise<Buffer> => {
    const { payloadHash, chunkSigner } = verify({
      method: 'PUT',
      path: '/examplebucket/chunkObject.txt',
      headers: {
        host: 's3.amazonaws.com',
        'x-amz-date': timestamp,
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': '66560',
        'content-length': '66824',
        authorization: authorization(
          'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
          '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
        ),
      },
    });
    assert.equal(payloadHash, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD');
    const body = chunkBytes
      .map((bytes, index) => {
        const data = index === 0 ? firstByte + 'a'.repeat(bytes - 1) : 'a'.repeat(bytes);
        return `${bytes.toString(16)};chunk-signature=${chunkSignatures[index] ?? ''}\r\n${data}\r\n`;
      })
      .join('');
    const format = { signer: chunkSigner, decodedBytes: 66_560 };
    return buffer(decodeAwsChunked(Readable.from([Buffer.from(body)]), format, new Map()));
  };

  it('is right in each chunk of AWS’s example of a body in chunks', async () => {
    assert.deepEqual(await decodeExample('a'), Buffer.alloc(66_560, 'a'));
  });

  it('is wrong in a chunk of which a byte was changed', async () => {
    await assert.rejects(decodeExample('b'), { code: 'SignatureDoesNotMatch' });
  });
});
