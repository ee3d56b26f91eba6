import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../../../src/core/json.js';
import { cognitoService } from '../../../../src/local/cognito/cognitoService.js';
import type { Mail } from '../../../../src/local/cognito/outbox.js';
import { verifyPassword } from '../../../../src/local/cognito/passwords.js';
import { query, run } from '../../../../src/local/records.js';
import { createTables } from '../../../../src/local/schema.js';
import { identity } from '../../../support/engineLab.js';
import { FakeClock } from '../../../support/fakeClock.js';

describe('Cognito', () => {
  let database: DatabaseSync;
  let mails: Mail[];
  let mailError: Error | undefined;
  let call: (operation: string, input: JsonObject) => Promise<JsonObject>;
  beforeEach(() => {
    database = new DatabaseSync(':memory:');
    createTables(database);
    mails = [];
    mailError = undefined;
    const outbox = {
      send(mail: Mail) {
        if (mailError !== undefined) {
          throw mailError;
        }
        mails.push(mail);
      },
    };
    const { operations } = cognitoService({ database, identity, clock: new FakeClock(), outbox });
    call = async (operation, input) => (await operations[operation]?.(input)) ?? {};
  });

  it('invites a new user with the words of the pool', async () => {
    const pool = await createPool({
      AdminCreateUserConfig: {
        InviteMessageTemplate: { EmailSubject: 'Welcome', EmailMessage: '<b>{username}</b> {####} {username}' },
      },
    });
    const { User: user } = await call('AdminCreateUser', { UserPoolId: pool, Username: 'a&b@example.org' });
    assert.equal((user as JsonObject)['UserStatus'], 'FORCE_CHANGE_PASSWORD');
    const [mail] = mails;
    assert.ok(mail);
    assert.equal(mail.to, 'a&b@example.org');
    assert.equal(mail.subject, 'Welcome');
    const [, password = ''] = /^<b>a&amp;b@example.org<\/b> (\S+) a&amp;b@example.org$/u.exec(mail.html) ?? [];
    assert.ok(password.length >= 8, mail.html);
    assert.ok(await verifyPassword(password, storedPassword()), 'the password of the mail is the right one');
    assert.ok(!storedPassword().includes(password));
  });

  it('sends no mail when it is told not to, and another when it is asked again', async () => {
    const pool = await createPool();
    const user = { UserPoolId: pool, Username: 'a@example.org' };
    await call('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' });
    assert.equal(mails.length, 0);
    await call('AdminCreateUser', { ...user, MessageAction: 'RESEND' });
    assert.equal(mails.length, 1);
    const [, password = ''] = /password is (\S+)\.$/u.exec(mails[0]?.html ?? '') ?? [];
    assert.ok(await verifyPassword(password.replaceAll('&amp;', '&'), storedPassword()));
    await assert.rejects(call('AdminCreateUser', user), { code: 'UsernameExistsException' });
  });

  it('gives users of a pool that signs in with addresses a name of its own', async () => {
    const pool = await createPool({ UsernameAttributes: ['email'] });
    const { User: created } = await call('AdminCreateUser', { UserPoolId: pool, Username: 'a@example.org' });
    assert.match((created as { Username: string }).Username, /^[\da-f-]{36}$/u);
    const found = await call('AdminGetUser', { UserPoolId: pool, Username: 'a@example.org' });
    assert.equal(found['Username'], (created as JsonObject)['Username']);
    await assert.rejects(call('AdminGetUser', { UserPoolId: pool, Username: 'A@example.org' }), {
      code: 'UserNotFoundException',
    });
  });

  for (const UsernameAttributes of [[], ['email']]) {
    it(`makes one user of the same request sent several times at once${UsernameAttributes.length > 0 ? ', where addresses are the names' : ''}`, async () => {
      const pool = await createPool({ UsernameAttributes });
      const requests = [1, 2, 3].map(async () =>
        call('AdminCreateUser', { UserPoolId: pool, Username: 'a@example.org' }),
      );
      const settled = await Promise.allSettled(requests);
      const refused = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      assert.deepEqual(
        refused.map((error) => (error as { code: string }).code),
        ['UsernameExistsException', 'UsernameExistsException'],
      );
      assert.equal(mails.length, 1);
      const { Users: users } = await call('ListUsers', { UserPoolId: pool });
      assert.equal((users as readonly unknown[]).length, 1);
    });
  }

  it('takes a null for a member that is not there', async () => {
    const pool = await createPool({
      Schema: null,
      AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: null, SMSMessage: null } },
    });
    const { UserPool: described } = await call('DescribeUserPool', { UserPoolId: pool });
    assert.equal('SchemaAttributes' in (described as JsonObject), false);
    await call('AdminCreateUser', { UserPoolId: pool, Username: 'a@example.org', UserAttributes: null });
    assert.match(mails[0]?.html ?? '', /temporary password is/u);
  });

  it('makes no user whose invitation cannot be sent', async () => {
    const pool = await createPool();
    const user = { UserPoolId: pool, Username: 'a@example.org' };
    mailError = new Error('no space left on device');
    await assert.rejects(call('AdminCreateUser', user), /no space/u);
    mailError = undefined;
    await call('AdminCreateUser', user);
    assert.equal(mails.length, 1);
  });

  it('does not invite anew whoever has chosen a password meanwhile', async () => {
    const pool = await createPool();
    const user = { UserPoolId: pool, Username: 'a@example.org' };
    await call('AdminCreateUser', user);
    const resent = call('AdminCreateUser', { ...user, MessageAction: 'RESEND' });
    run(database, `UPDATE users SET status = 'CONFIRMED', password = 'own'`);
    await assert.rejects(resent, { code: 'UnsupportedUserStateException' });
    assert.equal(storedPassword(), 'own');
    assert.equal(mails.length, 1);
  });

  it('forgets a user, and the memberships', async () => {
    const pool = await createPool();
    await call('CreateGroup', { UserPoolId: pool, GroupName: 'group' });
    const user = { UserPoolId: pool, Username: 'a@example.org' };
    await call('AdminCreateUser', user);
    await call('AdminAddUserToGroup', { ...user, GroupName: 'group' });
    assert.deepEqual(await namesIn(pool, 'group'), ['a@example.org']);
    await call('AdminDeleteUser', user);
    assert.deepEqual(await namesIn(pool, 'group'), []);
  });

  const filters: readonly { readonly filter: string; readonly users: readonly string[] }[] = [
    { filter: '', users: ['ann@example.org', 'bob@example.org'] },
    { filter: 'email = "bob@example.org"', users: ['bob@example.org'] },
    { filter: 'username ^= "a"', users: ['ann@example.org'] },
    { filter: 'status = "Disabled"', users: ['bob@example.org'] },
    { filter: 'cognito:user_status = "CONFIRMED"', users: [] },
  ];
  for (const { filter, users } of filters) {
    it(`lists users by ${filter === '' ? 'nothing' : filter}`, async () => {
      const pool = await createPool();
      for (const name of ['ann@example.org', 'bob@example.org']) {
        await call('AdminCreateUser', { UserPoolId: pool, Username: name, MessageAction: 'SUPPRESS' });
      }
      await call('AdminDisableUser', { UserPoolId: pool, Username: 'bob@example.org' });
      const { Users: found } = await call('ListUsers', { UserPoolId: pool, Filter: filter });
      assert.deepEqual(
        (found as readonly { readonly Username: string }[]).map(({ Username }) => Username),
        users,
      );
    });
  }

  it('resets what an update of a pool leaves out', async () => {
    const schema = [{ Name: 'email', Required: true }];
    const pool = await createPool({
      AutoVerifiedAttributes: ['email'],
      UsernameAttributes: ['email'],
      Schema: schema,
    });
    await call('UpdateUserPool', { UserPoolId: pool, MfaConfiguration: 'OFF' });
    const { UserPool: described } = await call('DescribeUserPool', { UserPoolId: pool });
    assert.equal((described as JsonObject)['AutoVerifiedAttributes'], undefined);
    assert.deepEqual((described as JsonObject)['UsernameAttributes'], ['email']);
    assert.deepEqual((described as JsonObject)['SchemaAttributes'], schema);
  });

  const refusals: readonly {
    readonly name: string;
    readonly operation: string;
    readonly input: JsonObject;
    readonly code: string;
  }[] = [
    { name: 'a pool without a name', operation: 'CreateUserPool', input: {}, code: 'InvalidParameterException' },
    {
      name: 'an invitation without a password',
      operation: 'CreateUserPool',
      input: { PoolName: 'p', AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: '{username}' } } },
      code: 'InvalidParameterException',
    },
    {
      name: 'an unknown pool',
      operation: 'ListUsers',
      input: { UserPoolId: 'us-east-1_x' },
      code: 'ResourceNotFoundException',
    },
    {
      name: 'a pool id of the wrong form',
      operation: 'ListUsers',
      input: { UserPoolId: 'x' },
      code: 'InvalidParameterException',
    },
    { name: 'a group twice', operation: 'CreateGroup', input: { GroupName: 'twice' }, code: 'GroupExistsException' },
    {
      name: 'an unknown group',
      operation: 'GetGroup',
      input: { GroupName: 'nobody' },
      code: 'ResourceNotFoundException',
    },
    {
      name: 'an unknown user',
      operation: 'AdminGetUser',
      input: { Username: 'nobody' },
      code: 'UserNotFoundException',
    },
    {
      name: 'a short password',
      operation: 'AdminCreateUser',
      input: { Username: 'a', TemporaryPassword: 'short' },
      code: 'InvalidPasswordException',
    },
    {
      name: 'attributes that are no list',
      operation: 'AdminCreateUser',
      input: { Username: 'a', UserAttributes: 'email' },
      code: 'SerializationException',
    },
    {
      name: 'an attribute that is no structure',
      operation: 'AdminCreateUser',
      input: { Username: 'a', UserAttributes: [null] },
      code: 'SerializationException',
    },
    {
      name: 'an attribute without a name',
      operation: 'AdminCreateUser',
      input: { Username: 'a', UserAttributes: [{ Value: 'a@example.org' }] },
      code: 'InvalidParameterException',
    },
    {
      name: 'a second domain',
      operation: 'CreateUserPoolDomain',
      input: { Domain: 'other' },
      code: 'InvalidParameterException',
    },
    {
      name: 'deleting a pool with a domain',
      operation: 'DeleteUserPool',
      input: {},
      code: 'InvalidParameterException',
    },
    {
      name: 'an unknown client',
      operation: 'DescribeUserPoolClient',
      input: { ClientId: 'x' },
      code: 'ResourceNotFoundException',
    },
    { name: 'a broken filter', operation: 'ListUsers', input: { Filter: 'email' }, code: 'InvalidParameterException' },
  ];
  for (const { name, operation, input, code } of refusals) {
    it(`refuses ${name} with ${code}`, async () => {
      const UserPoolId = await createPool();
      await call('CreateGroup', { UserPoolId, GroupName: 'twice' });
      await call('CreateUserPoolDomain', { UserPoolId, Domain: 'domain' });
      await assert.rejects(call(operation, { UserPoolId, ...input }), { code });
    });
  }

  async function createPool(settings: JsonObject = {}): Promise<string> {
    const { UserPool: pool } = await call('CreateUserPool', { PoolName: 'pool', ...settings });
    return (pool as { Id: string }).Id;
  }

  async function namesIn(pool: string, group: string): Promise<readonly string[]> {
    const { Users: users } = await call('ListUsersInGroup', { UserPoolId: pool, GroupName: group });
    return (users as readonly { readonly Username: string }[]).map(({ Username }) => Username);
  }

  function storedPassword(): string {
    return query<{ readonly password: string }>(database, 'SELECT password FROM users').one()?.password ?? '';
  }
});
