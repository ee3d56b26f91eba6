import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsEndpoints } from '../core/awsEndpoints.js';
import type { Services, Target } from '../core/ports.js';
import { bucketAddress, storageEndpoint, type StorageKeys } from '../core/storage.js';
import { AwsDoctorProbes } from './awsDoctorProbes.js';
import { AwsDoctorRepairs } from './awsDoctorRepairs.js';
import { BucketRegions } from './bucketRegions.js';
import { CognitoPrivateTeams } from './cognitoPrivateTeams.js';
import { type AskMfaCode, credentialsOf, nobodyToAsk } from './credentials.js';
import { type AwsCaller, createCaller, signedOut } from './errors.js';
import { IamExecutionRoles } from './iamExecutionRoles.js';
import { pause } from './pause.js';
import { S3BucketContents } from './s3BucketContents.js';
import { S3ObjectStore } from './s3ObjectStore.js';
import { SageMakerLabelingJobs } from './sageMakerLabelingJobs.js';
import { storageClient } from './storageClient.js';
import { StsAccount } from './stsAccount.js';

/** Every client behind the services. */
export type AwsClient = S3Client | SageMakerClient | CognitoIdentityProviderClient | IAMClient | STSClient;

export interface AwsServicesOptions {
  readonly askMfaCode?: AskMfaCode;
  /** Of AWS's services, where they are not AWS's own; without them, the SDK looks for some by itself. */
  readonly endpoints?: AwsEndpoints;
  /** Told of each client before it is used, by tests that look at what is sent. */
  readonly onClient?: (client: AwsClient) => void;
  /** How it waits between two looks at something that takes its time. */
  readonly wait?: typeof pause;
}

/** The only place that makes SDK clients. Loading this file loads the SDK, so the composition root imports it late. */
export function createAwsServices(
  target: Target,
  { askMfaCode = nobodyToAsk, endpoints, onClient, wait = pause }: AwsServicesOptions = {},
): Services {
  const config = clientConfig(target, askMfaCode);
  const of = (service: keyof AwsEndpoints) => ({
    ...config,
    ...(target.kind === 'aws' && endpointOf(endpoints, service)),
  });
  const storage = target.kind === 'local' ? target.storage : undefined;
  const s3Region = storage?.storage.region ?? config.region;
  const buckets = new BucketRegions(s3Region, (region) => {
    const client = storage
      ? storageClient(storage, region)
      : new S3Client({ ...of('s3'), region, forcePathStyle: target.kind === 'local' || endpoints?.s3 !== undefined });
    onClient?.(client);
    return client;
  });
  const sageMaker = new SageMakerClient(of('sagemaker'));
  const cognito = new CognitoIdentityProviderClient(of('cognito_identity_provider'));
  const cognitoOnce = new CognitoIdentityProviderClient({ ...of('cognito_identity_provider'), maxAttempts: 1 });
  const iam = new IAMClient(of('iam'));
  const sts = new STSClient(of('sts'));
  const clients: readonly AwsClient[] = [sageMaker, cognito, cognitoOnce, iam, sts];
  for (const client of clients) {
    onClient?.(client);
  }
  const call = callerOf(target, endpoints);
  const executionRoles = new IamExecutionRoles(iam, call, wait);
  return {
    account: new StsAccount({ sts, iam, call }),
    objects: new S3ObjectStore(buckets.client, {
      call,
      wait,
      region: s3Region,
      addressOf: (uri) => publicAddress(target, uri),
      ...(storage?.storage.buckets && { buckets: storage.storage.buckets }),
    }),
    bucketContents: new S3BucketContents({ client: buckets.client, call, wait }),
    labelingJobs: new SageMakerLabelingJobs(sageMaker, {
      call,
      isNewRole: (arn) => executionRoles.isNew(arn),
      wait,
    }),
    privateTeams: new CognitoPrivateTeams({
      cognito,
      cognitoOnce,
      sageMaker,
      call,
      wait,
      ...(target.kind === 'local' && { portalUrl: target.server.sharedPortal ?? target.server.portal }),
    }),
    executionRoles,
    probes: new AwsDoctorProbes({
      s3: buckets.client,
      iam,
      sageMaker,
      cognito,
      call,
      region: config.region,
      isStorageElsewhere: storage !== undefined,
    }),
    repairs: new AwsDoctorRepairs({ s3: buckets.client, iam, cognito, call }),
    dispose() {
      buckets.dispose();
      for (const client of clients) {
        client.destroy();
      }
    },
  };
}

