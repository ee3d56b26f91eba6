import { Fields } from '../fields.js';
import { ServiceError } from '../http/serviceError.js';
import type { XmlNode } from '../http/services.js';
import { pageOf } from '../pages.js';

export const namePattern = /^[\w+=,.@-]+$/u;

export function iamFields(form: ReadonlyMap<string, string>): Fields {
  return new Fields(Object.fromEntries(form), 'ValidationError');
}

export function listed(element: string, members: readonly XmlNode[], fields: Fields): XmlNode {
  const page = pageOf(members, {
    token: fields.optionalText('Marker'),
    size: Number(fields.optionalText('MaxItems', { pattern: /^([1-9]\d{0,2}|1000)$/u }) ?? '100'),
    keyOf: (member) => JSON.stringify(member), // With its name, or its ARN.
    errorCode: 'ValidationError',
  });
  return { [element]: page.items, IsTruncated: String(page.nextToken !== undefined), Marker: page.nextToken };
}

/** The document as it was given, once it is JSON with statements. */
export function policyDocument(text: string): string {
  let statement: unknown;
  try {
    const document: unknown = JSON.parse(text);
    statement = typeof document === 'object' && document !== null && 'Statement' in document && document.Statement;
  } catch {
    statement = undefined;
  }
  if (typeof statement !== 'object' || statement === null) {
    throw new ServiceError('MalformedPolicyDocument', 'This policy contains invalid Json');
  }
  return text;
}

/** As IAM writes times: without milliseconds. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/u, 'Z');
}
