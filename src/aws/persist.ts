import { mayPass } from '../core/passing.js';
import type { pause } from './pause.js';

const attempts = 4;
const firstDelayMs = 300;

/**
 * For what the SDK must not repeat by itself: `run` is asked again after a failure that may pass, and is told so, to look
 * whether the attempt before it was carried out after all.
 */
export async function persist<T>(
  run: (isRepeated: boolean) => Promise<T>,
  wait: typeof pause,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run(attempt > 1);
    } catch (error) {
      if (attempt === attempts || !mayPass(error)) {
        throw error;
      }
      await wait(firstDelayMs * 2 ** (attempt - 1), signal);
    }
  }
}