function clientConfig(target: Target, askMfaCode: AskMfaCode) {
  switch (target.kind) {
    case 'local': {
      const { region, endpoint, accessKeyId, secretAccessKey } = target.server;
      const session = target.storage && { sessionToken: target.storage.session };
      return { region, endpoint, credentials: { accessKeyId, secretAccessKey, ...session } };
    }
    case 'aws':
      return { region: target.region, credentials: credentialsOf(target.profile, askMfaCode) };
  }
}

/** All that is known is given, so that the SDK looks nowhere else. */
function endpointOf(endpoints: AwsEndpoints | undefined, service: keyof AwsEndpoints) {
  const endpoint = endpoints?.[service];
  return endpoints && { ignoreConfiguredEndpointUrls: true, ...(endpoint !== undefined && { endpoint }) };
}

/** The keys of a storage elsewhere, as they are now; without a profile, the environment's. */
export async function resolveKeys(
  profile: string | undefined,
  { askMfaCode = nobodyToAsk }: Pick<AwsServicesOptions, 'askMfaCode'> = {},
): Promise<StorageKeys> {
  try {
    return await credentialsOf(profile, askMfaCode)();
  } catch (error) {
    throw error instanceof Error && ['CredentialsProviderError', 'TokenProviderError'].includes(error.name)
      ? signedOut(profile, error)
      : error;
  }
}

/** Whoever has a storage elsewhere asks two services, each with credentials of its own. */
function callerOf(target: Target, endpoints: AwsEndpoints | undefined): AwsCaller {
  const call = createCaller(whereabouts(target, endpoints));
  if (target.kind === 'aws' || target.storage === undefined) {
    return call;
  }
  const { storage } = target.storage;
  const callStorage = createCaller({
    ...(storage.keys.kind === 'profile' && { profile: storage.keys.profile }),
    endpoint: storageEndpoint(storage),
    hasKeptKeys: storage.keys.kind === 'kept',
  });
  return (action, signal, send) => (action.action.startsWith('s3:') ? callStorage : call)(action, signal, send);
}

function whereabouts(target: Target, endpoints: AwsEndpoints = {}): Parameters<typeof createCaller>[0] {
  switch (target.kind) {
    case 'local':
      return { profile: 'Local Ground Truth', endpoint: target.server.endpoint };
    case 'aws':
      return {
        ...(target.profile !== undefined && { profile: target.profile }),
        endpoint: [...new Set(Object.values(endpoints))].join(', ') || `AWS ${target.region}`,
        isClosedToNewCustomers: true,
      };
  }
}

function publicAddress(target: Target, { bucket, key }: { readonly bucket: string; readonly key: string }): string {
  const path = key.split('/').map(encodeURIComponent).join('/');
  if (target.kind === 'local' && target.storage) {
    const address = bucketAddress(target.storage.storage, bucket);
    return `${address.origin}${address.path}/${path}`;
  }
  if (target.kind === 'local') {
    return `${target.server.endpoint}/${bucket}/${path}`;
  }
  const suffix = target.region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  // The certificate of the bucket's own host covers no further dot.
  return bucket.includes('.')
    ? `https://s3.${target.region}.${suffix}/${bucket}/${path}`
    : `https://${bucket}.s3.${target.region}.${suffix}/${path}`;
}
