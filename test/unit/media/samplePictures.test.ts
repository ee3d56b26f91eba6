import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';

const folder = new URL('../../../media/samples/traindata_cat_dog_images_20/', import.meta.url);

describe('the sample pictures', () => {
  let names: string[];
  before(async () => void (names = await readdir(folder)));

  it("are 20 and have the lab's names", () => {
    assert.equal(names.length, 20);
    for (const name of ['0', '10', '100', '110', '120', '130', '140', '199']) {
      assert.ok(names.includes(`${name}.jpg`), name);
    }
  });

  it('are whole JPEGs of 400 to 640 pixels, no two alike', async () => {
    const seen = new Set<string>();
    for (const name of names) {
      const bytes = await readFile(new URL(name, folder));
      const { width, height } = jpegSize(bytes);
      assert.ok(width >= 400 && width <= 640 && height >= 400 && height <= 640, `${name}: ${width} x ${height}`);
      seen.add(bytes.toString('base64'));
    }
    assert.equal(seen.size, 20);
  });

  it('take less than 400 KB of the package', async () => {
    const files = await Promise.all(names.map((name) => readFile(new URL(name, folder))));
    const bytes = files.reduce((sum, file) => sum + file.length, 0);
    assert.ok(bytes < 400_000, `${bytes} bytes`);
  });

  it('are each attributed in NOTICE', async () => {
    const notice = await readFile(new URL('../../../NOTICE', import.meta.url), 'utf8');
    const attributed = [...notice.matchAll(/\b\d+\.jpg/gu)].map(([name]) => name);
    assert.deepEqual(attributed.toSorted(), names.toSorted());
  });
});

/** Walks the segments up to the frame header; throws where the file is not a JPEG from its first to its last byte. */
function jpegSize(bytes: Buffer): { readonly width: number; readonly height: number } {
  assert.equal(bytes.readUInt16BE(0), 0xff_d8, 'starts as a JPEG');
  assert.equal(bytes.readUInt16BE(bytes.length - 2), 0xff_d9, 'ends as a JPEG');
  let at = 2;
  for (;;) {
    const marker = bytes.readUInt16BE(at);
    if (marker === 0xff_c0 || marker === 0xff_c2) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    assert.ok(marker >= 0xff_c0 && marker < 0xff_ff, 'a segment follows');
    at += 2 + bytes.readUInt16BE(at + 2);
  }
}
