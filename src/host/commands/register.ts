import * as vscode from 'vscode';
import type { Notifier } from '../support/notifier.js';
import type { CommandId, Commands } from './signatures.js';

export type CommandHandlers = {
  readonly [Id in CommandId]: (...args: Parameters<Commands[Id]>) => void | Promise<void>;
};

/** A missing or an extra handler does not compile, and every error ends at the notifier. */
export function registerCommands(handlers: CommandHandlers, notifier: Notifier): vscode.Disposable {
  const registrations = Object.entries(handlers).map(([id, run]) =>
    vscode.commands.registerCommand(id, async (...args: []) => {
      try {
        await run(...args);
      } catch (error) {
        void notifier.report(error); // Awaiting it would hold up the caller until the message is closed.
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}
