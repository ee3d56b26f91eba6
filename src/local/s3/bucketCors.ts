import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import type { XmlElement } from '../http/xmlReader.js';
import type { CorsRule } from '../store/records.js';
import { requireBucketAccess } from './access.js';
import { changeSettings, withoutSetting } from './bucketSettings.js';
import { invalidRequest, malformedXml } from './errors.js';
import { emptyOk, noContent, xmlReply, type S3, type S3Request } from './s3.js';
import { xmlBody } from './smallBody.js';

const methods: ReadonlySet<string> = new Set(['GET', 'PUT', 'POST', 'DELETE', 'HEAD']);
const mostRules = 100;

export function getBucketCors(s3: S3, request: S3Request): Reply {
  const { name, settings } = requireBucketAccess(s3, request, 's3:GetBucketCORS');
  if (settings.corsRules === undefined) {
    throw new ServiceError('NoSuchCORSConfiguration', 'The CORS configuration does not exist', 404, {
      BucketName: name,
    });
  }
  return xmlReply('CORSConfiguration', {
    CORSRule: settings.corsRules.map((rule) => ({
      ID: rule.id,
      AllowedHeader: rule.allowedHeaders,
      AllowedMethod: rule.allowedMethods,
      AllowedOrigin: rule.allowedOrigins,
      ExposeHeader: rule.exposeHeaders,
      MaxAgeSeconds: rule.maxAgeSeconds,
    })),
  });
}

export async function putBucketCors(s3: S3, request: S3Request): Promise<Reply> {
  requireBucketAccess(s3, request, 's3:PutBucketCORS');
  const root = await xmlBody(request, 'CORSConfiguration');
  const corsRules = root.all('CORSRule').map(ruleOf);
  if (corsRules.length === 0 || corsRules.length > mostRules) {
    throw malformedXml();
  }
  await changeSettings(s3, request, (settings) => ({ ...settings, corsRules }));
  return emptyOk;
}

export async function deleteBucketCors(s3: S3, request: S3Request): Promise<Reply> {
  requireBucketAccess(s3, request, 's3:PutBucketCORS');
  await changeSettings(s3, request, (settings) => withoutSetting(settings, 'corsRules'));
  return noContent;
}

function ruleOf(element: XmlElement): CorsRule {
  const texts = (name: string): readonly string[] => element.all(name).map(({ text }) => text);
  const id = element.value('ID');
  const maxAge = element.value('MaxAgeSeconds');
  const rule = {
    allowedOrigins: texts('AllowedOrigin'),
    allowedMethods: texts('AllowedMethod'),
    allowedHeaders: texts('AllowedHeader'),
    exposeHeaders: texts('ExposeHeader'),
    ...(id !== undefined && { id }),
    ...(maxAge !== undefined && { maxAgeSeconds: secondsOf(maxAge) }),
  };
  if (rule.allowedOrigins.length === 0 || rule.allowedMethods.length === 0) {
    throw malformedXml();
  }
  const unknown = rule.allowedMethods.find((method) => !methods.has(method));
  if (unknown !== undefined) {
    throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`);
  }
  refuseManyWildcards('AllowedOrigin', rule.allowedOrigins);
  refuseManyWildcards('AllowedHeader', rule.allowedHeaders);
  const unfit = rule.exposeHeaders.find((name) => !/^[!#$%&'*+.^`|~\w-]+$/u.test(name));
  if (unfit !== undefined) {
    throw invalidRequest(`ExposeHeader "${unfit}" contains an invalid character.`);
  }
  return rule;
}

function refuseManyWildcards(name: string, patterns: readonly string[]): void {
  const bad = patterns.find((pattern) => pattern.indexOf('*') !== pattern.lastIndexOf('*'));
  if (bad !== undefined) {
    throw invalidRequest(`${name} "${bad}" can not have more than one wildcard.`);
  }
}

function secondsOf(text: string): number {
  if (!/^\d{1,9}$/u.test(text.trim())) {
    throw malformedXml();
  }
  return Number(text);
}
