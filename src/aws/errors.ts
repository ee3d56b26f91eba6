import { Failure } from '../core/failure.js';
import { closed, deniedDetails } from './accessDenied.js';
import { credentialsProblem } from './credentials.js';

interface AwsAction {
  /** As IAM names it: `s3:ListBucket`. */
  readonly action: string;
  /** What it is done to; for S3 the bucket, or `bucket/key`. */
  readonly resource: string;
}

interface Where {
  /** None: the environment's credentials. */
  readonly profile?: string;
  readonly endpoint: string;
  /** The keys were entered by the user: nobody can sign in again to get others. */
  readonly hasKeptKeys?: boolean;
  /** AWS itself, whose Ground Truth is closed to accounts that did not use it before. */
  readonly isClosedToNewCustomers?: boolean;
}

/** Runs one AWS call, turning what a person can act on into a `Failure`; other errors pass unchanged. */
export type AwsCaller = <T>(
  action: AwsAction,
  signal: AbortSignal,
  send: (options: { readonly abortSignal: AbortSignal }) => Promise<T>,
) => Promise<T>;

/** `profile` and `endpoint` are who and where the calls go, for the messages. */
export function createCaller(where: Where): AwsCaller {
  return async (action, signal, send) => {
    try {
      return await onceMoreInTime(() => send({ abortSignal: signal }));
    } catch (error) {
      signal.throwIfAborted();
      throw toFailure(error, { ...where, ...action }) ?? error;
    }
  };
}

/** The SDK sets its clock by the reply that refuses its time, but does not always ask again. */
async function onceMoreInTime<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Error && isAboutTime(error)) {
      return send();
    }
    throw error;
  }
}

/**
 * Whether the SDK had to ask more than once before it got this refusal: an attempt whose reply was lost may have been
 * carried out.
 */
export function wasRepeated(error: unknown): boolean {
  const cause: unknown = Failure.is(error) ? error.cause : error;
  return cause instanceof Error && ((cause as Partial<SdkError>).$metadata?.attempts ?? 1) > 1;
}

/** Whether the service refused with one of these AWS error names. */
export function isRefusal(error: unknown, ...names: readonly string[]): boolean {
  return Failure.is(error, 'aws.refused')
    ? names.includes(error.details.name)
    : error instanceof Error && names.includes(error.name);
}

/** Whether the service answered that nothing has changed, which the SDK takes for an error. */
export function isNotModified(error: unknown): boolean {
  const answer: unknown = Failure.is(error, 'aws.refused') ? error.cause : error;
  return answer instanceof Error && (answer as SdkError).$metadata?.httpStatusCode === 304;
}

