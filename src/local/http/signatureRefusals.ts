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
    );
  }
}
