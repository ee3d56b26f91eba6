import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { inspect } from 'node:util';
import { createAwsServices } from '../../src/aws/services.js';
import { Failure } from '../../src/core/failure.js';
import type { Target } from '../../src/core/ports.js';
import { startTestServer, type TestServer } from '../support/localServer.js';
import { roleEnd, type RoleGiver, startRoleGiver } from '../support/roleGiver.js';

const { signal } = new AbortController();
const target: Target = { kind: 'aws', profile: 'work', region: 'us-east-1' };

describe('a profile of the AWS configuration', () => {
  const variables = [
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_CONFIG_FILE',
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_STS',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_PROFILE',
  ] as const;
  const outside = new Map(variables.map((name) => [name, process.env[name]]));
  let folder: string;
  let server: TestServer;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aws-profile-'));
    server = await startTestServer();
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'credentials');
    process.env['AWS_CONFIG_FILE'] = join(folder, 'config');
    process.env['AWS_ENDPOINT_URL'] = server.endpoint;
  });

  after(async () => {
    for (const [name, value] of outside) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const signIn = (secretAccessKey: string) =>
    writeFile(
      join(folder, 'credentials'),
      `[work]\naws_access_key_id = ${server.accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );

  it('is read as it is when services are made: a later sign-in counts', async () => {
    await signIn('expired');
    const early = createAwsServices(target);
    await assert.rejects(early.account.identity(signal), (error) => Failure.is(error, 'aws.signedOut'));
    early.dispose();
    await signIn(server.secretAccessKey);
    const late = createAwsServices(target);
    assert.equal((await late.account.identity(signal)).accountId, server.accountId);
    late.dispose();
  });

  it('may be none: the environment’s keys count, whatever profile it names', async () => {
    await signIn('of-another');
    process.env['AWS_PROFILE'] = 'work';
    process.env['AWS_ACCESS_KEY_ID'] = server.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = server.secretAccessKey;
    const services = createAwsServices({ kind: 'aws', region: 'us-east-1' });
    assert.equal((await services.account.identity(signal)).accountId, server.accountId);
    services.dispose();
    for (const name of ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
      delete process.env[name];
    }
  });

  it('goes where its endpoints are, and the environment’s or another profile’s count no more', async () => {
    await signIn(server.secretAccessKey);
    const here = server.endpoint.replace('127.0.0.1', 'localhost');
    process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:9';
    try {
      const endpoints = { s3: here, sagemaker: here, cognito_identity_provider: here, iam: here, sts: here };
      const services = createAwsServices(target, { endpoints });
      assert.equal((await services.account.identity(signal)).accountId, server.accountId);
      await services.objects.createBucket('of-endpoints', signal); // In the path: no name leads to a host of its own.
      assert.deepEqual((await services.objects.listObjects({ bucket: 'of-endpoints' }, signal)).objects, []);
      assert.deepEqual(await services.privateTeams.list(signal), []);
      services.dispose();
      const nowhere = createAwsServices(target, { endpoints: { sts: 'http://127.0.0.1:9' } });
      await assert.rejects(
        nowhere.account.identity(signal),
        (error) => Failure.is(error, 'aws.unreachable') && error.details.endpoint === 'http://127.0.0.1:9',
      );
      nowhere.dispose();
    } finally {
      process.env['AWS_ENDPOINT_URL'] = server.endpoint;
    }
  });

  for (const [name, settings, reason] of [
    [
      'names nothing that gives them',
      ['region = us-east-1'],
      /^Could not resolve credentials using profile: \[broken\]/u,
    ],
    [
      'assumes a role as a profile that is not there',
      ['role_arn = arn:aws:iam::123456789012:role/lab', 'source_profile = nobody'],
      /^Could not resolve credentials using profile: \[nobody\]/u,
    ],
    [
      'runs a program that says what is to be done',
      [`credential_process = "${process.execPath}" -e "console.error('first corp-login');process.exit(1)" hidden`],
      /^first corp-login$/u,
    ],
    [
      'runs a program that says a key',
      [`credential_process = "${process.execPath}" -e "console.error('no ${'k'.repeat(40)}');process.exit(1)" hidden`],
      /^no …$/u,
    ],
    ['runs a program that says nothing', ['credential_process = false'], /^the program failed, and said nothing$/u],
    ['runs a program that prints something else', [`credential_process = "${process.execPath}" -p 1`], /\bbroken\b/u],
  ] as const) {
    it(`gives none, and says why: ${name}`, async () => {
      await writeFile(join(folder, 'config'), ['[profile broken]', ...settings, ''].join('\n'));
      const services = createAwsServices({ kind: 'aws', profile: 'broken', region: 'us-east-1' });
      await assert.rejects(services.account.identity(signal), (error) => {
        assert.ok(Failure.is(error, 'aws.signedOut'));
        assert.equal(error.details.profile, 'broken');
        assert.match(error.details.reason ?? '', reason);
        assert.doesNotMatch(inspect(error, { depth: 9 }), /kkkk|hidden/u);
        return true;
      });
      services.dispose();
    });
  }

  describe('that assumes a role with a code', () => {
    const device = 'arn:aws:iam::123456789012:mfa/somebody';
    let roles: RoleGiver;

    before(async () => {
      roles = await startRoleGiver(server);
      process.env['AWS_ENDPOINT_URL_STS'] = roles.endpoint;
      await signIn(server.secretAccessKey);
      const role = ['role_arn = arn:aws:iam::123456789012:role/lab', 'source_profile = work', `mfa_serial = ${device}`];
      await writeFile(join(folder, 'config'), ['[profile careful]', 'region = us-east-1', ...role, ''].join('\n'));
    });

    after(() => roles.stop());

    it('asks for the code once, for all services', async () => {
      const asked: string[] = [];
      const askMfaCode = async (about: string) => {
        asked.push(about);
        return '123456';
      };
      const services = createAwsServices({ kind: 'aws', profile: 'careful', region: 'us-east-1' }, { askMfaCode });
      const ends = await Promise.all([
        services.account.credentialsEnd(signal),
        services.labelingJobs.list(signal).then(() => services.account.credentialsEnd(signal)),
        services.objects.listBuckets(signal).then(() => services.account.credentialsEnd(signal)),
      ]);
      assert.deepEqual(ends, [roleEnd, roleEnd, roleEnd]);
      assert.deepEqual([asked, roles.asked], [[device], [{ device, code: '123456' }]]);
      services.dispose();
    });

    it('leaves off where nobody has a code', async () => {
      const cancelled = Object.assign(new Error('no phone here'), { name: 'Canceled' });
      const services = createAwsServices(
        { kind: 'aws', profile: 'careful', region: 'us-east-1' },
        { askMfaCode: () => Promise.reject(cancelled) },
      );
      await assert.rejects(services.objects.listBuckets(signal), cancelled);
      services.dispose();
    });
  });
});
