import { dirname, extname, join } from 'node:path';
import process from 'node:process';
import { parseCommandLine, usage, type CommandLine } from './commandLine.js';
import { DataFolderInUse, startServer } from './startServer.js';

// Most of the time of an upload is waiting for the disk, and the usual four threads do little of that at once. It counts
// only before the pool is first used, so it stands before everything else.
process.env['UV_THREADPOOL_SIZE'] ??= '16';

// Beside this program, be it the bundle or its source.
const program = process.argv[1] ?? '';
const isSource = extname(program) === '.ts';
const functionProgram = join(dirname(program), isSource ? 'functions/functionThread.ts' : 'functionThread.js');
const maskProgram = join(dirname(program), isSource ? 'labeling/maskProgram.ts' : 'maskProgram.js');

/** How the process ends. */
const exitCodes = { failed: 1, wrongUsage: 2, folderInUse: 3 } as const;

async function main(): Promise<void> {
  let commandLine: CommandLine;
  try {
    commandLine = parseCommandLine(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n${usage}\n`);
    process.exitCode = exitCodes.wrongUsage;
    return;
  }
  // Whoever started this process may have gone, and the other ends of its pipes with them.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  process.umask(0o077); // All that this process writes is for this user alone.
  try {
    await run(commandLine);
  } catch (error) {
    log(messageOf(error));
    process.exitCode = error instanceof DataFolderInUse ? exitCodes.folderInUse : exitCodes.failed;
  }
}

async function run({ idleMinutes, ...options }: CommandLine): Promise<void> {
  let isEnding = false;
  const end = (reason: string): void => {
    if (!isEnding) {
      isEnding = true;
      log(`ends: ${reason}`);
      // A start that fails ends the process by itself.
      starting.then((server) => server.stop().then(() => process.exit())).catch(() => undefined);
    }
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  const starting = startServer({
    ...options,
    functionProgram,
    maskProgram,
    pageFolder: join(__dirname, '..', 'webview'), // Beside this bundle's own folder.
    log,
    ...(idleMinutes !== undefined && {
      idle: { minutes: idleMinutes, onIdle: () => end(`no request for ${idleMinutes} minutes`) },
    }),
  });
  const server = await starting;
  const { pid: _pid, instance: _instance, ...greeting } = server.record;
  process.stdout.write(`${JSON.stringify(greeting)}\n`);
}

function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

void main();
