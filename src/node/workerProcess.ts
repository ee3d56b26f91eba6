import { type ChildProcess, fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { Client, Contract, Port } from '../protocol/channel.js';
import type { Death, ProgramOrder } from './ownProcess.js';
import { workerClient, workerDied, type WorkerOrder } from './startWorker.js';

/**
 * Starts the worker in a process of its own, on the runtime that this one runs on: its memory is not this process's, and
 * is given back whole. There it is a thread, so that the process hears that it is to end, whatever the thread is at; or
 * all there is. The process ends with the client, and with this process.
 */
export function startProcess<C extends Contract, Asked extends Contract>(order: WorkerOrder<Asked>): Client<C> {
  const { script, workerData, answers, isAllEars = false } = order;
  const program = isAllEars ? script : join(dirname(script), 'workerProgram.js');
  // Options for this process's Node, a debugger's port above all, are not meant for that one.
  const { NODE_OPTIONS: _, ...environment } = process.env;
  const child = fork(program, {
    cwd: dirname(program),
    env: { ...environment, ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const said = lastWords(child);
  const client = workerClient<C, Asked>(childPort(child), answers, () => void child.kill());
  child.on('message', (message) => {
    const { kind, reason } = message as Partial<Death>;
    if (kind === 'death') {
      client.dispose(workerDied(String(reason)));
    }
  });
  child.on('error', (error) => client.dispose(workerDied(String(error)))); // It was not started, say.
  child.once('close', (code, signal) => client.dispose(workerDied(said() || (signal ?? `exit code ${code}`))));
  post(child, { script, workerData } satisfies ProgramOrder);
  return client;
}

function childPort(child: ChildProcess): Port {
  return {
    post: (message) => post(child, message),
    onMessage(listener) {
      child.on('message', listener);
      return { dispose: () => void child.off('message', listener) };
    },
  };
}

/** What a process that is ending does not hear any more, nobody waits for: its death is told. */
function post(child: ChildProcess, message: unknown): void {
  if (child.connected) {
    child.send(message as object, () => undefined);
  }
}

/** The last line of what a process says that goes wrong: the error that it ended by stands at the end of its message. */
function lastWords({ stderr }: ChildProcess): () => string {
  let text = '';
  stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-mostWords);
  });
  return () => /^\w*Error.*$/mu.exec(text)?.[0] ?? '';
}

const mostWords = 4_000;
