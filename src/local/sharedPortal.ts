import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { isIP, isIPv4 } from 'node:net';
import { type Reply, sendReply } from './http/reply.js';
import type { PathHandler } from './http/services.js';
import { close, listen, portOf } from './listening.js';

/** Where other machines reach the portal, and what proves to them that it is this one. */
export interface SharedListener {
  readonly address: string;
  readonly port: number;
  /** PEM files. */
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface SharedPortal {
  readonly server: Server;
  /** Resolves to the portal's address. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

/**
 * The worker portal for other machines, and nothing else: what the AWS protocols reach stays on loopback. It answers to
 * the names of its certificate only, which keeps a web page out that has its own name point here. Throws, with a
 * sentence, where the files are not what a server needs.
 */
export async function createSharedPortal(
  { address, port, certificateFile, keyFile }: SharedListener,
  portal: PathHandler,
  log: (line: string) => void,
): Promise<SharedPortal> {
  const [cert, key] = await Promise.all([
    readPem(certificateFile, 'TLS certificate'),
    readPem(keyFile, 'key of the TLS certificate'),
  ]);
  const certificate = inWords(`"${certificateFile}" holds no certificate`, () => new X509Certificate(cert));
  const [name] = namesOf(certificate);
  if (name === undefined) {
    throw new Error(`The certificate "${certificateFile}" names no host: browsers want a subjectAltName with one.`);
  }
  const server = inWords(`"${certificateFile}" and "${keyFile}" do not belong together`, () =>
    createServer({ cert, key }),
  );
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response, { portal, certificate }).catch((error: unknown) => {
      if (!request.destroyed && !response.destroyed) {
        log(`shared portal: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
      response.destroy();
    });
  };
  server.on('request', onRequest);
  // Whoever counts requests listens for these too, and with any listener Node leaves them to us.
  server.on('checkContinue', (request, response) => {
    response.writeContinue();
    onRequest(request, response);
  });
  return {
    server,
    async listen() {
      try {
        await listen(server, { address, ports: [port] });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`The labeling portal cannot listen at "${address}", port ${port}: ${reason}`, { cause: error });
      }
      const url = `https://${name}:${portOf(server)}${portal.path}`;
      log(`WARNING: other machines can reach the labeling portal, at ${url}`);
      return url;
    },
    async close() {
      if (server.listening) {
        await close(server);
      }
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { portal, certificate }: { readonly portal: PathHandler; readonly certificate: X509Certificate },
): Promise<void> {
  const pathname = /^[^?#]*/u.exec(request.url ?? '/')?.[0] ?? ''; // Not every address that can be sent makes a URL.
  if (!isNamedBy(certificate, request.headers.host)) {
    return sendReply(request, response, plainText(403, 'This server answers to the names of its certificate only.\n'));
  }
  if (pathname === portal.path || pathname.startsWith(`${portal.path}/`)) {
    return portal.handle(request, response);
  }
  return sendReply(
    request,
    response,
    pathname === '/' ? { status: 302, headers: { location: portal.path } } : plainText(404, 'There is nothing here.\n'),
  );
}

/** No address of IP version 6: a policy of a page cannot name one, so that the portal's would not load. */
function isNamedBy(certificate: X509Certificate, host: string | undefined): boolean {
  const [, name = ''] = /^([\w.-]+)(?::\d+)?$/u.exec(host ?? '') ?? [];
  return (isIPv4(name) ? certificate.checkIP(name) : certificate.checkHost(name, { subject: 'never' })) !== undefined;
}

function namesOf({ subjectAltName = '' }: X509Certificate): readonly string[] {
  const names = [...subjectAltName.matchAll(/(?:DNS|IP Address):([^,\s"]+)/gu)].map(([, name = '']) => name);
  return names.filter((name) => !name.includes('*') && isIP(name) !== 6);
}

async function readPem(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`The ${what} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function inWords<T>(problem: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new Error(`${problem}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function plainText(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}
