import assert from 'node:assert/strict';
import type { BrowserSession } from '../../src/core/portal/browserPortal.js';
import type { PortalJob, PortalRefusal, PortalTask, SignIn } from '../../src/core/portal/workerPortal.js';
import { FakeClock } from '../support/fakeClock.js';
import { ana, ben, labJobName, ownPassword, PortalLab } from '../support/portalLab.js';
import { rawRequest, type RawAnswer } from '../support/rawRequest.js';

const hour = 60 * 60_000;

/** What a page's request has; `worker` is whom the page shows, `cookie` what the browser keeps. */
interface PageRequest {
  readonly body?: object;
  readonly worker?: string;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

describe('the worker portal, as a browser speaks to it', () => {
  let clock: FakeClock;
  let lab: PortalLab;
  let temporary: string;
  before(async () => {
    clock = new FakeClock(new Date().toISOString()); // Signatures are dated.
    lab = await PortalLab.start({ pictures: 3, server: { clock } });
    temporary = await lab.invitation(ana);
    await newPassword(ana, temporary);
  });
  after(async () => lab.server.stop());

  describe('its session', () => {
    it('is a cookie that no script can read, that no other site sends and that ends with the session', async () => {
      const { headers, body } = await signIn(ana, ownPassword);
      const signedIn = JSON.parse(body) as SignIn;
      assert.ok(signedIn.kind === 'signedIn');
      assert.equal(signedIn.session.token, '');
      const [cookie = ''] = headers['set-cookie'] ?? [];
      assert.match(
        cookie,
        /^portal-\d{12}=[\w-]{43}; Path=\/_local\/portal; Max-Age=43200; HttpOnly; SameSite=Strict$/u,
      );
    });

    it('is none before a password of their own is chosen', async () => {
      const { headers, body } = await signIn(ben, await lab.invitation(ben));
      assert.equal((JSON.parse(body) as SignIn).kind, 'newPasswordRequired');
      assert.equal(headers['set-cookie'], undefined);
    });

    it('tells the page who is signed in, and nobody else', async () => {
      const { cookie, worker } = await session();
      const known = JSON.parse((await request('GET', '/api/session', { cookie })).body) as BrowserSession;
      assert.ok(known.kind === 'signedIn');
      assert.deepEqual([known.session.email, known.session.workerId, known.session.token], [ana, worker, '']);
      assert.equal((await request('GET', '/api/session')).body, '{"kind":"signedOut"}');
    });

    it('lets its worker list jobs, take tasks and read what they show', async () => {
      const { cookie, worker } = await session();
      const [job] = await jobs({ cookie, worker });
      assert.equal(job?.labelingJobName, labJobName);
      const path = `/api/jobs/${job.jobReferenceCode}/tasks`;
      const taken = await request('POST', path, { cookie, worker, body: { count: 1 } });
      const [task] = JSON.parse(taken.body) as PortalTask[];
      assert.ok(task);
      const uri = task.taskInput['taskObject'] as string;
      const read = await request('GET', objectPath(task, uri), { cookie, worker });
      assert.equal(read.status, 200);
      assert.equal(read.headers['x-object-type'], 'image/jpeg');
      assert.equal(read.headers['content-type'], 'application/octet-stream');
      assert.equal(read.headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'; sandbox");
      for (const other of ['s3://portal-lab/in.manifest', 's3://portal-lab/nothing', 'http://127.0.0.1/', '']) {
        const refusal = await request('GET', objectPath(task, other), { cookie, worker });
        refused(refusal, 404, 'NotFound');
      }
    });

    it('ends with signing out', async () => {
      const { cookie, worker } = await session();
      const { headers, status } = await request('POST', '/api/sign-out', { cookie, worker, body: {} });
      assert.equal(status, 204);
      assert.match(headers['set-cookie']?.[0] ?? '', /^portal-\d{12}=; .*Max-Age=0;/u);
      refused(await request('GET', '/api/jobs', { cookie, worker }), 401, 'SessionExpired');
    });

    it('ends after twelve hours', async () => {
      const { cookie, worker } = await session();
      clock.advance(12 * hour);
      refused(await request('GET', '/api/jobs', { cookie, worker }), 401, 'SessionExpired');
    });

    it('says why it is over, as far as a browser has not forgotten that too', async () => {
      const { cookie, worker } = await session();
      const another = 'private.us-east-1.0000000000000000';
      const ends = [
        { page: { cookie, worker: another }, why: 'anotherWorker' },
        { page: { worker }, why: 'signedOut' },
        { page: { worker: another }, why: 'unknown' },
      ];
      for (const { page, why } of ends) {
        const { body } = await request('GET', '/api/jobs', page);
        assert.equal((JSON.parse(body) as PortalRefusal).sessionEnd, why);
      }
    });

    it('does not serve a page that shows another worker, nor lets it sign them out', async () => {
      const { cookie } = await session();
      const worker = 'private.us-east-1.0000000000000000';
      refused(await request('GET', '/api/jobs', { cookie, worker }), 401, 'SessionExpired');
      const { headers } = await request('POST', '/api/sign-out', { cookie, worker, body: {} });
      assert.equal(headers['set-cookie'], undefined);
      assert.match((await request('GET', '/api/session', { cookie })).body, /"signedIn"/u);
    });
  });

  describe('a request that its page did not send', () => {
    const forgeries: readonly {
      readonly name: string;
      readonly status: number;
      readonly headers: PageRequest['headers'];
    }[] = [
      { name: 'of another site', status: 403, headers: { origin: 'https://evil.example' } },
      { name: 'of a page at another port', status: 403, headers: { origin: 'http://127.0.0.1:1' } },
      { name: 'of a page without an origin', status: 403, headers: { origin: 'null' } },
      { name: 'that a browser says is cross-site', status: 403, headers: { 'sec-fetch-site': 'cross-site' } },
      { name: 'that a browser says is of the same site', status: 403, headers: { 'sec-fetch-site': 'same-site' } },
      { name: "that has been typed into a browser's bar", status: 403, headers: { 'sec-fetch-site': 'none' } },
      { name: "without the page's header", status: 401, headers: { 'x-portal-worker': '' } },
    ];
    for (const { name, status, headers } of forgeries) {
      it(`is refused: one ${name}`, async () => {
        const { cookie, worker } = await session();
        const [job] = await jobs({ cookie, worker });
        const stop = `/api/jobs/${job?.jobReferenceCode}/stop-working`;
        for (const [method, path] of [
          ['GET', '/api/jobs'],
          ['POST', stop],
        ] as const) {
          const body = method === 'POST' ? { body: {} } : {};
          const answer = await request(method, path, { cookie, worker, ...body, ...(headers && { headers }) });
          assert.equal(answer.status, status);
        }
        const [unpaused] = await jobs({ cookie, worker });
        assert.equal(unpaused?.status, 'Available');
      });
    }

    it('is not answered for another site to ask first', async () => {
      const headers = {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-portal-worker',
      };
      const answer = await request('OPTIONS', '/api/sign-in', { headers });
      assert.equal(answer.status, 403);
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
    });

    it("cannot sign a browser in as somebody else: a form's body is none", async () => {
      const { status, headers } = await rawRequest(lab.server.endpoint, {
        method: 'POST',
        path: '/_local/portal/api/sign-in',
        headers: { 'content-type': 'text/plain', 'x-portal-worker': 'nobody' },
        body: JSON.stringify({ email: ana, password: ownPassword }),
      });
      assert.equal(status, 400);
      assert.equal(headers['set-cookie'], undefined);
    });
  });

  describe('guessing', () => {
    it('is slow also for whoever guesses once for each of many addresses', async () => {
      const attempts = Array.from({ length: 100 }, async (_, index) =>
        signIn(`worker-${index}@example.org`, 'password'),
      );
      const statuses = new Set((await Promise.all(attempts)).map(({ status }) => status));
      assert.deepEqual([...statuses], [403]);
      const limited = await signIn(ana, ownPassword);
      refused(limited, 429, 'TooManyAttempts');
      assert.equal(limited.headers['retry-after'], '6');
      clock.advance(6_000);
      assert.equal((await signIn(ana, ownPassword)).status, 200);
    });
  });

  async function request(method: string, path: string, sent: PageRequest = {}): Promise<RawAnswer> {
    const { worker = 'nobody', cookie, body } = sent;
    const headers = Object.entries({
      'x-portal-worker': worker,
      ...(cookie !== undefined && { cookie }),
      ...(body && { 'content-type': 'application/json' }),
      ...sent.headers,
    }).filter(([, value]) => value !== '');
    return rawRequest(lab.server.endpoint, {
      method,
      path: `/_local/portal${path}`,
      headers: Object.fromEntries(headers),
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async function signIn(email: string, password: string): Promise<RawAnswer> {
    return request('POST', '/api/sign-in', { body: { email, password } });
  }

  async function newPassword(email: string, password: string): Promise<void> {
    const first = JSON.parse((await signIn(email, password)).body) as SignIn;
    assert.ok(first.kind === 'newPasswordRequired');
    const body = { challenge: first.challenge, newPassword: ownPassword };
    const { status, headers } = await request('POST', '/api/new-password', { body });
    assert.equal(status, 200);
    assert.match(headers['set-cookie']?.[0] ?? '', /HttpOnly/u);
  }

  async function session(): Promise<{ readonly cookie: string; readonly worker: string }> {
    const { headers, body } = await signIn(ana, ownPassword);
    const signedIn = JSON.parse(body) as SignIn;
    assert.ok(signedIn.kind === 'signedIn');
    return { cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '', worker: signedIn.session.workerId };
  }

  /** A new job needs a moment to read its input. */
  async function jobs(sent: PageRequest): Promise<readonly PortalJob[]> {
    for (;;) {
      const listed = JSON.parse((await request('GET', '/api/jobs', sent)).body) as PortalJob[];
      if (listed.length > 0) {
        return listed;
      }
    }
  }
});

function objectPath({ taskId }: PortalTask, uri: string): string {
  return `/api/tasks/${taskId}/object?${new URLSearchParams({ uri }).toString()}`;
}

function refused({ status, body }: RawAnswer, expected: number, code: PortalRefusal['code']): void {
  assert.equal(status, expected, body);
  assert.equal((JSON.parse(body) as PortalRefusal).code, code);
}
