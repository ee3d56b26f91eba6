import assert from 'node:assert/strict';
import { parseInputLine } from '../../../../src/core/manifest/inputManifestLine.js';
import { type ManifestLine, readManifestLines } from '../../../../src/core/manifest/inputManifestLines.js';

describe('readManifestLines', () => {
  const cases = [
    { name: 'nothing', text: '', lines: [] },
    { name: 'both line ends', text: 'a\r\nb\nc\r\n', lines: ['a', 'b', 'c'] },
    { name: 'a last line without an end', text: 'a\nb', lines: ['a', 'b'] },
    { name: 'empty lines', text: 'a\n\n\nb', lines: ['a', '', '', 'b'] },
    { name: 'characters that straddle chunks', text: 'ñandú 🐕\n🐈\n', lines: ['ñandú 🐕', '🐈'] },
    { name: 'a byte order mark', text: '\uFEFFa\n\uFEFFb\n', lines: ['a', '\uFEFFb'] },
  ];
  for (const { name, text, lines } of cases) {
    for (const size of [1, 3, 64]) {
      it(`reads ${name} in chunks of ${size}`, async () => {
        assert.deepEqual(await linesOf(text, size), lines);
      });
    }
  }

  it('says which lines are not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('ñ\n'), Buffer.from('ñ\n', 'latin1'), Buffer.from('x')]);
    const lines: ManifestLine[] = [];
    for await (const line of readManifestLines(inChunks(bytes, 2))) {
      lines.push(line);
    }
    assert.deepEqual(lines, [
      { text: 'ñ', isUtf8: true },
      { text: '\uFFFD', isUtf8: false },
      { text: 'x', isUtf8: true },
    ]);
  });

  it('keeps only the beginning of a line that no job can take', async () => {
    const [long = '', next] = await linesOf(`${'x'.repeat(3_000_000)}\nnext`, 65_536);
    assert.equal(next, 'next');
    assert.ok(long.length > 100_000 && long.length < 500_000, String(long.length));
    assert.equal(parseInputLine(long, 'lan').kind, 'broken');
  });
});

describe('parseInputLine', () => {
  const broken = [
    { name: 'what is not JSON', line: '{"source-ref":' },
    { name: 'a list', line: '[]' },
    { name: 'an object without data', line: '{"other":1}' },
    { name: 'a reference that is no S3 URI', line: '{"source-ref":"a.jpg"}' },
    { name: 'a reference to a whole bucket', line: '{"source-ref":"s3://bucket/"}' },
    { name: 'an attribute that begins with a dollar', line: '{"source":"x","$id":1}' },
    { name: 'an attribute that is too long', line: JSON.stringify({ source: 'x'.repeat(20_001) }) },
    {
      name: 'a line that is too long',
      line: JSON.stringify(Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((k) => [k, 'x'.repeat(19_000)]))),
    },
  ];
  for (const { name, line } of broken) {
    it(`explains ${name}`, () => {
      const parsed = parseInputLine(line, 'lan');
      assert.ok(parsed.kind === 'broken' && parsed.reason.length > 10, JSON.stringify(parsed));
    });
  }

  it('reads where an object is, with the key as it stands', () => {
    assert.deepEqual(parseInputLine('{"source-ref":"s3://b/a b/ñ%20.jpg"}', 'lan'), {
      kind: 'object',
      data: { reference: { bucket: 'b', key: 'a b/ñ%20.jpg', text: 's3://b/a b/ñ%20.jpg' } },
      isLabeled: false,
    });
  });

  it('reads a text', () => {
    assert.deepEqual(parseInputLine('{"source":"Hello","lan-metadata":{}}', 'lan'), {
      kind: 'object',
      data: { content: 'Hello' },
      isLabeled: false,
    });
  });

  it('knows an object that an earlier job labeled', () => {
    const parsed = parseInputLine('{"source":"Hello","lan":0}', 'lan');
    assert.ok(parsed.kind === 'object' && parsed.isLabeled);
  });

  it('passes over an empty line', () => {
    assert.deepEqual(parseInputLine(' \t', 'lan'), { kind: 'blank' });
  });
});

async function linesOf(text: string, chunkBytes: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of readManifestLines(inChunks(new TextEncoder().encode(text), chunkBytes))) {
    lines.push(line.text);
  }
  return lines;
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) {
    yield await Promise.resolve(bytes.subarray(start, start + size));
  }
}
