import { createHash } from 'node:crypto';
import { header } from '../http/incoming.js';
import { ServiceError } from '../http/serviceError.js';
import { accessDenied } from '../http/signatureRefusals.js';
import type { XmlContent } from '../http/xml.js';
import type { XmlElement } from '../http/xmlReader.js';
import type { Acl, Grant, Permission } from '../store/records.js';
import { invalidArgument, invalidRequest, malformedXml } from './errors.js';
import type { S3Request } from './s3.js';

export const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
const authenticatedUsers = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
const logDelivery = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

const groups: ReadonlySet<string> = new Set([allUsers, authenticatedUsers, logDelivery]);

const permissions: readonly Permission[] = ['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'];

/** What each canned ACL grants besides the owner's full control. The owner of all is one, so that some grant nothing. */
const cannedGrants = new Map<string, Acl>([
  ['private', []],
  ['public-read', [{ grantee: { group: allUsers }, permission: 'READ' }]],
  [
    'public-read-write',
    [
      { grantee: { group: allUsers }, permission: 'READ' },
      { grantee: { group: allUsers }, permission: 'WRITE' },
    ],
  ],
  ['authenticated-read', [{ grantee: { group: authenticatedUsers }, permission: 'READ' }]],
  ['bucket-owner-read', []],
  ['bucket-owner-full-control', []],
  ['aws-exec-read', []],
  [
    'log-delivery-write',
    [
      { grantee: { group: logDelivery }, permission: 'WRITE' },
      { grantee: { group: logDelivery }, permission: 'READ_ACP' },
    ],
  ],
]);

const grantHeaders: Readonly<Record<string, Permission>> = {
  'x-amz-grant-full-control': 'FULL_CONTROL',
  'x-amz-grant-read': 'READ',
  'x-amz-grant-read-acp': 'READ_ACP',
  'x-amz-grant-write': 'WRITE',
  'x-amz-grant-write-acp': 'WRITE_ACP',
};

/** An account's name in ACLs. */
export function canonicalId(accountId: string): string {
  return createHash('sha256').update(`canonical id of ${accountId}`).digest('hex');
}

export function privateAcl(ownerId: string): Acl {
  return [{ grantee: { id: ownerId }, permission: 'FULL_CONTROL' }];
}

export function isPublic(acl: Acl): boolean {
  return acl.some(
    ({ grantee }) => 'group' in grantee && (grantee.group === allUsers || grantee.group === authenticatedUsers),
  );
}

/** The ACL that the request's headers ask for; `undefined` where they ask for none. */
export function aclFromHeaders({ headers }: S3Request, ownerId: string): Acl | undefined {
  const canned = header(headers, 'x-amz-acl');
  const grants = Object.entries(grantHeaders).flatMap(([name, permission]) => {
    const grantees = header(headers, name);
    return grantees === undefined ? [] : grantees.split(',').map((text) => grantFromHeader(text, permission, ownerId));
  });
  if (canned === undefined) {
    return grants.length === 0 ? undefined : grants;
  }
  if (grants.length > 0) {
    throw invalidRequest('Specifying both Canned ACLs and Header Grants is not allowed');
  }
  const others = cannedGrants.get(canned);
  if (others === undefined) {
    throw invalidArgument('', 'x-amz-acl', canned);
  }
  return [...privateAcl(ownerId), ...others];
}

export function aclFromXml(root: XmlElement | undefined, ownerId: string): Acl {
  const list = root?.name === 'AccessControlPolicy' ? root.child('AccessControlList') : undefined;
  if (list === undefined) {
    throw malformedXml();
  }
  const owner = root?.child('Owner')?.value('ID') ?? ownerId;
  if (owner !== ownerId) {
    throw accessDenied();
  }
  return list.all('Grant').map((grant) => {
    const permission = permissions.find((name) => name === grant.value('Permission'));
    const grantee = grant.child('Grantee');
    if (permission === undefined || grantee === undefined) {
      throw malformedXml();
    }
    return { grantee: granteeFromXml(grantee, ownerId), permission };
  });
}

export function aclToXml(acl: Acl, ownerId: string): { readonly [element: string]: XmlContent } {
  return {
    Owner: { ID: ownerId },
    AccessControlList: {
      Grant: acl.map(({ grantee, permission }) => ({
        Grantee: {
          '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
          ...('id' in grantee
            ? { '@xsi:type': 'CanonicalUser', ID: grantee.id }
            : { '@xsi:type': 'Group', URI: grantee.group }),
        },
        Permission: permission,
      })),
    },
  };
}

function grantFromHeader(text: string, permission: Permission, ownerId: string): Grant {
  const [, type, value] = /^\s*(id|uri|emailAddress)\s*=\s*"?([^"]*)"?\s*$/u.exec(text) ?? [];
  if (type === undefined || value === undefined) {
    throw invalidArgument('Argument format not recognized', 'x-amz-grant', text);
  }
  return { grantee: granteeOf(type, value, ownerId), permission };
}

function granteeFromXml(grantee: XmlElement, ownerId: string): Grant['grantee'] {
  const [uri, email, id] = ['URI', 'EmailAddress', 'ID'].map((name) => grantee.value(name));
  if (uri !== undefined) {
    return granteeOf('uri', uri, ownerId);
  }
  return email === undefined ? granteeOf('id', id ?? '', ownerId) : granteeOf('emailAddress', email, ownerId);
}

function granteeOf(type: string, value: string, ownerId: string): Grant['grantee'] {
  if (type === 'uri') {
    if (!groups.has(value)) {
      throw invalidArgument('Invalid group uri', 'uri', value);
    }
    return { group: value };
  }
  if (type === 'emailAddress') {
    throw new ServiceError(
      'UnresolvableGrantByEmailAddress',
      'The e-mail address you provided does not match any account on record.',
    );
  }
  if (value !== ownerId) {
    throw invalidArgument('Invalid id', 'CanonicalUser/ID', value);
  }
  return { id: value };
}
