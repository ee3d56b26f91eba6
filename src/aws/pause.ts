import { setTimeout as delay } from 'node:timers/promises';

/** Waits; an abort rejects with the signal's own reason, as every port does. */
export async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(delayMs, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
