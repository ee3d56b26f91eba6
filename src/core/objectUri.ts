import type { S3Uri } from './s3Uri.js';

/** Under this scheme any editor opens an object: `gts3://bucket/key`. */
export const objectScheme = 'gts3';

interface UriParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

// VS Code resolves `.` and `..` in a path and drops empty segments, but in S3 they are names as any other. Such a
// segment gets a tilde in front, and so does one that would otherwise read as escaped.
const needsEscape = /^~*\.{0,2}$/u;
const isEscaped = /^~+\.{0,2}$/u;

/** The unencoded parts of the object's URI; percent-encoding is left to the URI class. */
export function toObjectUri({ bucket, key }: S3Uri): UriParts {
  const segments = key.split('/').map((segment) => (needsEscape.test(segment) ? `~${segment}` : segment));
  return { scheme: objectScheme, authority: bucket, path: key === '' ? '/' : `/${segments.join('/')}` };
}

/** The object, or the folder's name without its slash; the whole bucket has the empty key. */
export function fromObjectUri({ authority, path }: Omit<UriParts, 'scheme'>): S3Uri {
  const segments = path.slice(1).split('/');
  const key = segments.map((segment) => (isEscaped.test(segment) ? segment.slice(1) : segment)).join('/');
  return { bucket: authority, key };
}
