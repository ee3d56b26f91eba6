import { MessageChannel, Worker } from 'node:worker_threads';
import type { FixOutcome } from '../core/manifest/lint/fixedManifest.js';
import type { CheckOptions, CopyOptions, LintedDocument, ManifestLints } from '../core/manifest/lint/manifestLints.js';
import type { LintReport } from '../core/manifest/lint/lintReport.js';
import type { ManifestBytes } from '../core/manifest/manifestScan.js';
import { type Client, connect, serve } from '../protocol/channel.js';
import type { LintThread } from '../protocol/lintThread.js';
import type { ByteRanges } from '../protocol/manifestScan.js';
import type { LintWorkerData } from './lintWorker.js';
import { threadPort } from './threadPort.js';

/** Each document, check and copy has a thread of its own, which runs the bundle `script` and ends with it. */
export class LintThreads implements ManifestLints {
  readonly #script: string;

  constructor(script: string) {
    this.#script = script;
  }

  openDocument(): LintedDocument {
    const thread = startThread(this.#script, undefined);
    const { client } = thread;
    return {
      append: (lines) => thread.alive(client.call('document.append', { lines })),
      change: (edits) => thread.alive(client.call('document.change', { edits })),
      lint: (format, most, signal) => thread.alive(client.call('document.lint', { format, most }, signal)),
      fix: (kinds) => thread.alive(client.call('document.fix', kinds ? { kinds } : {})),
      dispose: () => thread.end(),
    };
  }

  async check({ manifest, most, onProgress }: CheckOptions, signal: AbortSignal): Promise<LintReport> {
    const thread = startThread(this.#script, manifest);
    thread.client.on('lint.progress', ({ part }) => onProgress(part));
    try {
      return await thread.alive(thread.client.call('manifest.check', { most }, signal));
    } finally {
      thread.end();
    }
  }

  async *fixedCopy(options: CopyOptions, signal: AbortSignal): AsyncGenerator<Uint8Array, FixOutcome> {
    const { manifest, location, onProgress } = options;
    const thread = startThread(this.#script, manifest);
    thread.client.on('lint.progress', ({ part }) => onProgress(part));
    try {
      await thread.alive(thread.client.call('copy.begin', { location }));
      for (;;) {
        const part = await thread.alive(thread.client.call('copy.next', undefined, signal));
        if (part.kind === 'end') {
          return part.outcome;
        }
        yield part.bytes;
      }
    } finally {
      thread.end();
    }
  }
}

interface Thread {
  readonly client: Client<LintThread>;
  /** Fails where the thread dies (out of memory, say): whoever asked would otherwise be left waiting. */
  alive<T>(answer: Promise<T>): Promise<T>;
  end(): void;
}

function startThread(script: string, manifest: ManifestBytes | undefined): Thread {
  const { port1: own, port2: theirs } = new MessageChannel();
  const workerData: LintWorkerData =
    manifest?.kind === 'file' ? { kind: 'file', path: manifest.path } : { kind: 'ranges', port: theirs };
  const transferList = workerData.kind === 'ranges' ? [theirs] : [];
  const worker = new Worker(script, { workerData, execArgv: [], transferList });
  const source = manifest?.kind === 'source' ? manifest.source : undefined;
  const ranges = serve<ByteRanges>(threadPort(own), {
    'bytes.size': async (_params, reading) => source?.size(reading) ?? 0,
    'bytes.read': async ({ offset, bytes }, reading) => {
      const into = new Uint8Array(bytes);
      return into.subarray(0, await source?.read(into, offset, reading));
    },
  });
  const client = connect<LintThread>(threadPort(worker));
  const death = new Promise<never>((_resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => client.dispose());
  });
  death.catch(() => undefined);
  return {
    client,
    alive: (answer) => Promise.race([answer, death]),
    end() {
      client.dispose();
      ranges.dispose();
      own.close();
      void worker.terminate();
    },
  };
}
