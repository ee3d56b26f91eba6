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
