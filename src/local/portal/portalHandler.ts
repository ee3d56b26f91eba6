import type { IncomingMessage } from 'node:http';
import { browserPortalPaths, objectTypeHeader } from '../../core/portal/browserPortal.js';
import { portalPaths, type PortalRefusal } from '../../core/portal/workerPortal.js';
import { type Reply, sendReply } from '../http/reply.js';
import type { PathHandler } from '../http/services.js';
import { Refusal } from '../labeling/refusal.js';
import { AttemptLimit } from './attemptLimit.js';
import { readJsonBody } from './body.js';
import { callerOf, ownOrigin } from './caller.js';
import type { PageFiles } from './pageFiles.js';
import { portalApi, type PortalAnswer, type PortalApiDependencies, type PortalMethod } from './portalApi.js';
import { filePath, portalDocument, taskFramePolicy } from './portalPage.js';
import { portalPath } from './portalPath.js';
import { SessionOver } from './sessionEnds.js';
import { cookieHeader, cookieNameOf } from './sessionCookie.js';

export interface PortalDependencies extends PortalApiDependencies {
  readonly pageFiles: () => Promise<PageFiles>;
  readonly log: (line: string) => void;
}

interface Route {
  readonly method: PortalMethod;
  readonly verb: string;
  readonly pattern: RegExp;
}

const routes: readonly Route[] = Object.entries({ ...portalPaths, ...browserPortalPaths }).map(([method, text]) => {
  const [verb = '', route = ''] = text.split(' ');
  const pattern = new RegExp(`^${portalPath}${route.replace(/:\w+/u, '([\\w-]+)')}$`, 'u');
  return { method: method as PortalMethod, verb, pattern };
});

const statuses: Readonly<Record<PortalRefusal['code'], number>> = {
  NotAuthorized: 403,
  TooManyAttempts: 429,
  SessionExpired: 401,
  InvalidPassword: 400,
  InvalidRequest: 400,
  NotFound: 404,
  TaskGone: 409,
  NothingToUndo: 409,
};

/** The worker portal: its contract as JSON over HTTP, and the page that speaks it in a browser. */
export function portalHandler(dependencies: PortalDependencies): PathHandler {
  const { identity, clock, log, pageFiles } = dependencies;
  const api = portalApi(dependencies, new AttemptLimit(clock));
  const cookieName = cookieNameOf(identity);

  const call = async (request: IncomingMessage, { pathname, searchParams }: URL): Promise<Reply> => {
    const caller = callerOf(request, cookieName);
    const route = routes.find(({ verb, pattern }) => verb === request.method && pattern.test(pathname));
    if (route === undefined) {
      throw nothingHere();
    }
    const { session, ...answer } = await api[route.method]({
      parameter: route.pattern.exec(pathname)?.[1] ?? '',
      query: searchParams,
      body: route.verb === 'POST' ? await readJsonBody(request) : {},
      caller,
      address: request.socket.remoteAddress ?? '',
    });
    const reply = replyOf(answer);
    if (session === undefined || caller.kind !== 'page') {
      return reply;
    }
    const maxAgeSeconds = (Date.parse(session.expiresAt) - clock.now().getTime()) / 1_000;
    const cookie = cookieHeader(request, { name: cookieName, token: session.token, maxAgeSeconds });
    return { ...reply, headers: { ...reply.headers, 'set-cookie': cookie } };
  };

  const answered = async (request: IncomingMessage): Promise<Reply> => {
    const url = new URL(request.url ?? portalPath, 'http://localhost');
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (url.pathname.startsWith(`${portalPath}/api/`)) {
      return call(request, url);
    }
    if (isReading && (url.pathname === portalPath || url.pathname === `${portalPath}/`)) {
      return pageReply(await pageFiles(), ownOrigin(request));
    }
    const file = isReading ? fileReply(await pageFiles(), url.pathname) : undefined;
    if (file === undefined) {
      throw nothingHere();
    }
    return file;
  };

  return {
    path: portalPath,
    async handle(request, response) {
      let reply: Reply;
      try {
        reply = await answered(request);
      } catch (error) {
        if (!(error instanceof Refusal)) {
          log(`portal: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        }
        reply = refusalReply(error);
      }
      await sendReply(request, response, { ...reply, headers: { ...commonHeaders, ...reply.headers } });
    },
  };
}

const commonHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

function replyOf({ json, object }: PortalAnswer): Reply {
  if (object !== undefined) {
    const headers = { 'content-type': 'application/octet-stream', [objectTypeHeader]: object.contentType };
    return { status: 200, headers, body: object.bytes };
  }
  return json === undefined ? { status: 204 } : jsonReply(200, json);
}

function pageReply(files: PageFiles, origin: string): Reply {
  const { html, policy } = portalDocument(files, origin);
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  return { status: 200, headers, body: html };
}

function fileReply(files: PageFiles, pathname: string): Reply | undefined {
  const name = pathname.slice(filePath(files, '').length);
  const file = pathname === filePath(files, name) ? files.find(name) : undefined;
  return (
    file && {
      status: 200,
      headers: {
        'content-type': file.contentType,
        'cache-control': 'public, max-age=31536000, immutable',
        ...(file.contentType.startsWith('text/html') && { 'content-security-policy': taskFramePolicy }),
      },
      body: file.bytes,
    }
  );
}

function refusalReply(error: unknown): Reply {
  if (!(error instanceof Refusal)) {
    return jsonReply(500, { code: 'InternalFailure', message: 'The portal failed. Its log says why.' });
  }
  const { code, message, retryAfterSeconds } = error;
  const reply = jsonReply(statuses[code], {
    code,
    message,
    ...(error instanceof SessionOver && { sessionEnd: error.why }),
  });
  return retryAfterSeconds === undefined
    ? reply
    : { ...reply, headers: { ...reply.headers, 'retry-after': String(retryAfterSeconds) } };
}

function jsonReply(status: number, value: object): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function nothingHere(): Refusal {
  return new Refusal('NotFound', 'The portal has nothing at this address.');
}
