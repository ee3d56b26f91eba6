// The process of a worker, seen from inside.
import process from 'node:process';
import type { Port } from '../protocol/channel.js';

/** The first message to the process: the bundle of its thread, and what that is told. All others are the worker's. */
export interface ProgramOrder {
  readonly script: string;
  readonly workerData: unknown;
}

/** The last message of the process, where the worker has ended by an error; all others are the worker's. */
export interface Death {
  readonly kind: 'death';
  readonly reason: string;
}

/** Begins with what the worker was told, and the port to whoever has started it. */
export function inProcess(begin: (data: unknown, port: Port) => void): void {
  process.once('message', (raw) => begin((raw as ProgramOrder).workerData, processPort));
  process.once('uncaughtException', die);
  endWithParent();
}

/** Tells what the worker has died of before the process ends: what it writes while it ends may come too late. */
export function die(error: unknown): void {
  process.send?.({ kind: 'death', reason: String(error) } satisfies Death, () => process.exit(1));
}

export function endWithParent(): void {
  process.once('disconnect', () => process.exit());
}

const processPort: Port = {
  post: (message) => process.send?.(message),
  onMessage(listener) {
    process.on('message', listener);
    return { dispose: () => void process.off('message', listener) };
  },
};
