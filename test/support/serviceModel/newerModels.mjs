// @ts-check
// What service models have come to say since that of Debian 12's python3-botocore (1.29.27), up to botocore 1.43.107.

/** @typedef {import('./cut.mjs').ModelShape} ModelShape */

/** The oldest and the newest model that these changes were checked with. */
export const knownVersions = { oldest: '1.29.27', newest: '1.43.107' };

/** Shapes that are new, or say something else. @type {Readonly<Record<string, ModelShape>>} */
export const newerShapes = {
  AuthenticationRequestExtraParams: {
    type: 'map',
    key: { shape: 'AuthenticationRequestExtraParamsKey' },
    value: { shape: 'AuthenticationRequestExtraParamsValue' },
    max: 10,
  },
  AuthenticationRequestExtraParamsKey: { type: 'string', max: 512, pattern: '.*' },
  AuthenticationRequestExtraParamsValue: { type: 'string', max: 512, pattern: '.*' },
  EnabledOrDisabled: { type: 'string', enum: ['Enabled', 'Disabled'] },
  HumanTaskUiArn: {
    type: 'string',
    max: 1_024,
    pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]+:[0-9]{12}:human-task-ui/.*',
  },
  IamPolicyConstraints: {
    type: 'structure',
    members: { SourceIp: { shape: 'EnabledOrDisabled' }, VpcSourceIp: { shape: 'EnabledOrDisabled' } },
  },
  KmsKeyId: { type: 'string', max: 2_048, pattern: '[a-zA-Z0-9:/_-]*' },
  S3Presign: { type: 'structure', members: { IamPolicyConstraints: { shape: 'IamPolicyConstraints' } } },
  Scope: { type: 'string', max: 1_024, pattern: '[!#-\\[\\]-~]+( [!#-\\[\\]-~]+)*' },
  WorkerAccessConfiguration: { type: 'structure', members: { S3Presign: { shape: 'S3Presign' } } },
  WorkforceIpAddressType: { type: 'string', enum: ['ipv4', 'dualstack'] },
};

/** Members that structures have got. @type {Readonly<Record<string, Readonly<Record<string, string>>>>} */
export const newerMembers = {
  CreateWorkforceRequest: { IpAddressType: 'WorkforceIpAddressType' },
  CreateWorkteamRequest: { WorkerAccessConfiguration: 'WorkerAccessConfiguration' },
  OidcConfig: { Scope: 'Scope', AuthenticationRequestExtraParams: 'AuthenticationRequestExtraParams' },
  UpdateWorkforceRequest: { IpAddressType: 'WorkforceIpAddressType' },
  UpdateWorkteamRequest: { WorkerAccessConfiguration: 'WorkerAccessConfiguration' },
};

/** Members that were required once. @type {Readonly<Record<string, readonly string[]>>} */
export const notRequiredAnyMore = {
  HumanTaskConfig: ['PreHumanTaskLambdaArn', 'AnnotationConsolidationConfig'],
  OidcMemberDefinition: ['Groups'],
};
