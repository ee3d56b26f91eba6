// The thread that looks for what is wrong with one manifest, or with the text of one editor. `lintThread.ts` starts it.
import type { ByteSource } from '../core/manifest/byteSource.js';
import { DocumentLint } from '../core/manifest/lint/documentLint.js';
import { fixedDocument } from '../core/manifest/lint/fixedDocument.js';
import { type FixOutcome, fixedManifest } from '../core/manifest/lint/fixedManifest.js';
import { lintManifest } from '../core/manifest/lint/lintManifest.js';
import { type LintReport, LintTally } from '../core/manifest/lint/lintReport.js';
import type { ByteRanges } from '../protocol/byteRanges.js';
import { connect, type Port, serve } from '../protocol/channel.js';
import type { CopyPart, LintThread } from '../protocol/lintThread.js';
import { breathe } from './breathe.js';
import { openBytes, type ToldBytes } from './byteRanges.js';
import { inWorker } from './workerThread.js';

export interface LintWorkerData {
  /** `undefined`, too, where there is a document and no manifest. */
  readonly manifest: ToldBytes;
}

/** Of a job nothing is known where a manifest is looked at by itself. */
const context = {};

/** So many lines are read between two looks at what else is asked. */
const linesAtOnce = 2_000;
/** Progress is told so often, not with each part: whoever listens has better things to do. */
const progressIntervalMs = 100;

inWorker((told, port) => {
  const { manifest } = told as LintWorkerData;
  serveLint(port, openBytes(manifest, connect<ByteRanges>(port), 0));
});

function serveLint(port: Port, source: ByteSource): void {
  const document = new DocumentLint(context);
  let copy: AsyncGenerator<Uint8Array, FixOutcome> | undefined;
  let lastTold = performance.now();
  const tell = (part: () => number) => {
    if (performance.now() - lastTold >= progressIntervalMs) {
      lastTold = performance.now();
      host.emit('lint.progress', { part: part() });
    }
  };
  const host = serve<LintThread>(port, {
    'document.append': async ({ lines }) => document.append(lines),
    'document.change': async ({ edits }) => document.change(edits),
    'document.lint': async ({ format, most }, signal) => {
      while (!document.readMore(linesAtOnce)) {
        await breathe();
        signal.throwIfAborted();
      }
      return document.report(format, most);
    },
    'document.fix': async ({ kinds }) => {
      const { lines } = document;
      return fixedDocument(lines.slice(0, lines.count), context, kinds && new Set(kinds));
    },
    'manifest.check': async ({ most }, signal) => check(counted(source, tell), most, signal),
    'copy.begin': async ({ location }) => {
      const reading = new AbortController(); // It is given up by ending the thread.
      const options = { context, location };
      copy = fixedManifest(counted(source, tell), options, reading.signal);
    },
    'copy.next': async (): Promise<CopyPart> => {
      const part = await copy?.next();
      if (!part) {
        throw new Error('No copy was begun');
      }
      return part.done === true ? { kind: 'end', outcome: part.value } : { kind: 'bytes', bytes: part.value };
    },
  });
}

async function check(source: ByteSource, most: number, signal: AbortSignal): Promise<LintReport> {
  const tally = new LintTally(most);
  let lines = 0;
  for await (const step of lintManifest(source, context, signal)) {
    if (step.kind === 'finding') {
      tally.add(step.finding);
    } else {
      ({ lines } = step);
    }
  }
  return tally.report(lines);
}

/** The same bytes; tells how much of them was asked for. */
function counted(source: ByteSource, tell: (part: () => number) => void): ByteSource {
  let size = 0;
  return {
    size: async (signal) => (size = await source.size(signal)),
    read(into, offset, signal) {
      tell(() => offset / Math.max(1, size));
      return source.read(into, offset, signal);
    },
  };
}
