import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.js';
import type { Identity, PathHandler } from '../http/services.js';
import { contentSha256, findHumanTaskUi, type HumanTaskUiRow } from './humanTaskUiRecords.js';

interface Dependencies {
  readonly database: DatabaseSync;
  readonly identity: Identity;
  readonly clock: Clock;
}

/** No bucket can have a name with an underscore, so that this path is nobody's. */
const path = '/_local/human-task-ui';

const readableForSeconds = 3_600;

/** Where the template can be read for an hour, by whoever has the address: a link such as AWS gives out to its storage. */
export function templateAddress(
  row: HumanTaskUiRow,
  { identity, clock, portalUrl }: Dependencies & { readonly portalUrl: () => string },
): string {
  const expires = String(Math.floor(clock.now().getTime() / 1_000) + readableForSeconds);
  const query = new URLSearchParams({ expires, signature: signature(row, expires, identity).toString('hex') });
  return `${new URL(portalUrl()).origin}${path}/${row.name}?${query.toString()}`;
}

/** Answers at those addresses, until they expire or the template has gone. */
export function humanTaskUiHandler({ database, identity, clock }: Dependencies): PathHandler {
  return {
    path,
    async handle(request, response) {
      const { pathname, searchParams } = new URL(request.url ?? path, 'http://localhost');
      const row = findHumanTaskUi(database, pathname.slice(path.length + 1));
      const expires = searchParams.get('expires') ?? '';
      const given = Buffer.from(searchParams.get('signature') ?? '', 'hex');
      const isSigned =
        row !== undefined &&
        given.length === signatureBytes &&
        timingSafeEqual(given, signature(row, expires, identity)) &&
        Number(expires) * 1_000 > clock.now().getTime();
      response.writeHead(isSigned ? 200 : 403, {
        // It is somebody's page, of the portal's origin: it is shown as text and runs nowhere.
        'content-type': 'text/plain; charset=utf-8',
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
      response.end(isSigned ? row.content : 'The address has expired, or its template has gone.\n');
    },
  };
}

const signatureBytes = 32;

function signature(row: HumanTaskUiRow, expires: string, { secretAccessKey }: Identity): Buffer {
  const signed = ['human-task-ui', row.name, contentSha256(row), expires].join('\n');
  return createHmac('sha256', secretAccessKey).update(signed).digest();
}
