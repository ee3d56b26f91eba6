import assert from 'node:assert/strict';
import { AdminDisableUserCommand, AdminSetUserPasswordCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { PortalRefusal, PortalSession, SignIn } from '../../src/core/portal/workerPortal.js';
import { FakeClock } from '../support/fakeClock.js';
import { call, type Clients, clientsOf, createTeam, type Team } from '../support/lab.js';
import { startTestServer, type TestServer } from '../support/localServer.js';

const email = 'me@example.org';
const password = 'correct horse';

describe('the worker portal', () => {
  let clock: FakeClock;
  let server: TestServer;
  let clients: Clients;
  let team: Team;
  beforeEach(async () => {
    clock = new FakeClock(new Date().toISOString()); // Signatures are dated.
    server = await startTestServer({ clock });
    clients = clientsOf(server.clientConfig);
    team = await createTeam(clients, { name: 'team', emails: [email] });
    await clients.cognito.send(
      new AdminSetUserPasswordCommand({
        UserPoolId: team.userPool,
        Username: email,
        Password: password,
        Permanent: true,
      }),
    );
  });
  afterEach(async () => server.stop());

  it('signs a worker in, and out', async () => {
    const { token, workerId } = await session();
    assert.match(workerId, /^private\.us-east-1\.[\da-f]{16}$/u);
    assert.deepEqual(await (await call(server.portal, 'GET /api/jobs', undefined, token)).json(), []);
    assert.equal((await call(server.portal, 'POST /api/sign-out', {}, token)).status, 204);
    await refused(await call(server.portal, 'GET /api/jobs', undefined, token), 401, 'SessionExpired');
  });

  it('signs a worker out after twelve hours', async () => {
    const { token } = await session();
    clock.advance(12 * 60 * 60_000 - 1_000);
    assert.equal((await call(server.portal, 'GET /api/jobs', undefined, token)).status, 200);
    clock.advance(1_000);
    await refused(await call(server.portal, 'GET /api/jobs', undefined, token), 401, 'SessionExpired');
  });

  it('signs a worker out who is disabled', async () => {
    const { token } = await session();
    await clients.cognito.send(new AdminDisableUserCommand({ UserPoolId: team.userPool, Username: email }));
    await refused(await call(server.portal, 'GET /api/jobs', undefined, token), 401, 'SessionExpired');
    await refused(await signIn(password), 403, 'NotAuthorized');
  });

  it('makes guessing slow, even for whoever then guesses right', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await refused(await signIn('wrong'), 403, 'NotAuthorized');
    }
    const locked = await signIn(password);
    assert.equal(locked.headers.get('retry-after'), '1');
    await refused(locked, 429, 'TooManyAttempts');
    clock.advance(1_000);
    assert.equal((await signIn(password)).status, 200);
  });

  it('takes a temporary password for a new one only, and not for ever', async () => {
    await resetPassword();
    const { kind, challenge } = (await (await signIn('temporary')).json()) as SignIn & { readonly challenge: string };
    assert.equal(kind, 'newPasswordRequired');
    await refused(await call(server.portal, 'GET /api/jobs', undefined, challenge), 401, 'SessionExpired');
    await refused(await setPassword(challenge, 'short'), 400, 'InvalidPassword');
    assert.equal((await setPassword(challenge, 'battery staple')).status, 200);
    await refused(await setPassword(challenge, 'another one'), 401, 'SessionExpired');
    await refused(await signIn('temporary'), 403, 'NotAuthorized');
    await resetPassword();
    clock.advance(7 * 24 * 60 * 60_000);
    await refused(await signIn('temporary'), 403, 'NotAuthorized');
  });

  it('takes nothing from the page of another site', async () => {
    await refused(await post({ 'content-type': 'text/plain' }), 400, 'InvalidRequest');
    const foreign = { 'content-type': 'application/json', origin: 'http://evil.example' };
    await refused(await post(foreign), 403, 'NotAuthorized');
  });

  it('tells whoever sends too much, even while they still send', async () => {
    const { token } = await session();
    const huge = { answerContent: { text: 'x'.repeat(8_000_000) } };
    await refused(await call(server.portal, 'POST /api/tasks/x/answer', huge, token), 400, 'InvalidRequest');
  });

  const refusals = [
    { name: 'an unknown address', route: 'GET /api/nothing', body: undefined, status: 404, code: 'NotFound' },
    { name: 'another method', route: 'GET /api/sign-in', body: undefined, status: 404, code: 'NotFound' },
    { name: 'a request without its fields', route: 'POST /api/sign-in', body: {}, status: 400, code: 'InvalidRequest' },
    { name: 'an unknown job', route: 'POST /api/jobs/x/tasks', body: { count: 1 }, status: 404, code: 'NotFound' },
    { name: 'no count', route: 'POST /api/jobs/x/tasks', body: {}, status: 400, code: 'InvalidRequest' },
    { name: 'an unknown task', route: 'POST /api/tasks/x/accept', body: {}, status: 409, code: 'TaskGone' },
  ] as const;
  for (const { name, route, body, status, code } of refusals) {
    it(`refuses ${name}`, async () => {
      const { token } = await session();
      await refused(await call(server.portal, route, body, token), status, code);
    });
  }

  async function post(headers: Readonly<Record<string, string>>): Promise<Response> {
    const body = JSON.stringify({ email, password });
    return fetch(`${server.portal}/api/sign-in`, { method: 'POST', headers, body });
  }

  async function signIn(attempt: string): Promise<Response> {
    return call(server.portal, 'POST /api/sign-in', { email, password: attempt });
  }

  async function session(): Promise<PortalSession> {
    const signedIn = (await (await signIn(password)).json()) as SignIn;
    assert.ok(signedIn.kind === 'signedIn');
    return signedIn.session;
  }

  async function setPassword(challenge: string, newPassword: string): Promise<Response> {
    return call(server.portal, 'POST /api/new-password', { challenge, newPassword });
  }

  async function resetPassword(): Promise<void> {
    await clients.cognito.send(
      new AdminSetUserPasswordCommand({
        UserPoolId: team.userPool,
        Username: email,
        Password: 'temporary',
        Permanent: false,
      }),
    );
  }
});

async function refused(reply: Response, status: number, code: PortalRefusal['code']): Promise<void> {
  assert.equal(reply.status, status);
  assert.equal(((await reply.json()) as PortalRefusal).code, code);
}
