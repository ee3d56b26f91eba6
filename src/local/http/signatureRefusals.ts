import { ServiceError } from './serviceError.js';

// The refusals that both versions of the signature have, in S3's words; the other protocols translate them.

export const allowedSkewMs = 15 * 60 * 1000;

export function signatureMismatch(): ServiceError {
  return new ServiceError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    403,
  );
}

export function unknownKey(accessKeyId: string): ServiceError {
  return new ServiceError(
    'InvalidAccessKeyId',
    'The AWS Access Key Id you provided does not exist in our records.',
    403,
    { AWSAccessKeyId: accessKeyId },
  );
}

export function accessDenied(message = 'Access Denied'): ServiceError {
  return new ServiceError('AccessDenied', message, 403);
}

export function checkSkew(time: number, now: Date): void {
  if (Math.abs(time - now.getTime()) > allowedSkewMs) {
    throw new ServiceError(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      403,
      { RequestTime: stamp(time), ServerTime: now.toISOString(), MaxAllowedSkewMilliseconds: allowedSkewMs },
    );
  }
}

/** How the other protocols word it; `undefined` for any other refusal. */
export function skewText({ code, details }: ServiceError): string | undefined {
  if (code !== 'RequestTimeTooSkewed') {
    return undefined;
  }
  const serverTime = Date.parse(String(details['ServerTime']));
  const minutes = allowedSkewMs / 60_000;
  const signedAt = String(details['RequestTime']);
  const now = stamp(serverTime);
  return signedAt < now
    ? `Signature expired: ${signedAt} is now earlier than ${stamp(serverTime - allowedSkewMs)} (${now} - ${minutes} min.)`
    : `Signature not yet current: ${signedAt} is still later than ${stamp(serverTime + allowedSkewMs)} (${now} + ${minutes} min.)`;
}

/** `20191027T040859Z`, as signatures have it. */
function stamp(time: number): string {
  return new Date(time).toISOString().replaceAll(/[-:]|\.\d+/gu, '');
}
