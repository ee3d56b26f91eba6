import type { DatabaseSync } from 'node:sqlite';
import type { Fields } from '../fields.js';
import { ServiceError } from '../http/serviceError.js';
import type { Identity, QueryOperation, XmlNode } from '../http/services.js';
import { alphabets, randomText } from '../identifiers.js';
import { query, run, rowExists } from '../records.js';
import { inTransaction } from '../store/database.js';
import { deleteTags, tagsOf } from '../tagRecords.js';
import type { IamDependencies } from './iamService.js';
import { iamFields, isoSeconds, listed, namePattern, policyDocument } from './requests.js';
import { putTags, tagsIn } from './tags.js';
import { trustsSageMaker } from './trust.js';

interface RoleRow {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly trust: string;
  readonly description: string | null;
  readonly max_session: number;
  readonly created_at: number;
}

const pathPattern = /^(\/|\/[!-~]+\/)$/u;
const sessionSeconds = { shortest: 3_600, longest: 43_200 };

export function roleName(form: ReadonlyMap<string, string>): string {
  return iamFields(form).text('RoleName', { min: 1, max: 64, pattern: namePattern });
}

export function roleOperations({ database, identity, clock }: IamDependencies): Record<string, QueryOperation> {
  const described = (row: RoleRow): XmlNode => ({
    Path: row.path,
    RoleName: row.name,
    RoleId: row.id,
    Arn: roleArn(row, identity),
    CreateDate: isoSeconds(row.created_at),
    AssumeRolePolicyDocument: encodeURIComponent(row.trust),
    Description: row.description ?? undefined,
    MaxSessionDuration: String(row.max_session),
  });
  const describedWithTags = (row: RoleRow): XmlNode => {
    const tags = tagsOf(database, roleArn(row, identity));
    return { ...(described(row) as object), ...(tags.length > 0 && { Tags: tags }) };
  };

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
        max_session: maxSession(fields),
        created_at: clock.now().getTime(),
      };
      const tags = tagsIn(form);
      if (rowExists(database, 'SELECT 1 FROM iam_roles WHERE name = ?', name)) {
        throw new ServiceError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
      }
      inTransaction(database, () => {
        run(
          database,
          `INSERT INTO iam_roles (name, id, path, trust, description, max_session, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
          ...Object.values(row),
        );
        putTags(database, roleArn(row, identity), tags);
      });
      return { Role: describedWithTags(row) };
    },

    GetRole: (form) => ({ Role: describedWithTags(existingRole(database, roleName(form))) }),

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
      const role = existingRole(database, roleName(form));
      const { name } = role;
      const isInUse =
        rowExists(database, 'SELECT 1 FROM iam_role_policies WHERE role = ?', name) ||
        rowExists(database, 'SELECT 1 FROM iam_attachments WHERE role = ?', name);
      if (isInUse) {
        throw new ServiceError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409);
      }
      inTransaction(database, () => {
        run(database, 'DELETE FROM iam_roles WHERE name = ?', name);
        deleteTags(database, roleArn(role, identity));
      });
      return undefined;
    },

    ListInstanceProfilesForRole: (form) => {
      existingRole(database, roleName(form));
      return { InstanceProfiles: [], IsTruncated: 'false' };
    },
  };
}

export function roleArn({ path, name }: Pick<RoleRow, 'path' | 'name'>, { accountId }: Identity): string {
  return `arn:aws:iam::${accountId}:role${path}${name}`;
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
  return account === accountId && row?.path === path && trustsSageMaker(row.trust);
}

function maxSession(fields: Fields): number {
  const seconds = Number(fields.optionalText('MaxSessionDuration', { pattern: /^\d{1,9}$/u }) ?? '3600');
  if (seconds < sessionSeconds.shortest || seconds > sessionSeconds.longest) {
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value '${seconds}' at 'maxSessionDuration' failed to satisfy constraint: ` +
        `Member must have value between ${sessionSeconds.shortest} and ${sessionSeconds.longest}`,
    );
  }
  return seconds;
}
