import { Failure } from '../../src/core/failure.js';
import {
  browserPortalPaths,
  type BrowserSession,
  nobody,
  objectTypeHeader,
  workerHeader,
} from '../../src/core/portal/browserPortal.js';
import { isSuccess, type PortalRequest, refusalOf, workerPortalOver } from '../../src/core/portal/portalClient.js';
import type { TaskAsset } from '../../src/core/portal/taskAsset.js';
import type { PortalSession, WorkerPortal } from '../../src/core/portal/workerPortal.js';
import { formatS3Uri, type S3Uri } from '../../src/core/s3Uri.js';

export interface BrowserPortal extends WorkerPortal {
  /** Who is signed in, as far as this browser can show. */
  session(signal: AbortSignal): Promise<BrowserSession>;
  readObject(
    session: PortalSession,
    asset: S3Uri & { readonly taskId: string },
    signal: AbortSignal,
  ): Promise<TaskAsset>;
}

/** A browser sends no more than 64 KB in all for pages that are closed meanwhile. */
const mostBytesAfterPage = 8_000;

/** The portal over HTTP, as its own page: a cookie that no script can read shows the session. */
export function browserPortal(address: string): BrowserPortal {
  const send = async (request: PortalRequest, signal: AbortSignal): Promise<Response> => {
    const { verb, path, body, session } = request;
    try {
      return await fetch(address + path, {
        method: verb,
        mode: 'same-origin',
        redirect: 'error',
        cache: 'no-store',
        headers: { [workerHeader]: session?.workerId ?? nobody, 'content-type': 'application/json' },
        ...(body !== undefined && { body, keepalive: body.length < mostBytesAfterPage }), // An answer outlives its page.
        signal,
      });
    } catch (error) {
      throw unreachable(error, signal);
    }
  };
  const textOf = async (response: Response, signal: AbortSignal): Promise<string> => {
    try {
      return await response.text();
    } catch (error) {
      throw unreachable(error, signal);
    }
  };
  const unreachable = (error: unknown, signal: AbortSignal): Failure => {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    return new Failure('portal.unreachable', { endpoint: new URL(address, location.href).href, reason });
  };
  return {
    ...workerPortalOver(async (request, signal) => {
      const response = await send(request, signal);
      return { status: response.status, text: await textOf(response, signal) };
    }),
    async session(signal) {
      const [verb = '', path = ''] = browserPortalPaths.session.split(' ');
      const response = await send({ verb, path }, signal);
      const reply = { status: response.status, text: await textOf(response, signal) };
      if (!isSuccess(reply)) {
        throw new Failure('portal.refused', { action: 'session', reason: refusalOf(reply).message });
      }
      return JSON.parse(reply.text) as BrowserSession;
    },
    async readObject(session, { taskId, ...uri }, signal) {
      const [verb = '', path = ''] = browserPortalPaths.object.split(' ');
      const query = new URLSearchParams({ uri: formatS3Uri(uri) });
      const object = `${path.replace(':id', encodeURIComponent(taskId))}?${query.toString()}`;
      const response = await send({ verb, path: object, session }, signal);
      if (!isSuccess(response)) {
        const { message } = refusalOf({ status: response.status, text: await textOf(response, signal) });
        return { ...uri, kind: 'failed', reason: message };
      }
      try {
        const bytes = new Uint8Array(await response.arrayBuffer());
        return { ...uri, kind: 'read', bytes, contentType: response.headers.get(objectTypeHeader) ?? '' };
      } catch (error) {
        throw unreachable(error, signal);
      }
    },
  };
}
