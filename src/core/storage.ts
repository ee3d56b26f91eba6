// A store of objects elsewhere, while labeling stays with Local Ground Truth.

/** Where the store is. It speaks S3. */
export interface StorageLocation {
  /** `https://minio.example:9000`, without a slash at the end; none: Amazon S3 in the region. */
  readonly endpoint?: string;
  readonly region: string;
  /** Whether buckets stand in an address' path, or in its host. */
  readonly addressing: 'path' | 'virtualHosted';
}

/** Where its keys come from. None of this is secret. */
export type KeySource =
  | { readonly kind: 'profile'; readonly profile: string }
  | { readonly kind: 'environment' }
  /** Entered by the user, and kept in the operating system's store of secrets. */
  | { readonly kind: 'kept' };

export interface Storage extends StorageLocation {
  readonly keys: KeySource;
  /** Those to be used, where the keys may not list them. */
  readonly buckets?: readonly string[];
}

export interface StorageKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** The store's own address; Amazon S3's endpoints are by region, and China has a domain of its own. */
export function storageEndpoint({ endpoint, region }: StorageLocation): string {
  return endpoint ?? `https://s3.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`;
}

/** Where a bucket is: an origin, and the start of the path, without a slash at the end. */
export function bucketAddress(
  location: StorageLocation,
  bucket: string,
): { readonly origin: string; readonly path: string } {
  const { protocol, host } = new URL(storageEndpoint(location));
  // A certificate for all buckets of a host covers no further dot.
  const isInHost = location.addressing === 'virtualHosted' && !(bucket.includes('.') && protocol === 'https:');
  return isInHost
    ? { origin: `${protocol}//${bucket}.${host}`, path: '' }
    : { origin: `${protocol}//${host}`, path: `/${bucket}` };
}

/** What is wrong with an address that somebody typed; `undefined` where it is one. */
export function endpointProblem(text: string): 'noUrl' | 'notHttp' | 'more' | undefined {
  if (!URL.canParse(text)) {
    return 'noUrl';
  }
  const { protocol, username, password, pathname, search, hash } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') {
    return 'notHttp';
  }
  return username + password + search + hash !== '' || pathname !== '/' ? 'more' : undefined;
}

/** What tells one storage from another: two profiles at one address may be two accounts. */
export function storageKey({ endpoint, region, addressing, keys }: Storage): string {
  return JSON.stringify([endpoint ?? '', region, addressing, keys.kind, keys.kind === 'profile' ? keys.profile : '']);
}
/** As people know it: a host, with its port. */
export function storageName({ endpoint, region }: StorageLocation): string {
  return endpoint === undefined ? `Amazon S3 ${region}` : new URL(endpoint).host;
}

/** A storage as a connection to Local Ground Truth uses it. */
export interface OpenStorage {
  readonly storage: Storage;
  /** The session token that calls to Local Ground Truth are signed with, which says that this storage is meant. */
  readonly session: string;
  readonly keys: () => Promise<StorageKeys>;
  /** PEM: whom to trust beside the usual authorities. */
  readonly certificateAuthorities?: string;
}
