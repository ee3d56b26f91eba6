import * as vscode from 'vscode';
import type { CommandId } from '../commands/signatures.js';

/**
 * Ticks off the steps of the walkthrough that wait for this. VS Code does so only for the walkthrough's own buttons, and
 * for a command that was given up just the same.
 */
export function markDone(command: CommandId): void {
  void vscode.commands.executeCommand('setContext', `${command}.ran`, true);
}
