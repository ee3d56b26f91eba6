import type { IncomingMessage } from 'node:http';
import { workerHeader } from '../../core/portal/browserPortal.js';
import { Refusal } from '../labeling/refusal.js';
import { isEncrypted, readCookie } from './sessionCookie.js';

/** Who sends a request: a program that has the token itself, or the portal's page, which only knows whose it is. */
export type Caller =
  | { readonly kind: 'program'; readonly token: string }
  /** `workerId` is `nobody` before anybody has signed in. */
  | { readonly kind: 'page'; readonly token: string; readonly workerId: string };

/**
 * A cookie counts only together with the page's own header. Ports of one machine are one site to a browser, so that
 * `SameSite` does not keep the page of another port away; the header and the origin do.
 */
export function callerOf(request: IncomingMessage, cookieName: string): Caller {
  requireOwnPage(request);
  const { authorization, [workerHeader]: workerId } = request.headers;
  if (authorization === undefined && typeof workerId === 'string') {
    return { kind: 'page', token: readCookie(request, cookieName), workerId };
  }
  return { kind: 'program', token: /^Bearer ([\w-]+)$/u.exec(authorization ?? '')?.[1] ?? '' };
}

/** `http://127.0.0.1:<port>`, as the caller names this server. */
export function ownOrigin(request: IncomingMessage): string {
  return `${isEncrypted(request) ? 'https' : 'http'}://${request.headers.host ?? ''}`;
}

/** The page of another site may send requests here, though it could not read the replies. Programs send neither. */
function requireOwnPage(request: IncomingMessage): void {
  const { origin, 'sec-fetch-site': site = 'same-origin' } = request.headers;
  if ((origin !== undefined && origin !== ownOrigin(request)) || site !== 'same-origin') {
    throw new Refusal('NotAuthorized', 'The portal takes no requests from other sites.');
  }
}
