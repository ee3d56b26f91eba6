import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConnectionCut } from '../http/serviceCall.js';

export function cut({ socket }: IncomingMessage): ConnectionCut {
  socket.destroy();
  return new ConnectionCut('The connection was cut, as the faults file says.');
}

/** When something of the body has come, where the request has one. */
export async function cutDuringBody(request: IncomingMessage, response: ServerResponse): Promise<ConnectionCut> {
  if (!request.complete) {
    if (request.headers.expect !== undefined) {
      response.writeContinue();
    }
    await new Promise<void>((resolve) => {
      request.once('readable', resolve).once('close', resolve);
    });
  }
  return cut(request);
}

/** The next reply ends in its middle, although its head promises more. */
export function cutNextReply(request: IncomingMessage, response: ServerResponse): void {
  const write = response.write.bind(response) as (piece: unknown, done: () => void) => boolean;
  const half = (body: unknown): boolean => {
    const bytes = typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body) : Buffer.alloc(0);
    if (bytes.length < 2) {
      request.socket.destroy(); // Nothing that could be halved.
      return false;
    }
    return write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
  };
  response.write = half as typeof response.write;
  response.end = ((body: unknown) => {
    half(body);
    return response;
  }) as typeof response.end;
}
