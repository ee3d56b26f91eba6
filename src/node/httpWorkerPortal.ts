import { Failure } from '../core/failure.js';
import { type SendToPortal, workerPortalOver } from '../core/portal/portalClient.js';
import type { WorkerPortal } from '../core/portal/workerPortal.js';

/** Local Ground Truth's worker portal, over HTTP; the session's token goes along with each request. */
export function httpWorkerPortal(portalAddress: string): WorkerPortal {
  return workerPortalOver(sendTo(portalAddress.replace(/\/$/u, '')));
}

function sendTo(address: string): SendToPortal {
  return async ({ verb, path, body, session }, signal) => {
    try {
      const response = await fetch(address + path, {
        method: verb,
        headers: {
          'content-type': 'application/json',
          ...(session && { authorization: `Bearer ${session.token}` }),
        },
        ...(body !== undefined && { body }),
        signal,
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      signal.throwIfAborted();
      throw new Failure('portal.unreachable', { endpoint: address, reason: reasonOf(error) }, { cause: error });
    }
  };
}

/** What the system said, which fetch keeps as the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
