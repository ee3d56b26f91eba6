import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** An answer as data, so that operations need no socket. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A stream comes with its own `content-length` header. It is closed by whoever sends the reply. */
  readonly body?: string | Uint8Array | AsyncIterableIterator<Uint8Array>;
}

export async function sendReply(request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  const { body = '' } = reply;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    setHead(request, response, reply);
    if (mayHaveBody(reply.status) && reply.headers?.['content-length'] === undefined) {
      response.setHeader('content-length', Buffer.byteLength(body));
    }
    response.end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  try {
    setHead(request, response, reply);
    await pipeline(body, response);
  } finally {
    await body.return?.(); // Whatever failed: a stream that nobody reads would keep its files open.
  }
}

/** It is sent with the first byte of the body, or with its end. */
function setHead(request: IncomingMessage, response: ServerResponse, { status, headers = {} }: Reply): void {
  if (!request.complete) {
    // What the client still sends is not wanted: let it come and go, then close.
    request.resume();
    response.setHeader('connection', 'close');
  }
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, value);
  }
}

function mayHaveBody(status: number): boolean {
  return status !== 204 && status !== 304;
}
