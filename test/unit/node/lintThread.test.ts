import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { bytesSource } from '../../../src/core/manifest/byteSource.js';
import type { LintReport } from '../../../src/core/manifest/lint/lintReport.js';
import type { ManifestBytes } from '../../../src/core/manifest/manifestScan.js';
import { LintThreads } from '../../../src/node/lintThread.js';
import { startThread } from '../../../src/node/workerThread.js';
import { applied } from '../../support/linted.js';

const never = new AbortController().signal;
const plain = { hasByteOrderMark: false, hasCarriageReturns: false, isUtf8: true };
const broken = '\uFEFF{"source":"a"},\n\n{"source":"a"}\n{"source"';

describe('a thread that looks for what is wrong with a manifest', () => {
  let scratch = '';
  let threads: LintThreads;
  before(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'lint-thread-'));
    const script = path.join(scratch, 'lintWorker.js');
    await build({
      entryPoints: ['src/node/lintWorker.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
    });
    threads = new LintThreads(script, startThread);
  });
  after(() => rm(scratch, { recursive: true }));

  const places: readonly { readonly name: string; readonly make: (text: string) => Promise<ManifestBytes> }[] = [
    {
      name: 'a file',
      async make(text) {
        const file = path.join(scratch, 'a.manifest');
        await writeFile(file, text);
        return { kind: 'file', path: file };
      },
    },
    {
      name: 'bytes that the host has',
      make: async (text) => ({ kind: 'source', source: bytesSource(Buffer.from(text)) }),
    },
  ];
  for (const { name, make } of places) {
    it(`checks ${name}, and makes a fixed copy`, async () => {
      const manifest = await make(broken);
      const report = await threads.check({ manifest, most: 100, onProgress: () => undefined }, never);
      assert.deepEqual(summary(report), [
        '0 byteOrderMark',
        '0 trailingComma',
        '1 blank',
        '2 duplicateSource',
        '3 notJson',
      ]);
      const parts = threads.fixedCopy({ manifest, location: name, onProgress: () => undefined }, never);
      const bytes: Uint8Array[] = [];
      let part = await parts.next();
      for (; part.done !== true; part = await parts.next()) {
        bytes.push(part.value);
      }
      assert.equal(Buffer.concat(bytes).toString(), '{"source":"a"}\n{"source"');
      assert.deepEqual(part.value, { fixes: 4 });
    });
  }

  it('follows the text of an editor', async () => {
    const document = threads.openDocument();
    try {
      await document.append(['{"source":"a"}', '{"source":"b"},']);
      await document.append(['{"source":"a"}', '']);
      assert.deepEqual(summary(await document.lint(plain, 10, never)), ['1 trailingComma', '2 duplicateSource']);
      const edits = await document.fix(['trailingComma']);
      assert.equal(
        applied('{"source":"a"}\n{"source":"b"},\n{"source":"a"}\n', edits),
        '{"source":"a"}\n{"source":"b"}\n{"source":"a"}\n',
      );
      await document.change(edits);
      assert.deepEqual(summary(await document.lint(plain, 10, never)), ['2 duplicateSource']);
    } finally {
      document.dispose();
    }
  });

  it('stops when nobody waits any longer', async () => {
    const giveUp = new AbortController();
    const source = { size: async () => 1, read: async () => new Promise<number>(() => giveUp.abort()) };
    const checking = threads.check(
      { manifest: { kind: 'source', source }, most: 1, onProgress: () => undefined },
      giveUp.signal,
    );
    await assert.rejects(checking, { name: 'AbortError' });
  });
});

function summary({ findings }: LintReport): readonly string[] {
  return findings.map(({ range, problem }) => `${range.startLine} ${problem.kind}`);
}
