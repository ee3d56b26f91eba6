import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { S3Service } from '../s3/s3Service.js';
import { isOurHost } from './hostHeader.js';
import { requestHead, type RequestHead } from './incoming.js';
import { answerJson, type ProtocolOptions } from './jsonProtocol.js';
import { answerQuery } from './queryProtocol.js';
import { sendReply, type Reply } from './reply.js';
import { ConnectionCut } from './serviceCall.js';
import type { JsonService, PathHandler, QueryService } from './services.js';

export interface DispatcherOptions extends ProtocolOptions {
  readonly s3: S3Service;
  readonly jsonServices: readonly JsonService[];
  readonly queryServices: readonly QueryService[];
  readonly pathHandlers: readonly PathHandler[];
  /** What `/_local/health` answers. */
  readonly health: Readonly<Record<string, string | number>>;
  readonly port: () => number;
}

const healthPath = '/_local/health';

/** Every request comes through here and is handed to the protocol that it speaks. It is always answered. */
export function createDispatcher(options: DispatcherOptions): RequestListener {
  return (request, response) => {
    dispatch(request, response, options).catch((error: unknown) => {
      // The answer cannot be finished: the client is gone, or it has begun already.
      if (!isGone(request, response) && !(error instanceof ConnectionCut)) {
        options.log(`${request.method} failed: ${error instanceof Error ? error.stack : String(error)}`);
      }
      response.destroy();
    });
  };
}

async function dispatch(request: IncomingMessage, response: ServerResponse, options: DispatcherOptions): Promise<void> {
  const head = requestHead(request);
  if (!isOurHost(head.headers.host, options.port())) {
    options.log('refused a request whose Host header names another server');
    return sendReply(request, response, forbiddenHost);
  }
  if (head.rawPath === healthPath) {
    return sendReply(request, response, healthReply(head, options));
  }
  const handler = options.pathHandlers.find(({ path }) => head.rawPath === path || head.rawPath.startsWith(`${path}/`));
  if (handler !== undefined) {
    askForBody(head, response);
    return handler.handle(request, response);
  }
  const requestId = randomUUID();
  // Clients whose clocks are wrong set them by it.
  response.setHeader('date', options.guard.signatureClock.now().toUTCString());
  if (head.headers['x-amz-target'] !== undefined) {
    askForBody(head, response);
    response.setHeader('x-amzn-requestid', requestId);
    return sendReply(request, response, await answerJson(options.jsonServices, { request, response, head }, options));
  }
  if (isForm(head)) {
    askForBody(head, response);
    response.setHeader('x-amzn-requestid', requestId);
    return sendReply(
      request,
      response,
      await answerQuery(options.queryServices, { request, response, head }, requestId, options),
    );
  }
  return options.s3.handle(request, response, head, requestId);
}

/** S3 asks for bodies itself, once the head of the request has been let in. */
function askForBody({ headers }: RequestHead, response: ServerResponse): void {
  if (headers.expect !== undefined) {
    response.writeContinue();
  }
}

function isForm({ method, rawPath, headers }: RequestHead): boolean {
  const type = headers['content-type'] ?? '';
  return method === 'POST' && rawPath === '/' && type.startsWith('application/x-www-form-urlencoded');
}

function isGone(request: IncomingMessage, response: ServerResponse): boolean {
  return request.destroyed || response.destroyed;
}

const forbiddenHost: Reply = {
  status: 403,
  headers: { 'content-type': 'text/plain' },
  body: 'This server answers to loopback names only.\n',
};

function healthReply({ method }: RequestHead, { health }: DispatcherOptions): Reply {
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, headers: { allow: 'GET, HEAD' } };
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(health),
  };
}
