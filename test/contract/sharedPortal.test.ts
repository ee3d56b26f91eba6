import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerRecord } from '../../src/local/dataFolder.js';
import {
  builtServer,
  deleteDataFolder,
  makeDataFolder,
  type ServerProcess,
  spawnServer,
  spawnTestServer,
} from '../support/localServer.js';
import { ana, PortalLab } from '../support/portalLab.js';
import { type CertificateFiles, selfSigned } from '../support/selfSigned.js';

// What listens here for other machines does so on loopback: that is as far as a test may go.
describe('the portal for other machines', () => {
  let folder: string;
  let files: CertificateFiles;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shared-portal-'));
    files = await selfSigned(folder, 'portal', ['portal.example.org', '127.0.0.1']);
  });
  after(async () => rm(folder, { recursive: true, force: true }));

  describe('with a certificate', () => {
    let server: ServerProcess;
    let shared: URL;
    before(async () => {
      const { certificateFile, keyFile } = files;
      const tls = ['--tls-certificate', certificateFile, '--tls-key', keyFile];
      server = await spawnTestServer({ program: builtServer, args: ['--listen', '127.0.0.1:0', ...tls] });
      shared = new URL(server.sharedPortal ?? '');
    });
    after(async () => {
      await server.end();
      await deleteDataFolder(server.dataFolder);
    });

    it('has the first name of its certificate, on a port of its own, and a warning says so', async () => {
      assert.equal(shared.protocol, 'https:');
      assert.equal(shared.hostname, 'portal.example.org');
      assert.equal(shared.pathname, '/_local/portal');
      assert.ok(
        server.log.some((line) =>
          line.includes(`WARNING: other machines can reach the labeling portal, at ${shared.href}`),
        ),
      );
      const record = JSON.parse(await readFile(join(server.dataFolder, 'server.json'), 'utf8')) as ServerRecord;
      assert.equal(record.sharedPortal, shared.href);
      assert.match(record.portal, /^http:\/\/127\.0\.0\.1:\d+\/_local\/portal$/u);
    });

    it('serves the page, whose policy names that address', async () => {
      const { status, headers, body } = await ask('/_local/portal');
      assert.equal(status, 200);
      assert.match(body, /<title>Labeling portal<\/title>/u);
      assert.ok(headers['content-security-policy']?.includes(`script-src https://${shared.host}/_local/portal/files/`));
    });

    it('leads to it from the bare address', async () => {
      const { status, headers } = await ask('/');
      assert.deepEqual([status, headers.location], [302, '/_local/portal']);
    });

    it('gives a session out for encrypted connections only', async () => {
      const lab = await PortalLab.on(server, { pictures: 1 });
      const password = await lab.invitation(ana);
      const first = await post('/_local/portal/api/sign-in', { email: ana, password });
      const { challenge } = JSON.parse(first.body) as { readonly challenge: string };
      const { headers } = await post('/_local/portal/api/new-password', { challenge, newPassword: 'long enough' });
      assert.match(headers['set-cookie']?.[0] ?? '', /; HttpOnly; SameSite=Strict; Secure$/u);
    });

    it('takes requests of its own origin, which is another than on loopback', async () => {
      const body = { email: ana, password: 'wrong' };
      const own = await post('/_local/portal/api/sign-in', body, { origin: shared.origin });
      const other = await post('/_local/portal/api/sign-in', body, { origin: new URL(server.portal).origin });
      assert.deepEqual(
        [own, other].map(({ body: text }) => (JSON.parse(text) as { readonly message: string }).message.split(' ')[0]),
        ['Incorrect', 'The'],
      );
    });

    const elsewhere = ['/_local/health', '/portal-lab/0.jpg', '/_local/portals', '/_local/workteams/x'];
    for (const path of elsewhere) {
      it(`has nothing but the portal: not ${path}`, async () => {
        assert.equal((await ask(path)).status, 404);
      });
    }

    it('has nothing of the AWS protocols', async () => {
      const target = { 'x-amz-target': 'SageMaker.ListLabelingJobs', 'content-type': 'application/x-amz-json-1.1' };
      assert.equal((await post('/', {}, target)).status, 302);
      assert.equal((await post('/_local/portal', {}, target)).status, 404);
    });

    const hosts = [
      { host: (port: string) => `portal.example.org:${port}`, status: 200 },
      { host: (port: string) => `127.0.0.1:${port}`, status: 200 },
      { host: (port: string) => `evil.example:${port}`, status: 403 },
      { host: (port: string) => `localhost:${port}`, status: 403 },
      { host: (port: string) => `[::1]:${port}`, status: 403 },
      { host: () => `portal.example.org; script-src *`, status: 403 },
    ];
    for (const { host, status } of hosts) {
      it(`answers ${status} to the host "${host('8443')}"`, async () => {
        assert.equal((await ask('/_local/portal', { host: host(shared.port) })).status, status);
      });
    }

    async function ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
      return send({ method: 'GET', path, headers });
    }

    async function post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
      const own = { 'content-type': 'application/json', 'x-portal-worker': 'nobody' };
      return send({ method: 'POST', path, headers: { ...own, ...headers }, body: JSON.stringify(body) });
    }

    async function send({ body, ...options }: Sent): Promise<Answer> {
      const { certificate } = files;
      const outgoing = request({
        ...options,
        hostname: '127.0.0.1',
        port: shared.port,
        ca: certificate,
        servername: shared.hostname,
        agent: false,
        headers: { host: shared.host, ...options.headers },
      });
      outgoing.end(body);
      const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
      const chunks: Buffer[] = [];
      for await (const chunk of response as AsyncIterable<Buffer>) {
        chunks.push(chunk);
      }
      return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() };
    }
  });

  describe('is refused', () => {
    before(async () => writeFile(join(folder, 'not.pem'), 'nothing'));

    const refusals: readonly {
      readonly name: string;
      readonly args: () => Promise<string[]>;
      readonly reason: RegExp;
      readonly exitCode: number;
    }[] = [
      {
        name: 'without TLS files',
        args: async () => ['--listen', '127.0.0.1:0'],
        reason:
          /--listen 127\.0\.0\.1:0 needs --tls-certificate and --tls-key: the portal is open to other machines with TLS only/u,
        exitCode: 2,
      },
      {
        name: 'without the key',
        args: async () => ['--listen', '0.0.0.0', '--tls-certificate', files.certificateFile],
        reason: /--listen 0\.0\.0\.0 needs --tls-certificate and --tls-key/u,
        exitCode: 2,
      },
      {
        name: 'with TLS files and no address',
        args: async () => ['--tls-certificate', files.certificateFile, '--tls-key', files.keyFile],
        reason: /--tls-certificate and --tls-key go with --listen, which is missing/u,
        exitCode: 2,
      },
      {
        name: 'at what is no address',
        args: async () => ['--listen', 'a:b:c', '--tls-certificate', files.certificateFile, '--tls-key', files.keyFile],
        reason: /--listen "a:b:c" is no address/u,
        exitCode: 2,
      },
      {
        name: 'with a certificate that is not there',
        args: async () => listening(join(folder, 'none.crt'), files.keyFile),
        reason: /The TLS certificate cannot be read: ENOENT.*none\.crt/u,
        exitCode: 1,
      },
      {
        name: 'with a key that is not there',
        args: async () => listening(files.certificateFile, join(folder, 'none.key')),
        reason: /The key of the TLS certificate cannot be read: ENOENT.*none\.key/u,
        exitCode: 1,
      },
      {
        name: 'with a certificate that is none',
        args: async () => listening(join(folder, 'not.pem'), files.keyFile),
        reason: /"[^"]*not\.pem" holds no certificate/u,
        exitCode: 1,
      },
      {
        name: 'with the key of another certificate',
        args: async () => {
          const { keyFile } = await selfSigned(folder, 'other', ['other.example.org']);
          return listening(files.certificateFile, keyFile);
        },
        reason: /"[^"]*portal\.crt" and "[^"]*other\.key" do not belong together/u,
        exitCode: 1,
      },
      {
        name: 'with a certificate that names no host',
        args: async () => {
          const nameless = await selfSigned(folder, 'nameless', []);
          return listening(nameless.certificateFile, nameless.keyFile);
        },
        reason: /"[^"]*nameless\.crt" names no host: browsers want a subjectAltName/u,
        exitCode: 1,
      },
      {
        name: 'at an address that this machine does not have',
        args: async () => ['--listen', '192.0.2.1:0', ...listening(files.certificateFile, files.keyFile).slice(2)],
        reason: /The labeling portal cannot listen at "192\.0\.2\.1", port 0: /u,
        exitCode: 1,
      },
    ];
    for (const { name, args, reason, exitCode } of refusals) {
      it(name, async () => {
        const dataFolder = await makeDataFolder();
        const child = spawnServer(['--data', dataFolder, ...(await args())], builtServer);
        const errors: string[] = [];
        child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
        const [code] = (await once(child, 'close')) as [number];
        assert.match(errors.join(''), reason);
        assert.equal(code, exitCode);
        await deleteDataFolder(dataFolder);
      });
    }
  });
});

function listening(certificateFile: string, keyFile: string): string[] {
  return ['--listen', '127.0.0.1:0', '--tls-certificate', certificateFile, '--tls-key', keyFile];
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
