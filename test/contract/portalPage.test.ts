import assert from 'node:assert/strict';
import { rawRequest, type RawAnswer } from '../support/rawRequest.js';
import { startTestServer, type TestServer } from '../support/localServer.js';

describe("the worker portal's page", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(async () => server.stop());

  it('loads its own files and nothing else, and no other page may show it', async () => {
    const { status, headers, body } = await request('GET', '');
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    const policy = policyOf(headers['content-security-policy']);
    const files = `${server.endpoint}${filesOf(body)}`;
    const { 'style-src': styles, ...others } = policy;
    assert.deepEqual(others, {
      'default-src': `'none'`,
      'script-src': files,
      'font-src': files,
      'img-src': 'data:',
      'connect-src': `${files} ${server.portal}/api/`,
      'frame-src': `${files}taskFrame.html`,
      'frame-ancestors': `'none'`,
      'form-action': `'none'`,
      'base-uri': `'none'`,
      'require-trusted-types-for': `'script'`,
      'trusted-types': 'lit-html fast-html',
    });
    assert.match(styles ?? '', new RegExp(`^${files} 'nonce-[\\w+/=]+'$`, 'u'));
  });

  it('has another nonce each time', async () => {
    const [one, other] = [await request('GET', ''), await request('GET', '/')];
    assert.notEqual(one.headers['content-security-policy'], other.headers['content-security-policy']);
  });

  it('has files of the right types, which browsers keep for good', async () => {
    const { body } = await request('GET', '');
    const addresses = [...body.matchAll(/(?:href|src|task-frame)="(\/[^"]+)"/gu)].map(([, address = '']) => address);
    const types: Record<string, string | undefined> = {};
    for (const address of [...addresses, `${filesOf(body)}codicon.ttf`, `${filesOf(body)}crowd.js`]) {
      const { status, headers } = await rawRequest(server.endpoint, { path: address });
      assert.equal(status, 200, address);
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
      assert.equal(headers['x-content-type-options'], 'nosniff');
      types[address.slice(filesOf(body).length)] = headers['content-type'];
    }
    assert.deepEqual(types, {
      'taskFrame.html': 'text/html; charset=utf-8',
      'portal.css': 'text/css; charset=utf-8',
      'codicon.css': 'text/css; charset=utf-8',
      'page.css': 'text/css; charset=utf-8',
      'labeling.css': 'text/css; charset=utf-8',
      'portal.js': 'text/javascript; charset=utf-8',
      'labeling.js': 'text/javascript; charset=utf-8',
      'codicon.ttf': 'font/ttf',
      'crowd.js': 'text/javascript; charset=utf-8',
    });
  });

  it("keeps a task's frame without an origin and without a network, also where it is opened by itself", async () => {
    const { body } = await request('GET', '');
    const { headers } = await rawRequest(server.endpoint, { path: `${filesOf(body)}taskFrame.html` });
    const policy = policyOf(headers['content-security-policy']);
    assert.equal(policy['sandbox'], 'allow-scripts allow-forms');
    assert.equal(policy['default-src'], `'none'`);
    assert.equal(policy['connect-src'], 'blob: data:');
    assert.equal(policy['frame-src'], `'none'`);
    assert.equal(policy['frame-ancestors'], `'self'`);
  });

  const absent = ['/files/0000000000000000/portal.js', '/files/', '/files/../portal.js', '/nothing', '/api'];
  for (const path of absent) {
    it(`has nothing at ${path}`, async () => {
      const { status, headers } = await request('GET', path);
      assert.equal(status, 404);
      assert.equal(headers['cache-control'], 'no-store');
    });
  }

  async function request(method: string, path: string): Promise<RawAnswer> {
    return rawRequest(server.endpoint, { method, path: `/_local/portal${path}` });
  }
});

/** Where the page has its files. */
function filesOf(html: string): string {
  return /data-files="([^"]+)"/u.exec(html)?.[1] ?? '';
}

function policyOf(header: string | string[] | undefined): Readonly<Record<string, string>> {
  const directives = String(header)
    .split('; ')
    .map((directive) => directive.split(' '));
  return Object.fromEntries(directives.map(([name = '', ...values]) => [name, values.join(' ')]));
}
