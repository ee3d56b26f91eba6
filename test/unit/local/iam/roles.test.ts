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

  it('keeps the tags of a role, until it is deleted', async () => {
    const form = { RoleName: 'tagged', AssumeRolePolicyDocument: trust };
    await call('CreateRole', {
      ...form,
      'Tags.member.1.Key': 'project',
      'Tags.member.1.Value': 'lab',
      'Tags.member.2.Key': 'empty',
      'Tags.member.2.Value': '',
    });
    await call('TagRole', { RoleName: 'tagged', 'Tags.member.1.Key': 'owner', 'Tags.member.1.Value': 'me' });
    await call('UntagRole', { RoleName: 'tagged', 'TagKeys.member.1': 'empty' });
    const tags = [
      { Key: 'owner', Value: 'me' },
      { Key: 'project', Value: 'lab' },
    ];
    assert.deepEqual(await tagsOf('tagged'), tags);
    const { Role: role } = (await call('GetRole', { RoleName: 'tagged' })) as { Role: { Tags: readonly object[] } };
    assert.deepEqual(plain(role.Tags), tags);
    await call('DeleteRole', { RoleName: 'tagged' });
    await call('CreateRole', form);
    assert.deepEqual(await tagsOf('tagged'), []);
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

  async function tagsOf(RoleName: string): Promise<readonly object[]> {
    const { Tags: tags } = (await call('ListRoleTags', { RoleName })) as { Tags: readonly object[] };
    return plain(tags);
  }

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
    ...['3599', '43201', '99999', 'x'].map((MaxSessionDuration) => ({
      name: `a session of ${MaxSessionDuration} seconds`,
      action: 'CreateRole',
      form: { RoleName: 'new', AssumeRolePolicyDocument: trust, MaxSessionDuration },
      code: 'ValidationError',
    })),
    ...['x', '/x', 'x/', '//'].map((Path) => ({
      name: `a policy under the path "${Path}"`,
      action: 'CreatePolicy',
      form: { PolicyName: 'p', PolicyDocument: trust, Path },
      code: 'ValidationError',
    })),
    {
      name: 'a tag without a value',
      action: 'CreateRole',
      form: { RoleName: 'new', AssumeRolePolicyDocument: trust, 'Tags.member.1.Key': 'project' },
      code: 'ValidationError',
    },
    {
      name: 'fifty-one tags',
      action: 'CreateRole',
      form: { RoleName: 'new', AssumeRolePolicyDocument: trust, ...tagFields(51) },
      code: 'LimitExceeded',
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

// Rows of the database have no prototype.
function plain(tags: readonly object[]): readonly object[] {
  return tags.map((tag) => ({ ...tag }));
}

function tagFields(count: number): Readonly<Record<string, string>> {
  const tags = Array.from({ length: count }, (_, index) => [
    [`Tags.member.${index + 1}.Key`, `key-${index}`] as const,
    [`Tags.member.${index + 1}.Value`, ''] as const,
  ]);
  return Object.fromEntries(tags.flat());
}
