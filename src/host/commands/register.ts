import * as vscode from 'vscode';
import type { Notifier } from '../support/notifier.js';
import type { CommandId, Commands } from './signatures.js';

export type CommandHandlers = {
  readonly [Id in CommandId]: (...args: Parameters<Commands[Id]>) => void | Promise<void>;
};

/** Handlers are loaded with the first command that is run, and every error ends at the notifier. */
export function registerCommands(
  ids: readonly CommandId[],
  load: () => Promise<CommandHandlers>,
  notifier: Notifier,
): vscode.Disposable {
  const registrations = ids.map((id) => {
    const run = async (...args: []): Promise<void> => (await load())[id](...args);
    return vscode.commands.registerCommand(id, notifier.reporting(run));
  });
  return vscode.Disposable.from(...registrations);
}

/** The ids of the commands that package.json names: a test holds them against the handlers. */
export function contributedCommands({ packageJSON }: vscode.Extension<unknown>): readonly CommandId[] {
  const { contributes } = packageJSON as Manifest;
  return contributes.commands.map(({ command }) => command);
}

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: CommandId }[] };
}
