import type { PortalSession } from './workerPortal.js';

// What the portal has for its own page in a browser, beyond what every client can ask of it (`portalPaths`). A browser
// shows its session by a cookie that no script can read, so `PortalSession.token` is empty there.

export const browserPortalPaths = {
  /** Who is signed in: a `BrowserSession`. */
  session: 'GET /api/session',
  /** The bytes of an object that the task's template asks for: `?uri=s3://…`, its type in `objectTypeHeader`. */
  object: 'GET /api/tasks/:id/object',
} as const;

/**
 * Every request of the page has it: no other site can send a header of its own without being asked first, and the portal
 * allows nobody to. It names the worker whose page it is, so that a page left open is not served as whoever signed in
 * later.
 */
export const workerHeader = 'x-portal-worker';
export const nobody = 'nobody';

/** The object's own content type; as that of the reply it would make a page of the portal's origin out of an object. */
export const objectTypeHeader = 'x-object-type';

export type BrowserSession =
  { readonly kind: 'signedOut' } | { readonly kind: 'signedIn'; readonly session: PortalSession };
