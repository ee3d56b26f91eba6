import type { Services } from '../../core/ports.js';
import { untilAborted } from './abort.js';
import type { Connection } from './connection.js';
import { withProgress } from './progress.js';

/** Learns what the next question needs: with progress, because the server may have to start for it. */
export function lookUp<T>(
  title: string,
  connection: Pick<Connection, 'services'>,
  ask: (services: Services, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return withProgress(title, async (signal) => ask(await untilAborted(connection.services(), signal), signal));
}
