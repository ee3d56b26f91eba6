import assert from 'node:assert/strict';
import { bytesSource } from '../../../../src/core/manifest/byteSource.js';
import type { ManifestDocument } from '../../../../src/core/manifest/manifestDocument.js';
import { kindOf } from './scannedLines.js';
import { never, scanned } from './scanning.js';

const lines = Array.from({ length: 200 }, (_, line) => `{"source-ref":"s3://bucket/${line}.jpg"}\n`);
const manifest = lines.join('');
const chunkBytes = 64;
const options = { chunkBytes, mostLineBytes: 1 << 20 };
/** As much as decides by samples; all of it would be more. */
const fewBytes = 4 * chunkBytes;

describe('a manifest that is followed while it grows', () => {
  const grown: readonly { readonly name: string; readonly before: string; readonly after: string }[] = [
    { name: 'by lines', before: manifest, after: `${manifest}{"source":"new"}\n` },
    { name: 'from nothing', before: '', after: manifest },
    { name: 'after a line without line break', before: manifest.slice(0, -1), after: `${manifest}{"source":"new"}` },
    { name: 'in the midst of a line', before: manifest.slice(0, -20), after: manifest },
    {
      name: 'by what breaks its last line',
      before: `${manifest}{"source":"a"}`,
      after: `${manifest}{"source":"a"} x\n`,
    },
    {
      name: 'by the end of an object over several lines',
      before: `${manifest}{\n"source":\n`,
      after: `${manifest}{\n"source":\n"a"}\n`,
    },
    {
      name: 'by what makes several lines no object',
      before: `${manifest}{\n"source":\n`,
      after: `${manifest}{\n"source":\nno\n]\n`,
    },
    { name: 'by nothing', before: manifest, after: manifest },
  ];
  for (const { name, before, after } of grown) {
    it(`${name} says what one scan says, having read only the end`, async () => {
      const document = await scanned(before, options);
      const counted = countingSource(after);
      const scan = await document.follow(counted.source, {
        mostBytes: manifest.length * 2,
        random: () => 0,
        signal: never,
      });
      assert.ok(scan);
      const compared = counted.bytesRead();
      for await (const _ of scan);
      assert.ok(counted.bytesRead() - compared <= after.length - before.length + 200, 'no more is scanned than is new');
      assert.deepEqual(await all(document), await all(await scanned(after, options)));
    });
  }

  const replaced: readonly { readonly name: string; readonly after: string; readonly mostBytes: number }[] = [
    { name: 'another beginning', after: `${manifest.replace('bucket/0', 'Bucket/0')}{}\n`, mostBytes: fewBytes },
    { name: 'another last line', after: `${manifest.replace('/199.', '/198.')}{}\n`, mostBytes: fewBytes },
    {
      name: 'a line more in the middle',
      after: manifest.replace(lines[100] ?? '', '{"source":"new"}\n$&'),
      mostBytes: fewBytes,
    },
    { name: 'fewer lines', after: manifest.slice(0, -100), mostBytes: fewBytes },
    { name: 'as many bytes, which are too many to be compared', after: manifest, mostBytes: fewBytes },
    {
      name: 'another letter in the middle',
      after: `${manifest.replace('bucket/100', 'Bucket/100')}{}\n`,
      mostBytes: 1 << 20,
    },
    { name: 'two bytes that changed places', after: `${manifest.replace('/123.', '/132.')}{}\n`, mostBytes: 1 << 20 },
    { name: 'nothing', after: '', mostBytes: 1 << 20 },
  ];
  for (const { name, after, mostBytes } of replaced) {
    it(`is another one where the later version has ${name}`, async () => {
      const document = await scanned(manifest, options);
      const source = bytesSource(new TextEncoder().encode(after));
      assert.equal(await document.follow(source, { mostBytes, random: () => 0, signal: never }), undefined);
      assert.deepEqual(await all(document), await all(await scanned(manifest, options)));
    });
  }

  it('is another one sooner or later where something in the midst was changed in place', async () => {
    const after = new TextEncoder().encode(`${manifest.replace('bucket/100', 'Bucket/100')}{}\n`);
    const document = await scanned(manifest, options);
    const random = (
      (at) => () =>
        (at += 0.003) % 1
    )(0);
    const follow = () => document.follow(bytesSource(after), { mostBytes: fewBytes, random, signal: never });
    const found = await Promise.all(Array.from({ length: 334 }, follow));
    assert.ok(found.some((scan) => scan === undefined));
  });

  it('cannot be followed any more after following it has failed', async () => {
    const document = await scanned(manifest, options);
    const source = bytesSource(new TextEncoder().encode(`${manifest}{}\n`));
    let reads = 0;
    const failing = {
      size: (signal: AbortSignal) => source.size(signal),
      read: (into: Uint8Array, offset: number) =>
        ++reads < 4 ? source.read(into, offset, never) : Promise.reject(new Error('It is gone')),
    };
    const scan = await document.follow(failing, { mostBytes: 0, random: () => 0, signal: never });
    assert.ok(scan);
    await assert.rejects(async () => {
      for await (const _ of scan);
    }, /It is gone/u);
    assert.equal(await document.follow(source, { mostBytes: 0, random: () => 0, signal: never }), undefined);
  });
});

async function all(document: ManifestDocument) {
  return {
    texts: await document.readTexts(
      Uint32Array.from({ length: document.lines }, (_, line) => line),
      never,
    ),
    kinds: Array.from({ length: document.lines }, (_, line) => kindOf(document, line)),
    problems: document.problems.part(),
  };
}

function countingSource(text: string) {
  const source = bytesSource(new TextEncoder().encode(text));
  let bytesRead = 0;
  return {
    bytesRead: () => bytesRead,
    source: {
      size: (signal: AbortSignal) => source.size(signal),
      async read(into: Uint8Array, offset: number, signal: AbortSignal) {
        const filled = await source.read(into, offset, signal);
        bytesRead += filled;
        return filled;
      },
    },
  };
}
