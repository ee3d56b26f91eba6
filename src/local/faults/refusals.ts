import { encodePath } from '../http/incoming.js';
import { ServiceError } from '../http/serviceError.js';
import type { ServiceCall } from '../http/serviceCall.js';
import type { Identity } from '../http/services.js';
import { permissionFor } from '../s3/operationNames.js';

// How AWS words what a client did not cause. The REST-XML, JSON 1.1 and Query protocols differ in names and statuses.

type Refusal = (call: ServiceCall, identity: Identity) => ServiceError;

const ofS3 = 's3';
const ofCognito = 'cognito-idp';
const queryServices: ReadonlySet<string> = new Set(['iam', 'sts']);

export const throttling: Refusal = (call) => {
  if (call.service === ofS3) {
    return new ServiceError('SlowDown', 'Please reduce your request rate.', 503);
  }
  if (call.service === ofCognito) {
    return new ServiceError('TooManyRequestsException', 'Rate exceeded');
  }
  return isQuery(call)
    ? new ServiceError('Throttling', 'Rate exceeded')
    : new ServiceError('ThrottlingException', 'Rate exceeded');
};

export const serviceUnavailable: Refusal = (call) =>
  call.service === ofS3
    ? new ServiceError('ServiceUnavailable', 'Service is unable to handle request.', 503)
    : new ServiceError('ServiceUnavailable', 'Service is currently unavailable. Please try again later.', 503);

export const internalError: Refusal = ({ service }) => {
  switch (service) {
    case ofS3:
      return new ServiceError('InternalError', 'We encountered an internal error. Please try again.', 500);
    case ofCognito:
      return new ServiceError('InternalErrorException', 'Internal error.', 500);
    case 'iam':
      return new ServiceError('ServiceFailure', 'The request processing has failed because of an unknown error.', 500);
    default:
      return new ServiceError(
        'InternalFailure',
        'The request processing has failed because of an unknown error, exception or failure.',
        500,
      );
  }
};

/** As S3 says it when it had begun to answer before it failed. */
export const internalErrorIn200: Refusal = () =>
  new ServiceError('InternalError', 'We encountered an internal error. Please try again.', 200);

export const accessDenied: Refusal = (call, identity) => {
  const action = call.service === ofS3 ? permissionFor(call.operation) : `${call.service}:${call.operation}`;
  const resource = arnOf(call, identity);
  const message =
    `User: arn:aws:iam::${identity.accountId}:root is not authorized to perform: ${action} on resource: ` +
    `${call.service === ofS3 ? `"${resource}"` : resource} because no identity-based policy allows the ${action} action`;
  return call.service === ofS3 || isQuery(call)
    ? new ServiceError('AccessDenied', message, 403)
    : new ServiceError('AccessDeniedException', message);
};

export const expiredToken: Refusal = (call) => {
  if (call.service === ofS3) {
    return new ServiceError('ExpiredToken', 'The provided token has expired.');
  }
  const message = 'The security token included in the request is expired';
  return isQuery(call)
    ? new ServiceError('ExpiredToken', message, 403)
    : new ServiceError('ExpiredTokenException', message);
};

/** S3 says so to whoever asks the endpoint of one region for a bucket in another. */
export function permanentRedirect({ bucket = '' }: ServiceCall, region: string): ServiceError {
  return new ServiceError(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    301,
    { Endpoint: `${bucket}.s3.${region}.amazonaws.com`, Bucket: bucket },
  );
}

/** And so while the name of a new bucket is not known everywhere. */
export function temporaryRedirect({ bucket = '' }: ServiceCall, region: string): ServiceError {
  return new ServiceError(
    'TemporaryRedirect',
    'Please re-send this request to the specified temporary endpoint. Continue to use the original request endpoint for future requests.',
    307,
    { Endpoint: `${bucket}.s3.${region}.amazonaws.com`, Bucket: bucket },
  );
}

export function noSuchRole(name: string): ServiceError {
  return new ServiceError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
}

export function roleNotAssumed(arn: string): ServiceError {
  return new ServiceError(
    'ValidationException',
    `Could not assume role ${arn}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
  );
}

/** AWS's code is known (reference §1.2), its words are not. */
export function workforceNotReady(): ServiceError {
  return new ServiceError('ValidationException', 'The workforce was just made and cannot have a work team yet.');
}

function isQuery({ service }: ServiceCall): boolean {
  return queryServices.has(service);
}

/** What of SageMaker a field names. */
const sageMakerResources = {
  LabelingJobName: 'labeling-job',
  WorkteamName: 'workteam/private-crowd',
  WorkforceName: 'workforce',
  HumanTaskUiName: 'human-task-ui',
} as const;

function arnOf(call: ServiceCall, { accountId, region }: Identity): string {
  const { service, bucket = '', key = '', field } = call;
  switch (service) {
    case ofS3: {
      const path = key === '' ? bucket : `${bucket}/${encodePath(key)}`;
      return path === '' ? '*' : `arn:aws:s3:::${path}`;
    }
    case 'sagemaker': {
      const [named] = Object.entries(sageMakerResources).flatMap(([name, kind]) => {
        const value = field(name);
        return value === undefined ? [] : `${kind}/${value.toLowerCase()}`;
      });
      return named === undefined ? '*' : `arn:aws:sagemaker:${region}:${accountId}:${named}`;
    }
    case ofCognito: {
      const pool = field('UserPoolId');
      return pool === undefined ? '*' : `arn:aws:cognito-idp:${region}:${accountId}:userpool/${pool}`;
    }
    default: {
      const role = field('RoleName');
      return role === undefined ? '*' : `arn:aws:iam::${accountId}:role/${role}`;
    }
  }
}
