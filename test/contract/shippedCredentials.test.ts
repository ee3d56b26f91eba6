import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { startTestServer, type TestServer } from '../support/localServer.js';

/** What ships is one file, into which each way to get credentials has to have found its way. */
describe('the program that ships', () => {
  let home: string;
  let server: TestServer;
  let identityCenter: Server;

  before(async () => {
    server = await startTestServer();
    const { accessKeyId, secretAccessKey } = server;
    home = await mkdtemp(join(tmpdir(), 'shipped-'));
    identityCenter = createServer((request, reply) => {
      const isSignedIn = request.headers['x-amz-sso_bearer_token'] === 'a token';
      const roleCredentials = {
        accessKeyId,
        secretAccessKey,
        sessionToken: 'session',
        expiration: Date.now() + 3_600_000,
      };
      reply.writeHead(isSignedIn ? 200 : 401, { 'Content-Type': 'application/json' });
      reply.end(JSON.stringify(isSignedIn ? { roleCredentials } : { message: 'Session token not found or invalid' }));
    }).listen(0, '127.0.0.1');
    await once(identityCenter, 'listening');
    const program = join(home, 'give.cjs');
    const given = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
    await writeFile(program, `console.log(${JSON.stringify(JSON.stringify(given))})`);
    const tokens = join(home, '.aws', 'sso', 'cache');
    await mkdir(tokens, { recursive: true });
    const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    await writeFile(join(home, '.aws', 'credentials'), `[keys]\n${keys}`);
    const account = 'sso_account_id = 123456789012\nsso_role_name = Lab\n';
    await writeFile(
      join(home, '.aws', 'config'),
      [
        `[profile program]\ncredential_process = "${process.execPath}" "${program}"\n`,
        ...['current', 'ended'].map((name) => `[profile ${name}]\nsso_session = ${name}\n${account}${session(name)}`),
      ].join('\n'),
    );
    for (const [name, ends] of [
      ['current', Date.now() + 3_600_000],
      ['ended', Date.now() - 3_600_000],
    ] as const) {
      const file = `${createHash('sha1').update(name).digest('hex')}.json`;
      const token = { accessToken: 'a token', expiresAt: new Date(ends).toISOString() };
      await writeFile(join(tokens, file), JSON.stringify(token));
    }
  });

  after(async () => {
    identityCenter.close();
    await server.stop();
    await rm(home, { recursive: true });
  });

  /** The line of who is signed in. */
  async function signedIn(profile: string | undefined): Promise<string> {
    const { port } = identityCenter.address() as AddressInfo;
    const { accessKeyId, secretAccessKey, endpoint } = server;
    const outside = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
    const env = {
      ...Object.fromEntries(outside),
      HOME: home,
      USERPROFILE: home,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_STS: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_ENDPOINT_URL_SAGEMAKER: endpoint,
      AWS_ENDPOINT_URL_IAM: endpoint,
      AWS_ENDPOINT_URL_SSO: `http://127.0.0.1:${port}`,
      ...(profile === undefined && { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }),
    };
    const args = ['--json', '--bucket', 'none', ...(profile === undefined ? [] : ['--profile', profile])];
    const { stdout } = await promisify(execFile)(process.execPath, [join('dist', 'doctor.js'), ...args], { env }).catch(
      (error: unknown) => error as { readonly stdout: string }, // There is no such bucket.
    );
    const { findings } = JSON.parse(stdout) as { findings: { readonly id: string; readonly cause: string }[] };
    return findings.find(({ id }) => id === 'auth.identity')?.cause ?? stdout;
  }

  for (const { what, profile } of [
    { what: 'the keys of a profile', profile: 'keys' },
    { what: 'the environment’s keys', profile: undefined },
    { what: 'what a program prints', profile: 'program' },
    { what: 'a role of IAM Identity Center, by the token that "aws sso login" has left', profile: 'current' },
  ]) {
    it(`takes ${what}`, async () => {
      assert.equal(await signedIn(profile), `You are signed in to the account ${server.accountId}.`);
    });
  }

  it('says that a session of IAM Identity Center has ended, and how to begin another', async () => {
    assert.match(await signedIn('ended'), /credentials of the profile "ended" .*aws sso login/u);
  });
});

function session(name: string): string {
  return `[sso-session ${name}]\nsso_start_url = https://${name}.example\nsso_region = us-east-1\n`;
}
