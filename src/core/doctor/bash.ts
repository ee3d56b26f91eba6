import type { CommandLine } from './report.js';

/** One line for each command, as Bash takes it: every argument arrives as it is, whatever characters it has. */
export function bashText(commands: readonly CommandLine[]): string {
  return commands.map((command) => `${command.map(quoted).join(' ')}\n`).join('');
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/u.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}
