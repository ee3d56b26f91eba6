import * as vscode from 'vscode';

/** The user changed their mind, or the window is closing: nobody needs to be told. */
export function isCancellation(error: unknown): boolean {
  return error instanceof vscode.CancellationError || (error instanceof Error && error.name === 'AbortError');
}
