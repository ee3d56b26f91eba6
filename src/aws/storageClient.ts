import { createHash } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { OpenStorage } from '../core/storage.js';

/** A client of a store that speaks S3, in one of its regions; the keys are asked for again when they expire. */
export function storageClient({ storage, keys, certificateAuthorities }: OpenStorage, region: string): S3Client {
  const { endpoint, addressing } = storage;
  const client = new S3Client({
    region,
    credentials: keys,
    forcePathStyle: addressing === 'path',
    ...(endpoint !== undefined && { endpoint, ...usualChecksums }),
    ...(certificateAuthorities !== undefined && {
      requestHandler: { httpsAgent: { ca: [...rootCertificates, certificateAuthorities] } },
    }),
  });
  if (endpoint !== undefined) {
    addContentMd5(client);
  }
  return client;
}

/** Since 2025 the SDK asks for checksums that many stores do not know: some refuse them, some keep them as data. */
const usualChecksums = {
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
} satisfies S3ClientConfig;

/** Where S3 wants a checksum (deleting objects, CORS rules), older stores know the one that it wanted first alone. */
function addContentMd5(client: S3Client): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args;
      if (isWithText(request) && Object.keys(request.headers).some((name) => name.startsWith('x-amz-checksum-'))) {
        request.headers['content-md5'] = createHash('md5').update(request.body).digest('base64');
      }
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'high', name: 'contentMd5' },
  );
}

interface RequestWithText {
  readonly headers: Record<string, string>;
  readonly body: string;
}

function isWithText(request: unknown): request is RequestWithText {
  const { headers, body } = request as Partial<RequestWithText>;
  return headers !== undefined && typeof body === 'string';
}
