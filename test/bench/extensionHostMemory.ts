import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

/** Megabytes of a process, and of the heap of its main thread. */
export interface Memory {
  /** All of its pages, its own share of them, and those that nobody else has. */
  readonly rss: number;
  readonly pss: number;
  readonly uss: number;
  /** Objects of the main thread, and the bytes behind its buffers; other threads have heaps of their own. */
  readonly mainHeap: number;
  readonly mainBuffers: number;
}

const inspector = 'http://127.0.0.1:9229/json/list'; // The port that Node opens when it gets the signal.
const sampleMs = 50;
const kilobytesPerMegabyte = 1_024;

/** The extension host among a server's children, looked at from outside: by the system, and by Node's own inspector. */
export class ExtensionHostMemory {
  readonly #pid: number;
  readonly #session: InspectorSession;

  private constructor(pid: number, session: InspectorSession) {
    this.#pid = pid;
    this.#session = session;
  }

  static async of(serverPid: number): Promise<ExtensionHostMemory> {
    const pid = extensionHostOf(serverPid);
    return new ExtensionHostMemory(pid, await InspectorSession.open(pid));
  }

  /** As it is when its garbage is collected. */
  async now(): Promise<Memory> {
    await this.#session.call('HeapProfiler.collectGarbage');
    const used = await this.#session.evaluate<NodeJS.MemoryUsage>('process.memoryUsage()');
    return {
      ...memoryOf(this.#pid),
      mainHeap: used.heapUsed / 2 ** 20,
      mainBuffers: used.arrayBuffers / 2 ** 20,
    };
  }

  /** What the process has at most while the work is going on, without any collection that it does not do itself. */
  async mostDuring(work: () => Promise<void>): Promise<{ readonly rss: number; readonly pss: number }> {
    writeFileSync(`/proc/${this.#pid}/clear_refs`, '5'); // The system counts the most pages anew from here.
    const ending = new AbortController();
    let pss = 0;
    const sampling = (async () => {
      while (!ending.signal.aborted) {
        pss = Math.max(pss, memoryOf(this.#pid).pss);
        await delay(sampleMs, undefined, { signal: ending.signal }).catch(() => undefined); // It is over.
      }
    })();
    try {
      await work();
    } finally {
      ending.abort();
      await sampling;
    }
    const [, peak] = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${this.#pid}/status`, 'utf8')) ?? [];
    return { rss: Number(peak) / kilobytesPerMegabyte, pss };
  }

  /** Of what it has started itself and is still running: the scan, where that is a process of its own. */
  children(): Pick<Memory, 'rss' | 'pss'> {
    const each = descendantsOf(this.#pid).map(memoryOf);
    return { rss: sum(each.map(({ rss }) => rss)), pss: sum(each.map(({ pss }) => pss)) };
  }

  dispose(): void {
    this.#session.dispose();
  }
}

/** A connection to the inspector that a process of Node opens when it is told to: nothing is built in for it. */
class InspectorSession {
  readonly #socket: WebSocket;
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async open(pid: number): Promise<InspectorSession> {
    if (await inspectorAddress()) {
      throw new Error(`Something else answers at ${inspector}`);
    }
    process.kill(pid, 'SIGUSR1');
    let address = await inspectorAddress();
    while (address === undefined) {
      await delay(sampleMs); // The bench's own time limit ends the wait.
      address = await inspectorAddress();
    }
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error(`${address} does not let us in`)), { once: true });
    });
    return new InspectorSession(socket);
  }

  async evaluate<T>(expression: string): Promise<T> {
    const answer = await this.call('Runtime.evaluate', { expression, returnByValue: true });
    return (answer as { readonly result: { readonly value: T } }).result.value;
  }

  call(method: string, params: object = {}): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const listen = ({ data }: MessageEvent) => {
        const message = JSON.parse(String(data)) as { readonly id?: number; readonly result?: unknown };
        if (message.id === id) {
          this.#socket.removeEventListener('message', listen);
          resolve(message.result);
        }
      };
      this.#socket.addEventListener('message', listen);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  dispose(): void {
    this.#socket.close();
  }
}

async function inspectorAddress(): Promise<string | undefined> {
  try {
    const [target] = (await (await fetch(inspector)).json()) as readonly { readonly webSocketDebuggerUrl: string }[];
    return target?.webSocketDebuggerUrl;
  } catch {
    return undefined; // Nobody listens there yet.
  }
}

function extensionHostOf(serverPid: number): number {
  const found = descendantsOf(serverPid).find((pid) => commandLine(pid).includes('--type=extensionHost'));
  if (found === undefined) {
    throw new Error(`The server ${serverPid} has no extension host`);
  }
  return found;
}

function descendantsOf(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return children.concat(children.flatMap(descendantsOf));
}

function commandLine(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}

function memoryOf(pid: number): Pick<Memory, 'rss' | 'pss' | 'uss'> {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const megabytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'mu').exec(text)?.[1]) / kilobytesPerMegabyte;
  return { rss: megabytes('Rss'), pss: megabytes('Pss'), uss: megabytes('Private_Clean') + megabytes('Private_Dirty') };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
