import { createHash } from 'node:crypto';
import { header } from '../http/incoming.js';
import { ServiceError } from '../http/serviceError.js';
import { readXml, type XmlElement } from '../http/xmlReader.js';
import { checksumAlgorithms, checksumHeader, isBase64Of, startChecksum } from './checksums.js';
import { badDigest, malformedXml } from './errors.js';
import type { S3Request } from './s3.js';

const longestBody = 1024 * 1024;

/** The text of a request that carries a setting or a list, checked against the digests that came with it. */
export async function smallBody(request: S3Request, limit = longestBody): Promise<string> {
  const bytes = await request.body.bytes(limit);
  checkMd5(request, bytes);
  for (const algorithm of checksumAlgorithms) {
    const name = checksumHeader(algorithm);
    const claimed = header(request.headers, name) ?? request.body.trailers.get(name);
    if (claimed !== undefined) {
      const checksum = startChecksum(algorithm);
      checksum.update(bytes);
      if (checksum.digest() !== claimed) {
        throw badDigest(algorithm.toUpperCase());
      }
    }
  }
  return bytes.toString('utf8');
}

/** The root element of such a body. */
export async function xmlBody(request: S3Request, rootName: string, limit = longestBody): Promise<XmlElement> {
  const root = readXml(await smallBody(request, limit));
  if (root?.name !== rootName) {
    throw malformedXml();
  }
  return root;
}

/** What `Content-MD5` claims; `undefined` where the header is missing. */
export function claimedMd5({ headers }: S3Request): string | undefined {
  const claimed = header(headers, 'content-md5');
  if (claimed !== undefined && !isBase64Of(claimed, 16)) {
    throw new ServiceError('InvalidDigest', 'The Content-MD5 you specified is not valid.');
  }
  return claimed;
}

function checkMd5(request: S3Request, bytes: Uint8Array): void {
  const claimed = claimedMd5(request);
  if (claimed !== undefined && createHash('md5').update(bytes).digest('base64') !== claimed) {
    throw badDigest('Content-MD5');
  }
}