interface SdkError extends Error {
  readonly $metadata?: { readonly attempts?: number; readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

type Context = AwsAction & Where;

function toFailure(error: unknown, context: Context): Failure | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const { action, resource, profile, endpoint, hasKeptKeys = false } = context;
  const options = { cause: error };
  const [bucket = ''] = resource.split('/', 1);
  if (isAboutTime(error)) {
    return new Failure('aws.clockWrong', { endpoint }, options);
  }
  switch (error.name) {
    case 'AccessDenied':
    case 'AccessDeniedException':
    case 'Forbidden':
    case 'AuthorizationError':
    case 'UnauthorizedOperation':
      return new Failure('aws.accessDenied', deniedDetails(error.message, context), options);
    case 'CredentialsProviderError':
    case 'TokenProviderError':
    case 'ExpiredToken':
    case 'ExpiredTokenException':
    case 'RequestExpired':
    case 'InvalidAccessKeyId':
    case 'InvalidClientTokenId':
    case 'InvalidSignatureException':
    case 'InvalidToken': // Of S3, as the next one.
    case 'SignatureDoesNotMatch':
    case 'TokenRefreshRequired':
    case 'UnrecognizedClientException':
      return hasKeptKeys
        ? new Failure('storage.keysRefused', { endpoint, name: error.name }, options)
        : signedOut(profile, error);
    case 'PermanentRedirect':
    case 'TemporaryRedirect':
    case 'AuthorizationHeaderMalformed':
    case 'IllegalLocationConstraintException': {
      const region = (error as SdkError).$response?.headers?.['x-amz-bucket-region'];
      return new Failure('bucket.elsewhere', { bucket, ...(region !== undefined && { region }) }, options);
    }
    case 'NotImplemented': // Of a store that is not Amazon's.
      return new Failure('aws.refused', { action, name: error.name, reason: error.message }, options);
    case 'BucketAlreadyExists':
      return new Failure('bucket.nameTaken', { bucket }, options);
    case 'NoSuchBucket':
      return new Failure('bucket.notFound', { bucket }, options);
    case 'NoSuchKey':
    case 'NotFound': // The answer to a HEAD has no body that could say which of the two is missing.
      return new Failure('object.notFound', { uri: `s3://${resource}` }, options);
    case 'PreconditionFailed':
    case 'ConditionalRequestConflict': // Somebody writes it at this moment.
      return new Failure('object.changed', { uri: `s3://${resource}` }, options);
    case 'TimeoutError':
      return new Failure('aws.unreachable', { endpoint, reason: error.message }, options);
  }
  const code = networkCode(error);
  if (code !== undefined && certificateCodes.test(code)) {
    return new Failure('aws.certificate', { endpoint, reason: code }, options);
  }
  if (code !== undefined) {
    return new Failure('aws.unreachable', { endpoint, reason: code }, options);
  }
  if (isNameless(error) && (error as SdkError).$metadata?.httpStatusCode === 403) {
    return new Failure('aws.accessDenied', deniedDetails('', context), options);
  }
  if (isOverload(error)) {
    return new Failure('aws.overloaded', { action, name: error.name, reason: error.message }, options);
  }
  const { name, message: reason } = error;
  return '$fault' in error
    ? new Failure(
        'aws.refused',
        { action, name, reason, ...(name === 'ValidationException' && closed(context)) },
        options,
      )
    : undefined;
}

/** Of a profile, or of the environment; `cause` is why. */
export function signedOut(profile: string | undefined, cause: Error): Failure<'aws.signedOut'> {
  const reason = credentialsProblem(cause);
  const details = { ...(profile !== undefined && { profile }), ...(reason !== undefined && { reason }) };
  return new Failure('aws.signedOut', details, { cause });
}

/** Of a HEAD: its reply has no body, in which S3 says what is wrong. */
export function isNameless(error: unknown): boolean {
  const refusal: unknown = Failure.is(error) ? error.cause : error;
  return refusal instanceof Error && refusal.name === 'Unknown' && '$fault' in refusal;
}

/** Of a request that was signed too long ago, or not yet. */
function isAboutTime({ name, message }: Error): boolean {
  return (
    ['RequestTimeTooSkewed', 'RequestInTheFuture'].includes(name) ||
    (['InvalidSignatureException', 'SignatureDoesNotMatch'].includes(name) &&
      /^Signature (?:expired|not yet current)/u.test(message))
  );
}

/** AWS's names for being asked too much, and for failing without the caller's doing. */
export const overloads: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'InternalError', // In a reply with the status 200, too.
  'PriorRequestNotComplete',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestTimeout',
  'ServiceUnavailable',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

function isOverload(error: SdkError): boolean {
  return overloads.has(error.name) || (error.$metadata?.httpStatusCode ?? 0) >= 500;
}

const networkCodes = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'EPROTO', // It does not speak TLS.
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ETIMEDOUT',
]);

/** Node's codes for a certificate that it does not trust. */
const certificateCodes = /^(?:CERT_|DEPTH_ZERO_|ERR_TLS_CERT_|SELF_SIGNED_|UNABLE_TO_)/u;

function networkCode(error: unknown): string | undefined {
  if (error instanceof AggregateError) {
    return error.errors.map(networkCode).find((code) => code !== undefined); // One error for each address tried.
  }
  if (!(error instanceof Error)) {
    return undefined;
  }
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && (networkCodes.has(code) || certificateCodes.test(code))
    ? code
    : networkCode(error.cause);
}

/** What is gone already needs no deleting. */
export async function ignoring(names: readonly string[], run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!isRefusal(error, ...names)) {
      throw error;
    }
  }
}
