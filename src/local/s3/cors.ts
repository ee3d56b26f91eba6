import { header, type RequestHead } from '../http/incoming.js';
import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import type { BucketRecord, CorsRule } from '../store/records.js';

/** What a web page of the request's origin may see of the answer; nothing where the bucket does not say so. */
export function corsHeaders(
  bucket: BucketRecord | undefined,
  { method, headers }: RequestHead,
): Readonly<Record<string, string>> {
  const origin = header(headers, 'origin');
  if (origin === undefined) {
    return {};
  }
  const asked = header(headers, 'access-control-request-method') ?? method;
  const rule = findRule(bucket, { origin, method: asked, headers: [] });
  return rule === undefined ? {} : ruleHeaders(rule, origin);
}

/** Answers a browser that asks before it sends. */
export function preflight(bucket: BucketRecord | undefined, { headers }: RequestHead, key: string): Reply {
  const origin = header(headers, 'origin');
  const method = header(headers, 'access-control-request-method');
  if (origin === undefined) {
    throw new ServiceError('BadRequest', 'Insufficient information. Origin request header needed.');
  }
  if (method === undefined) {
    throw new ServiceError('BadRequest', 'Invalid Access-Control-Request-Method: null');
  }
  const details = { Method: method, ResourceType: key === '' ? 'BUCKET' : 'OBJECT' };
  if (bucket?.settings.corsRules === undefined) {
    throw new ServiceError('AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.', 403, details);
  }
  const asked = (header(headers, 'access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const rule = findRule(bucket, { origin, method, headers: asked });
  if (rule === undefined) {
    throw new ServiceError(
      'AccessForbidden',
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      403,
      details,
    );
  }
  return {
    status: 200,
    headers: {
      ...ruleHeaders(rule, origin),
      ...(asked.length > 0 && { 'access-control-allow-headers': asked.join(', ') }),
    },
  };
}

interface Asked {
  readonly origin: string;
  readonly method: string;
  /** In lower case. */
  readonly headers: readonly string[];
}

function findRule(bucket: BucketRecord | undefined, { origin, method, headers }: Asked): CorsRule | undefined {
  return bucket?.settings.corsRules?.find(
    ({ allowedOrigins, allowedMethods, allowedHeaders }) =>
      allowedOrigins.some((pattern) => fits(origin, pattern)) &&
      allowedMethods.includes(method) &&
      headers.every((name) => allowedHeaders.some((pattern) => fits(name, pattern.toLowerCase()))),
  );
}

function ruleHeaders(rule: CorsRule, origin: string): Readonly<Record<string, string>> {
  const isForAll = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isForAll ? '*' : origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    ...(rule.exposeHeaders.length > 0 && { 'access-control-expose-headers': rule.exposeHeaders.join(', ') }),
    ...(rule.maxAgeSeconds !== undefined && { 'access-control-max-age': String(rule.maxAgeSeconds) }),
    ...(!isForAll && { 'access-control-allow-credentials': 'true' }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/** A pattern has at most one `*`. */
function fits(text: string, pattern: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) {
    return text === pattern;
  }
  const isLongEnough = text.length >= pattern.length - 1;
  return isLongEnough && text.startsWith(pattern.slice(0, star)) && text.endsWith(pattern.slice(star + 1));
}
