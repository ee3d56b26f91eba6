import type * as vscode from 'vscode';

/** Runs `work` with a signal that follows the token; where it fails, there is nothing to show. */
export async function runSafely<T>(
  token: vscode.CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const abort = new AbortController();
  const listening = token.onCancellationRequested(() => abort.abort());
  try {
    return await work(abort.signal);
  } catch {
    return undefined; // An ornament, such as a hover: its absence says enough.
  } finally {
    listening.dispose();
  }
}

/** Gives up waiting for what cannot be stopped, such as the start of a server that others may be waiting for too. */
export function untilAborted<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    if (signal.aborted) {
      giveUp();
    }
    signal.addEventListener('abort', giveUp, { once: true });
    void running.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
