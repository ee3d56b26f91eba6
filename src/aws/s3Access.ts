import {
  GetBucketCorsCommand,
  GetBucketOwnershipControlsCommand,
  GetPublicAccessBlockCommand,
  PutBucketCorsCommand,
  PutBucketOwnershipControlsCommand,
  PutObjectAclCommand,
  PutPublicAccessBlockCommand,
  type CORSRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { S3Uri } from '../core/s3Uri.js';
import { isRefusal, type AwsCaller } from './errors.js';

/**
 * Since April 2023 a new bucket blocks public access four times over and ignores ACLs. Only what stands in the way of
 * a public ACL is relaxed; whatever the bucket says of policies stays.
 */
export async function allowPublicAcls(
  client: S3Client,
  call: AwsCaller,
  bucket: string,
  signal: AbortSignal,
): Promise<void> {
  const block = await publicAccessBlock(client, call, bucket, signal);
  if (block && (block.BlockPublicAcls === true || block.IgnorePublicAcls === true)) {
    const relaxed = { ...block, BlockPublicAcls: false, IgnorePublicAcls: false };
    await call({ action: 's3:PutBucketPublicAccessBlock', resource: bucket }, signal, (options) =>
      client.send(
        new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration: relaxed }),
        options,
      ),
    );
  }
  if ((await objectOwnership(client, call, bucket, signal)) === 'BucketOwnerEnforced') {
    await call({ action: 's3:PutBucketOwnershipControls', resource: bucket }, signal, (options) =>
      client.send(
        new PutBucketOwnershipControlsCommand({
          Bucket: bucket,
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
        }),
        options,
      ),
    );
  }
}

/** Lets anybody read exactly this object. */
export async function publish(
  client: S3Client,
  call: AwsCaller,
  { bucket, key }: S3Uri,
  signal: AbortSignal,
): Promise<void> {
  await call({ action: 's3:PutObjectAcl', resource: `${bucket}/${key}` }, signal, (options) =>
    client.send(new PutObjectAclCommand({ Bucket: bucket, Key: key, ACL: 'public-read' }), options),
  );
}

/** Browsers turn pictures by their EXIF data only where the bucket allows any page to read them. */
export async function allowPageOrigins(
  client: S3Client,
  call: AwsCaller,
  bucket: string,
  signal: AbortSignal,
): Promise<void> {
  const rules = await corsRules(client, call, bucket, signal);
  if (rules.some(letsPagesRead)) {
    return;
  }
  const rule = {
    AllowedHeaders: [],
    AllowedMethods: ['GET'],
    AllowedOrigins: ['*'],
    ExposeHeaders: ['Access-Control-Allow-Origin'],
  };
  await call({ action: 's3:PutBucketCORS', resource: bucket }, signal, (options) =>
    client.send(
      new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: [...rules, rule] } }),
      options,
    ),
  );
}

function letsPagesRead({ AllowedOrigins = [], AllowedMethods = [], ExposeHeaders = [] }: CORSRule): boolean {
  return (
    AllowedOrigins.includes('*') &&
    AllowedMethods.includes('GET') &&
    ExposeHeaders.some((header) => header.toLowerCase() === 'access-control-allow-origin')
  );
}

async function corsRules(client: S3Client, call: AwsCaller, bucket: string, signal: AbortSignal) {
  const output = await unlessMissing('NoSuchCORSConfiguration', () =>
    call({ action: 's3:GetBucketCORS', resource: bucket }, signal, (options) =>
      client.send(new GetBucketCorsCommand({ Bucket: bucket }), options),
    ),
  );
  return output?.CORSRules ?? [];
}

async function publicAccessBlock(client: S3Client, call: AwsCaller, bucket: string, signal: AbortSignal) {
  const output = await unlessMissing('NoSuchPublicAccessBlockConfiguration', () =>
    call({ action: 's3:GetBucketPublicAccessBlock', resource: bucket }, signal, (options) =>
      client.send(new GetPublicAccessBlockCommand({ Bucket: bucket }), options),
    ),
  );
  return output?.PublicAccessBlockConfiguration;
}

async function objectOwnership(client: S3Client, call: AwsCaller, bucket: string, signal: AbortSignal) {
  const output = await unlessMissing('OwnershipControlsNotFoundError', () =>
    call({ action: 's3:GetBucketOwnershipControls', resource: bucket }, signal, (options) =>
      client.send(new GetBucketOwnershipControlsCommand({ Bucket: bucket }), options),
    ),
  );
  return output?.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
}

/** Stores that are not Amazon's do without some of a bucket's settings, and say so in one of two ways. */
const unknownSettings = ['NotImplemented', 'MethodNotAllowed'];

export async function unlessMissing<T>(name: string, get: () => Promise<T>): Promise<T | undefined> {
  try {
    return await get();
  } catch (error) {
    if (isRefusal(error, name, ...unknownSettings)) {
      return undefined;
    }
    throw error;
  }
}
