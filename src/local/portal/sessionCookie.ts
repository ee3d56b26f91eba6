import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { portalPath } from './portalPath.js';

/** Cookies do not know ports: the account, which is another in each data folder, keeps two servers of a machine apart. */
export function cookieNameOf({ accountId }: { readonly accountId: string }): string {
  return `portal-${accountId}`;
}

export interface SessionCookie {
  readonly name: string;
  /** Empty to take it away. */
  readonly token: string;
  readonly maxAgeSeconds: number;
}

/** For no script to read, for no other site's requests, and for nothing of this origin but the portal. */
export function cookieHeader(request: IncomingMessage, { name, token, maxAgeSeconds }: SessionCookie): string {
  return [
    `${name}=${token}`,
    `Path=${portalPath}`,
    `Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(isEncrypted(request) ? ['Secure'] : []),
  ].join('; ');
}

export function readCookie({ headers }: IncomingMessage, name: string): string {
  const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

export function isEncrypted({ socket }: IncomingMessage): boolean {
  return socket instanceof TLSSocket;
}
