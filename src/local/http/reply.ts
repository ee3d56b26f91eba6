import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** An answer as data, so that operations need no socket. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A stream comes with its own `content-length` header. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

export async function sendReply(request: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  const { status, headers = {}, body = '' } = reply;
  if (!request.complete) {
    // What the client still sends is not wanted: let it come and go, then close.
    request.resume();
    response.setHeader('connection', 'close');
  }
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, value);
  }
  if (typeof body === 'string' || body instanceof Uint8Array) {
    if (mayHaveBody(status) && headers['content-length'] === undefined) {
      response.setHeader('content-length', Buffer.byteLength(body));
    }
    response.end(request.method === 'HEAD' ? undefined : body);
  } else {
    await pipeline(body, response);
  }
}

function mayHaveBody(status: number): boolean {
  return status !== 204 && status !== 304;
}
