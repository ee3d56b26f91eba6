import { ServiceError } from '../http/serviceError.js';
import type { QueryOperation } from '../http/services.js';
import { alphabets, randomText } from '../identifiers.js';
import { query, rowExists, run } from '../records.js';
import type { IamDependencies } from './iamService.js';
import { iamFields, isoSeconds, listed, namePattern, policyDocument } from './requests.js';
import { existingRole, roleName } from './roles.js';

interface PolicyRow {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly document: string;
  readonly created_at: number;
}

const policyNames = { min: 1, max: 128, pattern: namePattern };
const policyPaths = { max: 512, pattern: /^(\/[\w.,+@=-]+)*\/$/u };
const arns = { min: 20, max: 2_048 };

/** Policies that are written into a role. */
export function rolePolicyOperations({ database }: IamDependencies): Record<string, QueryOperation> {
  return {
    PutRolePolicy(form) {
      const { name } = existingRole(database, roleName(form));
      const fields = iamFields(form);
      run(
        database,
        `INSERT INTO iam_role_policies (role, name, document) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET document = excluded.document`,
        name,
        fields.text('PolicyName', policyNames),
        policyDocument(fields.text('PolicyDocument')),
      );
      return undefined;
    },

    GetRolePolicy(form) {
      const { name } = existingRole(database, roleName(form));
      const policyName = iamFields(form).text('PolicyName', policyNames);
      const row = query<{ readonly document: string }>(
        database,
        'SELECT document FROM iam_role_policies WHERE role = ? AND name = ?',
      ).one(name, policyName);
      if (row === undefined) {
        throw noSuchPolicy(policyName);
      }
      return { RoleName: name, PolicyName: policyName, PolicyDocument: encodeURIComponent(row.document) };
    },

    ListRolePolicies(form) {
      const { name } = existingRole(database, roleName(form));
      const rows = query<{ readonly name: string }>(
        database,
        'SELECT name FROM iam_role_policies WHERE role = ? ORDER BY name',
      ).all(name);
      return listed(
        'PolicyNames',
        rows.map((row) => row.name),
        iamFields(form),
      );
    },

    DeleteRolePolicy(form) {
      const { name } = existingRole(database, roleName(form));
      const policyName = iamFields(form).text('PolicyName', policyNames);
      if (run(database, 'DELETE FROM iam_role_policies WHERE role = ? AND name = ?', name, policyName) === 0) {
        throw noSuchPolicy(policyName);
      }
      return undefined;
    },
  };
}

/** Policies that stand by themselves and are attached to roles. AWS's own can be attached without being made. */
export function managedPolicyOperations({
  database,
  identity,
  clock,
}: IamDependencies): Record<string, QueryOperation> {
  const attachments = (arn: string): string =>
    String(query(database, 'SELECT 1 FROM iam_attachments WHERE policy_arn = ?').all(arn).length);
  const described = (row: PolicyRow) => ({
    PolicyName: row.name,
    PolicyId: row.id,
    Arn: row.arn,
    Path: row.path,
    DefaultVersionId: 'v1',
    AttachmentCount: attachments(row.arn),
    IsAttachable: 'true',
    CreateDate: isoSeconds(row.created_at),
    UpdateDate: isoSeconds(row.created_at),
  });
  const existing = (arn: string): PolicyRow => {
    const row = query<PolicyRow>(database, 'SELECT * FROM iam_policies WHERE arn = ?').one(arn);
    if (row === undefined) {
      throw new ServiceError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
    }
    return row;
  };

  return {
    CreatePolicy(form) {
      const fields = iamFields(form);
      const name = fields.text('PolicyName', policyNames);
      const path = fields.optionalText('Path', policyPaths) ?? '/';
      const row: PolicyRow = {
        arn: `arn:aws:iam::${identity.accountId}:policy${path}${name}`,
        id: `ANPA${randomText(17, alphabets.digitsAndUpperCase)}`,
        name,
        path,
        document: policyDocument(fields.text('PolicyDocument')),
        created_at: clock.now().getTime(),
      };
      if (rowExists(database, 'SELECT 1 FROM iam_policies WHERE name = ?', name)) {
        throw new ServiceError('EntityAlreadyExists', `A policy called ${name} already exists.`, 409);
      }
      run(
        database,
        'INSERT INTO iam_policies (arn, id, name, path, document, created_at) VALUES (?, ?, ?, ?, ?, ?)',
        row.arn,
        row.id,
        row.name,
        row.path,
        row.document,
        row.created_at,
      );
      return { Policy: described(row) };
    },

    GetPolicy: (form) => ({ Policy: described(existing(iamFields(form).text('PolicyArn', arns))) }),

    GetPolicyVersion(form) {
      const row = existing(iamFields(form).text('PolicyArn', arns));
      return {
        PolicyVersion: {
          Document: encodeURIComponent(row.document),
          VersionId: 'v1',
          IsDefaultVersion: 'true',
          CreateDate: isoSeconds(row.created_at),
        },
      };
    },

    ListPolicies: (form) => {
      const rows = query<PolicyRow>(database, 'SELECT * FROM iam_policies ORDER BY name').all();
      return listed('Policies', rows.map(described), iamFields(form));
    },

    ListPolicyVersions(form) {
      const row = existing(iamFields(form).text('PolicyArn', arns));
      const version = { VersionId: 'v1', IsDefaultVersion: 'true', CreateDate: isoSeconds(row.created_at) };
      return { Versions: [version], IsTruncated: 'false' };
    },

    DeletePolicy(form) {
      const { arn } = existing(iamFields(form).text('PolicyArn', arns));
      if (attachments(arn) !== '0') {
        throw new ServiceError('DeleteConflict', 'Cannot delete a policy attached to entities.', 409);
      }
      run(database, 'DELETE FROM iam_policies WHERE arn = ?', arn);
      return undefined;
    },

    AttachRolePolicy(form) {
      const { name } = existingRole(database, roleName(form));
      const arn = iamFields(form).text('PolicyArn', arns);
      if (!/^arn:aws[a-z-]*:iam::aws:policy\//u.test(arn)) {
        existing(arn);
      }
      run(database, 'INSERT OR IGNORE INTO iam_attachments (role, policy_arn) VALUES (?, ?)', name, arn);
      return undefined;
    },

    DetachRolePolicy(form) {
      const { name } = existingRole(database, roleName(form));
      const arn = iamFields(form).text('PolicyArn', arns);
      if (run(database, 'DELETE FROM iam_attachments WHERE role = ? AND policy_arn = ?', name, arn) === 0) {
        throw new ServiceError('NoSuchEntity', `Policy ${arn} was not found.`, 404);
      }
      return undefined;
    },

    ListAttachedRolePolicies(form) {
      const { name } = existingRole(database, roleName(form));
      const rows = query<{ readonly policy_arn: string }>(
        database,
        'SELECT policy_arn FROM iam_attachments WHERE role = ? ORDER BY policy_arn',
      ).all(name);
      const policies = rows.map(({ policy_arn: arn }) => ({
        PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
        PolicyArn: arn,
      }));
      return listed('AttachedPolicies', policies, iamFields(form));
    },
  };
}

function noSuchPolicy(name: string): ServiceError {
  return new ServiceError('NoSuchEntity', `The role policy with name ${name} cannot be found.`, 404);
}
