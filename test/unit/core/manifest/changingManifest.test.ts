import assert from 'node:assert/strict';
import { bytesSource, type ByteSource } from '../../../../src/core/manifest/byteSource.js';
import type { SecondScanner } from '../../../../src/core/manifest/documentScan.js';
import { ManifestDocument } from '../../../../src/core/manifest/manifestDocument.js';
import { kernelProgram } from '../../../support/kernelProgram.js';
import { never } from './scanning.js';

// A file that is written in place while two threads scan it: each reads what is there when it comes to it.
const options = { chunkBytes: 256, mostLineBytes: 1 << 20 };
const lines = Array.from({ length: 200 }, (_, at) => line(at));
const manifest = bytesOf(lines);

describe('a manifest that is written while two scan it', () => {
  it('has all lines of the later version once it is followed, where an early line became longer', async () => {
    const longer = lines.map((text, at) => (at === 20 ? text.replace('.jpg', '-with-a-longer-name.jpg') : text));
    const later = bytesOf(longer);
    let now = manifest;
    let reads = 0;
    const source = changing(
      () => now,
      () => {
        reads++;
        now = reads === 2 ? later : now;
      },
    );
    await assertLines(await scannedInTwo(source, () => now), later);
  });

  it('has all lines where it was cut short for a moment', async () => {
    let reads = 0;
    const source = changing(
      () => (reads === 8 ? new Uint8Array() : manifest),
      () => reads++,
    );
    await assertLines(await scannedInTwo(source, () => manifest), manifest);
  });

  it('is not copied in part where it was cut short since', async () => {
    let now = manifest;
    const document = new ManifestDocument(
      changing(() => now),
      await kernelProgram(),
      options,
    );
    await scan(document);
    assert.deepEqual(await document.readRaw(0, 300, never), manifest, 'all that there are, where more are asked for');
    now = manifest.subarray(0, manifest.length / 2);
    await assert.rejects(document.readRaw(0, 200, never), /was cut short/u);
    await assert.rejects(document.readRaw(199, 1, never), /was cut short/u);
    assert.equal((await document.readRaw(0, 10, never)).length, bytesOf(lines.slice(0, 10)).length);
  });

  it('is told that a byte order mark in its midst is none', async () => {
    const marked = lines.map((text, at) => (at === 100 ? `\u{FEFF}${text}` : text));
    const bytes = bytesOf(marked);
    const firstShare = (bytesOf(lines.slice(0, 100)).length - 5) / bytes.length;
    const document = await scannedInTwo(bytesSource(bytes), () => bytes, firstShare);
    assert.deepEqual([document.columns.objects, document.problems.broken], [199, 1]);
  });

  it('lets go of whoever was to help, asked or not', async () => {
    for (const text of [manifest, new TextEncoder().encode('{"source":"no line break"}')]) {
      let disposed = 0;
      const second = { ...secondOf(() => text), dispose: () => disposed++ };
      await scan(new ManifestDocument(bytesSource(text), await kernelProgram(), { ...options, secondScanner: second }));
      assert.equal(disposed, 1);
    }
  });

  it('lets go of whoever was to help where it cannot be read', async () => {
    let disposed = 0;
    const second = { ...secondOf(() => manifest), dispose: () => disposed++ };
    const source = { size: () => Promise.reject(new Error('It is gone')), read: async () => 0 };
    const document = new ManifestDocument(source, await kernelProgram(), { ...options, secondScanner: second });
    await assert.rejects(scan(document), /It is gone/u);
    assert.equal(disposed, 1);
  });

  it('takes no room for lines that are not there where it begins with blank ones', async () => {
    const bytes = bytesOf(['\n'.repeat(options.chunkBytes), ...lines]);
    const document = await scannedInTwo(bytesSource(bytes), () => bytes);
    assert.equal(document.columns.objects, lines.length);
    assert.ok(document.columns.kinds.data.length < bytes.length / 5, `${document.columns.kinds.data.length} places`);
  });
});

async function assertLines(document: ManifestDocument, later: Uint8Array): Promise<void> {
  const following = await document.follow(bytesSource(later), { mostBytes: 1 << 20, random: () => 0, signal: never });
  if (following) {
    for await (const _ of following);
  }
  const all = following ? document : await whole(later);
  const texts = await all.readTexts(Uint32Array.from(lines.keys()), never);
  assert.deepEqual([all.columns.objects, all.problems.broken], [lines.length, 0]);
  texts.forEach((text, at) => assert.ok(text.includes(`"${all.columns.sourceOf(at)}"`), `line ${at}`));
}

async function whole(bytes: Uint8Array): Promise<ManifestDocument> {
  const document = new ManifestDocument(bytesSource(bytes), await kernelProgram(), options);
  await scan(document);
  return document;
}

async function scannedInTwo(source: ByteSource, now: () => Uint8Array, firstShare = 0.5): Promise<ManifestDocument> {
  const secondScanner = secondOf(now, firstShare);
  const document = new ManifestDocument(source, await kernelProgram(), { ...options, secondScanner });
  await scan(document);
  return document;
}

function secondOf(now: () => Uint8Array, firstShare = 0.5): SecondScanner {
  return {
    leastBytes: 0,
    firstShare,
    async scanFrom(offset, room) {
      const source = changing(() => now().subarray(offset));
      const rest = new ManifestDocument(source, await kernelProgram(), options);
      return rest.scanPart({ room, isFromStart: offset === 0 }, never);
    },
    dispose: () => undefined,
  };
}

function changing(now: () => Uint8Array, onRead: () => unknown = () => undefined): ByteSource {
  return {
    size: async () => now().length,
    async read(into, offset) {
      const part = now().subarray(offset, offset + into.length);
      into.set(part);
      onRead();
      return part.length;
    },
  };
}

async function scan(document: ManifestDocument): Promise<void> {
  for await (const _ of document.scan(never));
}

function line(at: number): string {
  return `{"source-ref":"s3://bucket/folder/${String(at).padStart(5, '0')}.jpg"}\n`;
}

function bytesOf(texts: readonly string[]): Uint8Array {
  return new TextEncoder().encode(texts.join(''));
}
