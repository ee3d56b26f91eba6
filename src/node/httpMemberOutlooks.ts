import { Failure } from '../core/failure.js';
import type { LocalServer } from '../core/ports.js';
import type { MemberOutlook, MemberOutlooks } from '../core/portal/memberOutlook.js';
import { memberPath } from './memberPath.js';
import { ownerToken } from './ownerToken.js';

/** What Local Ground Truth says of the members of its teams. */
export function httpMemberOutlooks(server: LocalServer): MemberOutlooks {
  const { endpoint } = server;
  return {
    async outlook({ sub, workteam }, signal) {
      const query = new URLSearchParams({ workteam });
      let response: Response;
      try {
        response = await fetch(`${endpoint}${memberPath}/${encodeURIComponent(sub)}?${query.toString()}`, {
          headers: { authorization: `Bearer ${ownerToken(server)}` },
          signal,
        });
      } catch (error) {
        signal.throwIfAborted();
        const reason = error instanceof Error ? error.message : String(error);
        throw new Failure('portal.unreachable', { endpoint, reason }, { cause: error });
      }
      if (!response.ok) {
        throw new Failure('portal.refused', { action: 'outlook', reason: (await response.text()).slice(0, 200) });
      }
      return (await response.json()) as MemberOutlook;
    },
  };
}
