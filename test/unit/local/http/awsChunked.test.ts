import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { decodeAwsChunked } from '../../../../src/local/http/awsChunked.js';
import type { ChunkSigner } from '../../../../src/local/http/signatureV4.js';

/** Signs with a plain hash over all that came before, which is all that the decoder must get right. */
function chainedSigner(): ChunkSigner {
  let previous = '';
  return {
    sign(kind, parts) {
      previous = createHash('sha256')
        .update([previous, kind, ...parts].join('\n'))
        .digest('hex');
      return previous;
    },
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The body as a client would send it. */
function encode(
  chunks: readonly string[],
  options: { readonly isSigned?: boolean; readonly trailer?: string } = {},
): string {
  const { isSigned = false, trailer } = options;
  const signer = chainedSigner();
  const head = (chunk: string): string => {
    const length = Buffer.byteLength(chunk).toString(16);
    return isSigned ? `${length};chunk-signature=${signer.sign('PAYLOAD', [sha256(''), sha256(chunk)])}` : length;
  };
  const body = chunks.map((chunk) => `${head(chunk)}\r\n${chunk}\r\n`).join('');
  const end = `${head('')}\r\n`;
  if (trailer === undefined) {
    return `${body}${end}\r\n`;
  }
  const signature = isSigned ? `x-amz-trailer-signature:${signer.sign('TRAILER', [sha256(`${trailer}\n`)])}\r\n` : '';
  return `${body}${end}${trailer}\r\n${signature}\r\n`;
}

async function decode(
  body: string,
  {
    pieceBytes = 1_000_000,
    isSigned = false,
    decodedBytes,
  }: { pieceBytes?: number; isSigned?: boolean; decodedBytes: number },
): Promise<{ readonly text: string; readonly trailers: ReadonlyMap<string, string> }> {
  const bytes = Buffer.from(body);
  const count = Math.ceil(bytes.length / pieceBytes);
  const pieces = Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );
  const trailers = new Map<string, string>();
  const signer = isSigned ? chainedSigner() : undefined;
  const decoded = await buffer(decodeAwsChunked(Readable.from(pieces), { signer, decodedBytes }, trailers));
  return { text: decoded.toString(), trailers };
}

describe('aws-chunked bodies', () => {
  const chunks = ['first chunk\r\nwith line ends', 'ü', 'x'.repeat(300)];
  const text = chunks.join('');
  const decodedBytes = Buffer.byteLength(text);
  const trailer = 'x-amz-checksum-crc32:AAAAAA==';

  for (const isSigned of [false, true]) {
    for (const pieceBytes of [1, 2, 3, 7, 64, 1_000_000]) {
      it(`are read in pieces of ${pieceBytes}, ${isSigned ? 'signed' : 'unsigned'}`, async () => {
        const decoded = await decode(encode(chunks, { isSigned, trailer }), { pieceBytes, isSigned, decodedBytes });
        assert.equal(decoded.text, text);
        assert.equal(decoded.trailers.get('x-amz-checksum-crc32'), 'AAAAAA==');
      });
    }
  }

  it('may be empty, and may lack the last line end', async () => {
    assert.equal((await decode(encode([]), { decodedBytes: 0 })).text, '');
    assert.equal((await decode('1\r\na\r\n0\r\n', { decodedBytes: 1 })).text, 'a');
  });

  const whole = encode(chunks, { isSigned: true, trailer });
  const bad = [
    {
      name: 'with a byte changed',
      body: whole.replace('first', 'worst'),
      isSigned: true,
      code: 'SignatureDoesNotMatch',
    },
    {
      name: 'with the trailer changed',
      body: whole.replace('AAAAAA', 'BBBBBB'),
      isSigned: true,
      code: 'SignatureDoesNotMatch',
    },
    { name: 'without the signatures', body: encode(chunks), isSigned: true, code: 'InvalidRequest' },
    { name: 'that end too soon', body: whole.slice(0, 300), isSigned: true, code: 'IncompleteBody' },
    { name: 'that are no chunks', body: 'nonsense\r\n', isSigned: false, code: 'InvalidRequest' },
    {
      name: 'with more bytes than announced',
      body: encode([...chunks, 'more']),
      isSigned: false,
      code: 'InvalidRequest',
    },
    { name: 'with fewer bytes than announced', body: encode(chunks.slice(1)), isSigned: false, code: 'IncompleteBody' },
    {
      name: 'with a chunk longer than its head says',
      body: '1\r\nab\r\n0\r\n\r\n',
      isSigned: false,
      code: 'InvalidRequest',
    },
    {
      name: 'with something after the end',
      body: `${encode(chunks)}more\r\n`,
      isSigned: false,
      code: 'InvalidRequest',
    },
    { name: 'with a head that never ends', body: 'a'.repeat(20_000), isSigned: false, code: 'InvalidRequest' },
  ];

  for (const { name, body, isSigned, code } of bad) {
    it(`are refused ${name}`, async () => {
      await assert.rejects(decode(body, { isSigned, decodedBytes }), { code });
    });
  }
});
