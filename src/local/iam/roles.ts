import type { DatabaseSync } from 'node:sqlite';
import { Fields } from '../fields.js';
import { ServiceError } from '../http/serviceError.js';
import type { QueryOperation, XmlNode } from '../http/services.js';
import { alphabets, randomText } from '../identifiers.js';
import { pageOf } from '../pages.js';
import { query, run, rowExists } from '../records.js';
import type { IamDependencies } from './iamService.js';

interface RoleRow {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly trust: string;
  readonly description: string | null;
  readonly max_session: number;
  readonly created_at: number;
}

export const namePattern = /^[\w+=,.@-]+$/u;
const pathPattern = /^(\/|\/[!-~]+\/)$/u;

export function iamFields(form: ReadonlyMap<string, string>): Fields {
  return new Fields(Object.fromEntries(form), 'ValidationError');
}

export function roleName(form: ReadonlyMap<string, string>): string {
  return iamFields(form).text('RoleName', { min: 1, max: 64, pattern: namePattern });
}

export function roleOperations({ database, identity, clock }: IamDependencies): Record<string, QueryOperation> {
  const arn = (row: RoleRow): string => `arn:aws:iam::${identity.accountId}:role${row.path}${row.name}`;
  const described = (row: RoleRow): XmlNode => ({
    Path: row.path,
    RoleName: row.name,
    RoleId: row.id,
    Arn: arn(row),
    CreateDate: isoSeconds(row.created_at),
    AssumeRolePolicyDocument: encodeURIComponent(row.trust),
    Description: row.description ?? undefined,
    MaxSessionDuration: String(row.max_session),
  });

  return {
    CreateRole(form) {
      const fields = iamFields(form);
      const name = roleName(form);
      const row = {
        name,
        id: `AROA${randomText(17, alphabets.digitsAndUpperCase)}`,
        path: fields.optionalText('Path', { max: 512, pattern: pathPattern }) ?? '/',
        trust: policyDocument(fields.text('AssumeRolePolicyDocument')),
        description: fields.optionalText('Description', { max: 1_000 }) ?? null,
        max_session: Number(fields.optionalText('MaxSessionDuration', { pattern: /^\d{4,5}$/u }) ?? '3600'),
        created_at: clock.now().getTime(),
      };
      if (rowExists(database, 'SELECT 1 FROM iam_roles WHERE name = ?', name)) {
        throw new ServiceError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
      }
      run(
        database,
        `INSERT INTO iam_roles (name, id, path, trust, description, max_session, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        ...Object.values(row),
      );
      return { Role: described(row) };
    },

    GetRole: (form) => ({ Role: described(existingRole(database, roleName(form))) }),

    ListRoles(form) {
      const fields = iamFields(form);
      const prefix = fields.optionalText('PathPrefix') ?? '/';
      const rows = query<RoleRow>(database, 'SELECT * FROM iam_roles ORDER BY name').all();
      return listed('Roles', rows.filter((row) => row.path.startsWith(prefix)).map(described), fields);
    },

    UpdateAssumeRolePolicy(form) {
      const { name } = existingRole(database, roleName(form));
      const trust = policyDocument(iamFields(form).text('PolicyDocument'));
      run(database, 'UPDATE iam_roles SET trust = ? WHERE name = ?', trust, name);
      return undefined;
    },

    DeleteRole(form) {
      const { name } = existingRole(database, roleName(form));
      const isInUse =
        rowExists(database, 'SELECT 1 FROM iam_role_policies WHERE role = ?', name) ||
        rowExists(database, 'SELECT 1 FROM iam_attachments WHERE role = ?', name);
      if (isInUse) {
        throw new ServiceError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409);
      }
      run(database, 'DELETE FROM iam_roles WHERE name = ?', name);
      return undefined;
    },

    ListRoleTags: (form) => {
      existingRole(database, roleName(form));
      return { Tags: [], IsTruncated: 'false' };
    },
    ListInstanceProfilesForRole: (form) => {
      existingRole(database, roleName(form));
      return { InstanceProfiles: [], IsTruncated: 'false' };
    },
  };
}

export function existingRole(database: DatabaseSync, name: string): RoleRow {
  const row = query<RoleRow>(database, 'SELECT * FROM iam_roles WHERE name = ?').one(name);
  if (row === undefined) {
    throw new ServiceError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
  }
  return row;
}

/** Whether SageMaker may take on the role: it exists, and its trust policy says so. */
export function isSageMakerRole(database: DatabaseSync, arn: string, accountId: string): boolean {
  const [, account, path = '', name = ''] = /^arn:aws[a-z-]*:iam::(\d{12}):role(\/.*\/|\/)([^/]+)$/u.exec(arn) ?? [];
  const row = query<RoleRow>(database, 'SELECT * FROM iam_roles WHERE name = ?').one(name);
  return account === accountId && row?.path === path && row.trust.includes('sagemaker.amazonaws.com');
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
