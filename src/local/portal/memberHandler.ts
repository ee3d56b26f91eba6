import { timingSafeEqual } from 'node:crypto';
import { memberOutlook } from '../../core/portal/memberOutlook.js';
import { memberPath } from '../../node/memberPath.js';
import { ownerToken } from '../../node/ownerToken.js';
import { requestHead } from '../http/incoming.js';
import { type Reply, sendReply } from '../http/reply.js';
import type { PathHandler } from '../http/services.js';
import type { HandOutDependencies } from '../labeling/handOut.js';
import { memberFacts } from './memberFacts.js';

/** For whoever has the data folder's key: what a member of a team finds in the portal, and why where it is nothing. */
export function memberHandler(dependencies: HandOutDependencies): PathHandler {
  const expected = Buffer.from(`Bearer ${ownerToken(dependencies.identity)}`);
  return {
    path: memberPath,
    async handle(request, response) {
      const given = Buffer.from(request.headers.authorization ?? '');
      const isOwner = given.length === expected.length && timingSafeEqual(given, expected);
      const { method, rawPath, query } = requestHead(request);
      const sub = rawPath.slice(memberPath.length + 1);
      const workteam = query.get('workteam') ?? '';
      const facts = isOwner && method === 'GET' ? memberFacts(dependencies, { sub, workteam }) : undefined;
      await sendReply(
        request,
        response,
        !isOwner
          ? refusal(403, 'This needs the key of the data folder.')
          : facts === undefined
            ? refusal(404, 'There is no such member.')
            : { status: 200, headers: jsonHeaders, body: JSON.stringify(memberOutlook(facts)) },
      );
    },
  };
}

const jsonHeaders = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;

function refusal(status: number, message: string): Reply {
  return { status, headers: { ...jsonHeaders, 'content-type': 'text/plain' }, body: `${message}\n` };
}
