import type { FixOutcome } from '../core/manifest/lint/fixedManifest.js';
import type { CheckOptions, CopyOptions, LintedDocument, ManifestLints } from '../core/manifest/lint/manifestLints.js';
import type { LintReport } from '../core/manifest/lint/lintReport.js';
import type { ManifestBytes } from '../core/manifest/manifestScan.js';
import type { ByteRanges } from '../protocol/byteRanges.js';
import type { Client } from '../protocol/channel.js';
import type { LintThread } from '../protocol/lintThread.js';
import { byteRanges, toldBytes } from './byteRanges.js';
import type { LintWorkerData } from './lintWorker.js';
import type { StartWorker } from './startWorker.js';
import { bytesOf } from './workerBySize.js';

/** Each document, check and copy has a thread of its own, which runs the bundle `script` and ends with it. */
export class LintThreads implements ManifestLints {
  readonly #script: string;
  readonly #start: StartWorker;

  constructor(script: string, start: StartWorker) {
    this.#script = script;
    this.#start = start;
  }

  openDocument(): LintedDocument {
    const client = this.#startFor([]);
    return {
      append: (lines) => client.call('document.append', { lines }),
      change: (edits) => client.call('document.change', { edits }),
      lint: (format, most, signal) => client.call('document.lint', { format, most }, signal),
      fix: (kinds) => client.call('document.fix', kinds ? { kinds } : {}),
      dispose: () => client.dispose(),
    };
  }

  async check({ manifest, most, onProgress }: CheckOptions, signal: AbortSignal): Promise<LintReport> {
    const client = this.#startFor([manifest]);
    client.on('lint.progress', ({ part }) => onProgress(part));
    try {
      return await client.call('manifest.check', { most }, signal);
    } finally {
      client.dispose();
    }
  }

  async *fixedCopy(options: CopyOptions, signal: AbortSignal): AsyncGenerator<Uint8Array, FixOutcome> {
    const { manifest, location, onProgress } = options;
    const client = this.#startFor([manifest]);
    client.on('lint.progress', ({ part }) => onProgress(part));
    try {
      await client.call('copy.begin', { location });
      for (;;) {
        const part = await client.call('copy.next', undefined, signal);
        if (part.kind === 'end') {
          return part.outcome;
        }
        yield part.bytes;
      }
    } finally {
      client.dispose();
    }
  }

  #startFor(manifests: readonly ManifestBytes[]): Client<LintThread> {
    const [manifest] = manifests;
    const workerData: LintWorkerData = { manifest: manifest && toldBytes(manifest) };
    return this.#start<LintThread, ByteRanges>({
      script: this.#script,
      workerData,
      answers: byteRanges(manifests),
      bytes: (signal) => bytesOf(manifests, signal),
    });
  }
}
