import assert from 'node:assert/strict';
import { mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { bytesSource, type ByteSource } from '../../../src/core/manifest/byteSource.js';
import type { ManifestBytes, ManifestScan } from '../../../src/core/manifest/manifestScan.js';
import { startManifestThread } from '../../../src/node/manifestThread.js';
import { startProcess } from '../../../src/node/workerProcess.js';
import { startThread } from '../../../src/node/workerThread.js';
import { kernelProgram } from '../../support/kernelProgram.js';

const never = new AbortController().signal;
const query = {
  attribute: undefined,
  filter: { classes: [], confidence: undefined, states: [], text: '' },
  sort: { by: 'line', isDescending: false },
} as const;

const places = [
  { place: 'a thread', startWorker: startThread },
  { place: 'a process', startWorker: startProcess },
];
for (const { place, startWorker } of places) {
  describe(`a manifest scanned in ${place}`, () => {
    let folder = '';
    let script = '';
    const scans: ManifestScan[] = [];
    const start = (bytes: ManifestBytes): ManifestScan => {
      const scan = startManifestThread(script, bytes, startWorker);
      scans.push(scan);
      return scan;
    };

    before(async function () {
      this.timeout(60_000); // Compiling takes its time.
      folder = await mkdtemp(path.join(tmpdir(), 'manifest-'));
      script = path.join(folder, 'manifestWorker.js');
      await build({
        entryPoints: ['src/node/manifestWorker.ts', 'src/node/workerProgram.ts'],
        bundle: true,
        platform: 'node',
        format: 'cjs',
        outdir: folder,
      });
      await writeFile(path.join(folder, 'matchLines.wasm'), await kernelProgram());
    });

    afterEach(() => scans.splice(0).forEach((scan) => scan.dispose()));
    after(() => rm(folder, { recursive: true }));

    const sources: readonly { readonly name: string; readonly bytesOf: (text: string) => Promise<ManifestBytes> }[] = [
      {
        name: 'a file',
        bytesOf: async (text) => {
          const file = path.join(folder, 'a ü%23.manifest');
          await writeFile(file, text);
          return { kind: 'file', path: file };
        },
      },
      {
        name: 'what only the extension host can read',
        bytesOf: async (text) => ({ kind: 'source', source: bytesSource(new TextEncoder().encode(text)) }),
      },
    ];

    for (const { name, bytesOf } of sources) {
      it(`is searched in whole lines from ${name}, by whoever asks until it is complete`, async () => {
        const text = Array.from({ length: 20_000 }, (_, line) => {
          const note = line % 1_000 === 999 ? String.raw`Z\u00fcrich` : 'x'.repeat(150);
          return `{"source-ref":"s3://b/${line}.jpg","note":"${note}"}`;
        }).join('\n');
        const scan = start(await bytesOf(text));
        await scan.finish(() => undefined);
        const searched = { ...query, filter: { ...query.filter, text: 'zürich', inWholeLines: true } };
        const { rows } = await scan.rows(searched, { first: 0, count: 2 }, never);
        assert.deepEqual(
          rows.map(({ line }) => line),
          [999, 1_999],
        );
        let told = await scan.search(searched, never);
        while (!told.isComplete) {
          told = await scan.search(searched, never);
        }
        assert.deepEqual(told, { total: 20, searchedBytes: text.length, totalBytes: text.length, isComplete: true });
        assert.equal((await scan.lines(searched, 0, 100, never)).lines.at(-1)?.line, 19_999);
      });

      it(`is counted, listed and read from ${name}`, async () => {
        const text = Array.from({ length: 3_000 }, (_, line) => `{"source-ref":"s3://b/${line}.jpg"}`).join('\n');
        const scan = start(await bytesOf(`${text}\nbroken\n`));
        await scan.finish(() => undefined);
        const summary = await scan.summary(never);
        assert.deepEqual([summary.lines, summary.objects, summary.brokenLines], [3_001, 3_000, 1]);
        const { total, rows } = await scan.rows(query, { first: 2_998, count: 10 }, never);
        assert.equal(total, 3_000);
        assert.deepEqual(
          rows.map(({ source }) => source?.value),
          ['s3://b/2998.jpg', 's3://b/2999.jpg'],
        );
        assert.equal(await scan.text(3_000, never), 'broken');
        assert.deepEqual(
          (await scan.problems(0, 10, never)).map(({ line }) => line),
          [3_000],
        );
      });
    }

    it('is the same from two threads, where it is large', async function () {
      this.timeout(60_000); // 50 MB are written and read.
      const file = path.join(folder, 'large.manifest');
      const lines = 130_000;
      const label = (line: number) => ({
        'source-ref': `s3://bucket/${line}.jpg`,
        animals: line % 2,
        'animals-metadata': {
          'class-name': line < lines - 10 ? 'cat' : 'dog',
          'job-name': `labeling-job/${'x'.repeat(300)}`,
          'human-annotated': 'yes',
        },
      });
      await writeFile(file, Array.from({ length: lines }, (_, line) => JSON.stringify(label(line))).join('\n'));
      assert.ok((await stat(file)).size > 48 << 20, 'the file is large enough for two threads');
      const scan = start({ kind: 'file', path: file });
      await scan.finish(() => undefined);
      const { attributes, ...summary } = await scan.summary(never);
      assert.deepEqual([summary.lines, summary.problems], [lines, 0]);
      assert.deepEqual(
        attributes.map(({ classes }) => classes.map(({ name, labels }) => [name, labels])),
        [
          [
            ['cat', lines - 10],
            ['dog', 10],
          ],
        ],
      );
      const { rows } = await scan.rows({ ...query, attribute: 'animals' }, { first: lines - 2, count: 2 }, never);
      assert.deepEqual(
        rows.map(({ line, source }) => [line, source?.value]),
        [lines - 2, lines - 1].map((line) => [line, `s3://bucket/${line}.jpg`]),
      );
    });

    it('goes on being the version that was scanned when the file is replaced', async () => {
      const file = path.join(folder, 'replaced.manifest');
      await writeFile(file, '{"source":"old"}\n');
      const scan = start({ kind: 'file', path: file });
      await scan.finish(() => undefined);
      await writeFile(`${file}.new`, '{"source":"new and longer"}\n');
      await rename(`${file}.new`, file);
      assert.equal(await scan.text(0, never), '{"source":"old"}');
    });

    for (const { name, bytesOf } of sources) {
      it(`goes on where ${name} has grown, and says where it has become another one`, async () => {
        const scan = start(await bytesOf('{"source":"first"}\n{"source":"second'));
        await scan.finish(() => undefined);
        assert.equal((await scan.summary(never)).lines, 2);
        assert.equal(
          await scan.follow(await bytesOf('{"source":"first"}\n{"source":"second"}\n{"source":"third"}\n')),
          true,
        );
        const shown = async () =>
          (await scan.rows(query, { first: 0, count: 10 }, never)).rows.map(({ source }) => source?.value);
        assert.deepEqual(await shown(), ['first', 'second', 'third']);
        assert.equal(
          await scan.follow(await bytesOf('{"source":"First"}\n{"source":"second"}\n{"source":"third"}\n{}\n')),
          false,
        );
        assert.equal((await scan.summary(never)).lines, 3);
      });
    }

    it('goes on with a file that was replaced by a longer one, many times over', async () => {
      const file = path.join(folder, 'growing.manifest');
      let text = '';
      const grow = async () => {
        text += `{"source":"${text.length}"}\n`;
        await writeFile(`${file}.new`, text);
        await rename(`${file}.new`, file);
      };
      await grow();
      const scan = start({ kind: 'file', path: file });
      await scan.finish(() => undefined);
      for (let lines = 2; lines < 30; lines++) {
        await grow();
        assert.equal(await scan.follow({ kind: 'file', path: file }), true);
        assert.equal((await scan.rows(query, { first: 0, count: 100 }, never)).total, lines);
      }
      assert.equal(await scan.text(28, never), text.trim().split('\n').at(-1));
    });

    it('lets whoever searches whole lines go on in the manifest as it has become meanwhile', async () => {
      const text = '{"source":"first"}\n{"source":"second"}\n';
      const first = bytesSource(Buffer.from(text));
      let isFarAway = false;
      const { promise: wasAsked, resolve: tellAsked } = Promise.withResolvers<void>();
      const far: ByteSource = {
        size: (signal) => first.size(signal),
        read: (into, offset, signal) => {
          if (!isFarAway) {
            return first.read(into, offset, signal);
          }
          tellAsked();
          return new Promise<number>(() => undefined);
        },
      };
      const scan = start({ kind: 'source', source: far });
      await scan.finish(() => undefined);
      isFarAway = true;
      const searched = { ...query, filter: { ...query.filter, text: 'source', inWholeLines: true } };
      const asked = scan.lines(searched, 0, 10, never);
      await wasAsked;
      assert.equal(
        await scan.follow({ kind: 'source', source: bytesSource(Buffer.from(`${text}{"source":"third"}\n`)) }),
        true,
      );
      assert.equal((await asked).total, 3);
    });

    it('says why a file could not be read', async () => {
      const scan = start({ kind: 'file', path: path.join(folder, 'missing.manifest') });
      await assert.rejects(
        scan.finish(() => undefined),
        /ENOENT/u,
      );
    });

    it('says why a range could not be read', async () => {
      const source: ByteSource = { size: async () => 10, read: () => Promise.reject(new Error('The object is gone')) };
      await assert.rejects(
        start({ kind: 'source', source }).finish(() => undefined),
        /The object is gone/u,
      );
    });

    it('rejects what is still asked when it is disposed of', async () => {
      const source: ByteSource = { size: () => new Promise<number>(() => undefined), read: async () => 0 };
      const scan = start({ kind: 'source', source });
      const finished = assert.rejects(scan.finish(() => undefined));
      scan.dispose();
      await finished;
    });
  });
}
