import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import type { XmlNode } from '../../../../src/local/http/services.js';
import { iamService } from '../../../../src/local/iam/iamService.js';
import { createTables } from '../../../../src/local/schema.js';
import { identity } from '../../../support/engineLab.js';
import { FakeClock } from '../../../support/fakeClock.js';

const trust = '{"Version":"2012-10-17","Statement":[]}';

describe('IAM', () => {
  let call: (action: string, form: Readonly<Record<string, string>>) => Promise<XmlNode | undefined>;
  beforeEach(async () => {
    const database = new DatabaseSync(':memory:');
    createTables(database);
    const { operations } = iamService({ database, identity, clock: new FakeClock() });
    call = async (action, form) => operations[action]?.(new Map(Object.entries(form)));
    await call('CreateRole', { RoleName: 'role', Path: '/service-role/', AssumeRolePolicyDocument: trust });
  });

  it('describes a role', async () => {
    const { Role: role } = (await call('GetRole', { RoleName: 'role' })) as { Role: Record<string, string> };
    assert.equal(role['Arn'], 'arn:aws:iam::111122223333:role/service-role/role');
    assert.equal(decodeURIComponent(role['AssumeRolePolicyDocument'] ?? ''), trust);
    assert.equal(role['CreateDate'], '2026-11-23T10:00:00Z');
    assert.match(role['RoleId'] ?? '', /^AROA[A-Z\d]{17}$/u);
  });

  it('lists roles under a path, page by page', async () => {
    for (const name of ['a', 'b', 'c']) {
      await call('CreateRole', { RoleName: name, AssumeRolePolicyDocument: trust });
    }
    const names: string[] = [];
    let marker: string | undefined;
    do {
      const page = (await call('ListRoles', { MaxItems: '2', ...(marker !== undefined && { Marker: marker }) })) as {
        Roles: readonly { RoleName: string }[];
        IsTruncated: string;
        Marker?: string;
      };
      names.push(...page.Roles.map(({ RoleName }) => RoleName));
      marker = page.Marker;
      assert.equal(page.IsTruncated, String(marker !== undefined));
    } while (marker !== undefined);
    assert.deepEqual(names, ['a', 'b', 'c', 'role']);
    const under = (await call('ListRoles', { PathPrefix: '/service-role/' })) as { Roles: readonly unknown[] };
    assert.equal(under.Roles.length, 1);
  });

  it('keeps a role that has policies', async () => {
    await call('PutRolePolicy', { RoleName: 'role', PolicyName: 'p', PolicyDocument: trust });
    await call('AttachRolePolicy', {
      RoleName: 'role',
      PolicyArn: 'arn:aws:iam::aws:policy/AmazonSageMakerFullAccess',
    });
    await assert.rejects(call('DeleteRole', { RoleName: 'role' }), { code: 'DeleteConflict', status: 409 });
    await call('DeleteRolePolicy', { RoleName: 'role', PolicyName: 'p' });
    await assert.rejects(call('DeleteRole', { RoleName: 'role' }), { code: 'DeleteConflict' });
    await call('DetachRolePolicy', {
      RoleName: 'role',
      PolicyArn: 'arn:aws:iam::aws:policy/AmazonSageMakerFullAccess',
    });
    await call('DeleteRole', { RoleName: 'role' });
    await assert.rejects(call('GetRole', { RoleName: 'role' }), { code: 'NoSuchEntity', status: 404 });
  });

  it('gives a policy back as it was put', async () => {
    await call('PutRolePolicy', { RoleName: 'role', PolicyName: 'p', PolicyDocument: '{"Statement":{}}' });
    await call('PutRolePolicy', { RoleName: 'role', PolicyName: 'p', PolicyDocument: trust });
    const reply = (await call('GetRolePolicy', { RoleName: 'role', PolicyName: 'p' })) as Record<string, string>;
    assert.equal(decodeURIComponent(reply['PolicyDocument'] ?? ''), trust);
    const { PolicyNames: names } = (await call('ListRolePolicies', { RoleName: 'role' })) as { PolicyNames: XmlNode };
    assert.deepEqual(names, ['p']);
  });

  const refusals = [
    {
      name: 'a role twice',
      action: 'CreateRole',
      form: { RoleName: 'ROLE', AssumeRolePolicyDocument: trust },
      code: 'EntityAlreadyExists',
    },
    {
      name: 'a name of the wrong form',
      action: 'CreateRole',
      form: { RoleName: 'a b', AssumeRolePolicyDocument: trust },
      code: 'ValidationError',
    },
    {
      name: 'a name that is too long',
      action: 'CreateRole',
      form: { RoleName: 'x'.repeat(65), AssumeRolePolicyDocument: trust },
      code: 'ValidationError',
    },
    {
      name: 'a broken policy',
      action: 'CreateRole',
      form: { RoleName: 'new', AssumeRolePolicyDocument: '{' },
      code: 'MalformedPolicyDocument',
    },
    {
      name: 'a policy of an unknown role',
      action: 'PutRolePolicy',
      form: { RoleName: 'x', PolicyName: 'p', PolicyDocument: trust },
      code: 'NoSuchEntity',
    },
    {
      name: 'an unknown policy',
      action: 'GetRolePolicy',
      form: { RoleName: 'role', PolicyName: 'p' },
      code: 'NoSuchEntity',
    },
    {
      name: 'attaching a policy that does not exist',
      action: 'AttachRolePolicy',
      form: { RoleName: 'role', PolicyArn: 'arn:aws:iam::111122223333:policy/p' },
      code: 'NoSuchEntity',
    },
  ];
  for (const { name, action, form, code } of refusals) {
    it(`refuses ${name} with ${code}`, async () => assert.rejects(call(action, form), { code }));
  }
});
