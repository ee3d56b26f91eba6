import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from '../http/serviceError.js';
import { readXml } from '../http/xmlReader.js';
import { StorageAway } from './storageAway.js';

export interface RefusedReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What was asked for, for the messages. */
export interface Asked {
  /** The store's address. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** `s3://bucket/key`, or the bucket's. */
  readonly resource: string;
  readonly action: 'read' | 'written' | 'listed';
}

/** What a refusal means: `ServiceError` where something is not there, else `StorageAway` with what can be done. */
export function refusalOf({ status, headers, body }: RefusedReply, asked: Asked): ServiceError | StorageAway {
  const xml = readXml(body);
  const code = xml?.value('Code') ?? '';
  const said = code === '' ? `status ${status}` : code;
  const { endpoint, bucket, resource, action } = asked;
  if (code === 'NoSuchBucket') {
    return new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
  }
  if (code === 'NoSuchKey' || status === 404) {
    return new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  }
  const region = headers['x-amz-bucket-region'] ?? xml?.value('Region');
  if (isElsewhere(status, code, region)) {
    return new StorageAway(
      'elsewhere',
      `The bucket "${bucket}" at ${endpoint} is in ${region === undefined ? 'another region' : `the region "${String(region)}"`}, and was asked for in "${asked.region}": Choose Connection…, and give the storage that region and its endpoint.`,
    );
  }
  switch (code) {
    case 'ExpiredToken':
    case 'ExpiredTokenException':
    case 'TokenRefreshRequired':
      return keysExpired(endpoint);
    case 'InvalidAccessKeyId':
    case 'InvalidToken':
    case 'InvalidSecurity':
    case 'SignatureDoesNotMatch':
      return keysRefused(endpoint, code);
    case 'RequestTimeTooSkewed':
      return new StorageAway(
        'clockWrong',
        `The clock of this machine is far from that of the storage at ${endpoint}, which therefore refuses what is signed here: set the date, the time and the time zone of this machine.`,
      );
  }
  if (status === 401 || status === 403) {
    return new StorageAway(
      'denied',
      `The keys of the storage at ${endpoint} do not allow "${resource}" to be ${action} (${said}): allow it there, or Choose Connection… with other keys.`,
    );
  }
  if (status >= 500 || status === 429 || code === 'SlowDown') {
    return new StorageAway('overloaded', `The storage at ${endpoint} is overloaded or failing just now (${said}).`);
  }
  const reason = xml?.value('Message') ?? '';
  return new StorageAway(
    'refused',
    `The storage at ${endpoint} refused that "${resource}" be ${action} (${said}${reason === '' ? '' : `: ${reason}`}).`,
  );
}

export function keysMissing(endpoint: string): StorageAway {
  return new StorageAway(
    'keysMissing',
    `Waiting for the keys of the storage at ${endpoint}: Choose Connection…, and choose that storage. Nothing is lost meanwhile.`,
  );
}

export function keysExpired(endpoint: string): StorageAway {
  return new StorageAway(
    'keysExpired',
    `Waiting for new keys of the storage at ${endpoint}, since the old ones have expired: sign in again where they come from. Nothing is lost meanwhile.`,
  );
}

export function noBucket(endpoint: string, bucket: string): StorageAway {
  return new StorageAway(
    'noBucket',
    `There is no bucket "${bucket}" at ${endpoint} any more, and results go there: create it again.`,
  );
}

function keysRefused(endpoint: string, code: string): StorageAway {
  return new StorageAway(
    'keysRefused',
    `Waiting for the right keys of the storage at ${endpoint}, which does not accept these (${code}): Choose Connection…, and enter them. Nothing is lost meanwhile.`,
  );
}

const certificateCodes = /^(?:CERT_|DEPTH_ZERO_|ERR_TLS_CERT_|SELF_SIGNED_|UNABLE_TO_)/u;

/** What it means that no reply came. */
export function connectionProblem(error: unknown, endpoint: string): StorageAway {
  const code = codeOf(error) ?? (error instanceof Error ? error.message : String(error));
  return certificateCodes.test(code)
    ? new StorageAway(
        'certificate',
        `No trust in the certificate of the storage at ${endpoint} (${code}): name the PEM file of its authority in the setting "groundTruth.storage.certificateAuthorities", and Choose Connection….`,
        { cause: error },
      )
    : new StorageAway(
        'unreachable',
        `Cannot reach the storage at ${endpoint} (${code}): check that it runs, and the network. It is tried again every few seconds, and nothing is lost meanwhile.`,
        { cause: error },
      );
}

function isElsewhere(status: number, code: string, region: unknown): boolean {
  return (
    [301, 302, 307].includes(status) ||
    ['PermanentRedirect', 'IllegalLocationConstraintException'].includes(code) ||
    (code === 'AuthorizationHeaderMalformed' && region !== undefined)
  );
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) {
    return error.errors.map(codeOf).find((code) => code !== undefined); // One error for each address tried.
  }
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code ?? (error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : undefined);
}
