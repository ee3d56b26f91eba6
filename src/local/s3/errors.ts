import { ServiceError } from '../http/serviceError.js';

// The refusals that several operations have. Codes, texts and statuses are S3's own.

export function noSuchBucket(bucket: string): ServiceError {
  return new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: bucket });
}

export function noSuchKey(key: string, headers: Readonly<Record<string, string>> = {}): ServiceError {
  return new ServiceError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key }, headers);
}

export function noSuchVersion(key: string, id: string): ServiceError {
  return new ServiceError('NoSuchVersion', 'The specified version does not exist.', 404, { Key: key, VersionId: id });
}

export function invalidVersionId(id: string): ServiceError {
  return invalidArgument('Invalid version id specified', 'versionId', id);
}

export function noSuchUpload(id: string): ServiceError {
  return new ServiceError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    404,
    { UploadId: id },
  );
}

export function invalidArgument(message: string, name: string, value: string): ServiceError {
  return new ServiceError('InvalidArgument', message, 400, { ArgumentName: name, ArgumentValue: value });
}

export function invalidRequest(message: string): ServiceError {
  return new ServiceError('InvalidRequest', message);
}

export function malformedXml(): ServiceError {
  return new ServiceError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

export function notImplemented(): ServiceError {
  return new ServiceError(
    'NotImplemented',
    'A header or query you provided implies functionality that is not implemented',
    501,
  );
}

export function methodNotAllowed(
  details: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): ServiceError {
  const message = 'The specified method is not allowed against this resource.';
  return new ServiceError('MethodNotAllowed', message, 405, details, headers);
}

export function preconditionFailed(condition: string): ServiceError {
  return new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: condition,
  });
}

export function badDigest(what: string): ServiceError {
  return new ServiceError('BadDigest', `The ${what} you specified did not match what we received.`);
}

export function aclsNotSupported(): ServiceError {
  return new ServiceError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
}
