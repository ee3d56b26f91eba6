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
import { pagesChange } from '../core/doctor/pagesRule.js';
import type { CorsRule, PublicChange, PublicSettings } from '../core/doctor/probes.js';
import type { S3Uri } from '../core/s3Uri.js';
import { isRefusal, type AwsCaller } from './errors.js';

/**
 * Since April 2023 a new bucket blocks public access four times over and ignores ACLs. Only what stands in the way of
 * a public ACL is relaxed; whatever the bucket says of policies stays.
 */
export async function publicChange(
  client: S3Client,
  call: AwsCaller,
  bucket: string,
  signal: AbortSignal,
): Promise<PublicChange | undefined> {
  const block = await publicAccessBlock(client, call, bucket, signal);
  const ownership = await objectOwnership(client, call, bucket, signal);
  const blocks = block?.BlockPublicAcls === true || block?.IgnorePublicAcls === true;
  const enforces = ownership === 'BucketOwnerEnforced';
  if (!blocks && !enforces) {
    return undefined;
  }
  const settings = (isRelaxed: boolean): PublicSettings => ({
    ...(block && {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: !isRelaxed && block.BlockPublicAcls === true,
        IgnorePublicAcls: !isRelaxed && block.IgnorePublicAcls === true,
        BlockPublicPolicy: block.BlockPublicPolicy === true,
        RestrictPublicBuckets: block.RestrictPublicBuckets === true,
      },
    }),
    ...(ownership && { ObjectOwnership: isRelaxed && enforces ? 'BucketOwnerPreferred' : ownership }),
  });
  return { before: settings(false), after: settings(true) };
}

/** The block first: S3 refuses a public ACL while it is there, and any ACL while the bucket's owner owns all objects. */
export async function allowPublicAcls(
  client: S3Client,
  call: AwsCaller,
  bucket: string,
  signal: AbortSignal,
): Promise<void> {
  const { before, after } = (await publicChange(client, call, bucket, signal)) ?? {};
  const block = after?.PublicAccessBlockConfiguration;
  const { BlockPublicAcls, IgnorePublicAcls } = before?.PublicAccessBlockConfiguration ?? {};
  if (block && (BlockPublicAcls === true || IgnorePublicAcls === true)) {
    await call({ action: 's3:PutBucketPublicAccessBlock', resource: bucket }, signal, (options) =>
      client.send(new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration: block }), options),
    );
  }
  if (before?.ObjectOwnership === 'BucketOwnerEnforced') {
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
  { bucket, region }: { readonly bucket: string; readonly region: string },
  signal: AbortSignal,
): Promise<void> {
  const change = pagesChange(await corsRules(client, call, bucket, signal), region);
  if (!change) {
    return;
  }
  await putCorsRules(client, call, { bucket, rules: change.after }, signal);
}

/** These, and no other. */
export async function putCorsRules(
  client: S3Client,
  call: AwsCaller,
  { bucket, rules }: { readonly bucket: string; readonly rules: readonly CorsRule[] },
  signal: AbortSignal,
): Promise<void> {
  const CORSRules = rules.map((rule) => ({ ...rule }) as CORSRule);
  await call({ action: 's3:PutBucketCORS', resource: bucket }, signal, (options) =>
    client.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules } }), options),
  );
}

async function corsRules(client: S3Client, call: AwsCaller, bucket: string, signal: AbortSignal) {
  const output = await unlessMissing('NoSuchCORSConfiguration', () =>
    call({ action: 's3:GetBucketCORS', resource: bucket }, signal, (options) =>
      client.send(new GetBucketCorsCommand({ Bucket: bucket }), options),
    ),
  );
  return (output?.CORSRules ?? []) as readonly CorsRule[];
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
