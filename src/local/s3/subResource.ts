import { invalidRequest } from './errors.js';
import type { S3Request } from './s3.js';

/** Parameters that say how, not what. Any other one without a value names a sub-resource. */
const plainParameters: ReadonlySet<string> = new Set([
  'continuation-token',
  'delimiter',
  'encoding-type',
  'fetch-owner',
  'key-marker',
  'list-type',
  'marker',
  'max-buckets',
  'max-keys',
  'max-parts',
  'max-uploads',
  'part-number-marker',
  'partNumber',
  'prefix',
  'start-after',
  'upload-id-marker',
  'versionId',
  'version-id-marker',
]);

/** Sub-resources that S3 has: they never fall through to the bucket or object itself, whatever their value. */
const subResources: ReadonlySet<string> = new Set([
  'abac',
  'accelerate',
  'acl',
  'analytics',
  'annotation',
  'append',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metadataConfiguration',
  'metadataInventoryTable',
  'metadataJournalTable',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versioning',
  'versions',
  'website',
]);

/** The part of the bucket or object that the request is about; empty where it is about the whole. */
export function subResourceOf({ query }: S3Request): string {
  const named = [...query].filter(([name, value]) => subResources.has(name) || (value === '' && !isPlain(name)));
  const names = [...new Set(named.map(([name]) => name))];
  if (names.length > 1) {
    throw invalidRequest(`Conflicting query string parameters: ${names.join(', ')}`);
  }
  return names[0] ?? '';
}

function isPlain(name: string): boolean {
  return plainParameters.has(name) || name.startsWith('response-') || /^x-/iu.test(name);
}
