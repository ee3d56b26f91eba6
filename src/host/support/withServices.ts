import type { Services } from '../../core/ports.js';
import { untilAborted } from './abort.js';
import type { Connection } from './connection.js';
import { withProgress } from './progress.js';

/** Runs `work` over the connection's services: with progress, because the server may have to start for it. */
export function withServices<T>(
  title: string,
  connection: Pick<Connection, 'services'>,
  work: (services: Services, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return withProgress(title, async (signal) => work(await untilAborted(connection.services(), signal), signal));
}
