import { type ChildProcess, fork } from 'node:child_process';
import { dirname } from 'node:path';
import process from 'node:process';
import type { ManifestBytes, ManifestScan } from '../core/manifest/manifestScan.js';
import { connect, type Port, serve } from '../protocol/channel.js';
import type { ByteRanges, ManifestThread } from '../protocol/manifestScan.js';
import type { Bridged, ManifestOrder } from './manifestProgram.js';
import { scanOver, versionsOf } from './manifestThread.js';

interface ManifestBundles {
  /** The process's. */
  readonly program: string;
  /** The thread's. */
  readonly script: string;
}

/** Scans in a process of its own, on the runtime that this one runs on; it ends when the scan is disposed of. */
export function startManifestProcess({ program, script }: ManifestBundles, bytes: ManifestBytes): ManifestScan {
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
  const client = connect<ManifestThread>(childPort(child, 'scan'));
  const versions = versionsOf(bytes);
  const ranges = serve<ByteRanges>(childPort(child, 'bytes'), versions.ranges);
  const death = new Promise<never>((_resolve, reject) => {
    childPort(child, 'death').onMessage((reason) => reject(new Error(String(reason))));
    child.on('error', reject); // Each message that cannot be sent any more is one.
    child.once('close', (code, signal) => {
      reject(new Error(said() || `The process that reads the manifest has ended (${signal ?? code})`));
      client.dispose();
    });
  });
  post(child, { script, path: bytes.kind === 'file' ? bytes.path : undefined } satisfies ManifestOrder);
  return scanOver(client, {
    versions,
    death,
    end: () => {
      ranges.dispose();
      child.kill();
    },
  });
}

/** What a process that is ending does not hear any more, nobody waits for: its death is told. */
function post(child: ChildProcess, message: Bridged | ManifestOrder): void {
  if (child.connected) {
    child.send(message, () => undefined);
  }
}

function childPort(child: ChildProcess, to: Bridged['to']): Port {
  return {
    post(message) {
      post(child, { to, message } satisfies Bridged);
    },
    onMessage(listener) {
      const listen = (raw: unknown) => {
        const bridged = raw as Bridged;
        if (bridged.to === to) {
          listener(bridged.message);
        }
      };
      child.on('message', listen);
      return { dispose: () => void child.off('message', listen) };
    },
  };
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
