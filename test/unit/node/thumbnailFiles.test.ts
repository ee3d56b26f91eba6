import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { imagePx } from '../../../src/core/manifest/pixels.js';
import { ThumbnailFiles } from '../../../src/node/thumbnailFiles.js';
import { sweepThumbnails } from '../../../src/node/thumbnailSweep.js';

const hour = 60 * 60_000;
const now = 1_800_000_000_000;

describe('thumbnails on disk', () => {
  let folder = '';
  let sweeps = 0;
  const failures: unknown[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'thumbnails-'));
    sweeps = 0;
    failures.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const open = (sweptEveryBytes = 1_000_000, at = folder) =>
    new ThumbnailFiles(at, {
      sweptEveryBytes,
      sweep: () => (sweeps += 1),
      onFailure: (error) => failures.push(error),
      now: () => now,
    });
  const files = async (): Promise<string[]> =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name));
  const onlyFile = async (): Promise<string> => {
    const [file, ...others] = await files();
    assert.deepEqual(others, []);
    return file ?? assert.fail('There is no file');
  };

  const used = async (address: string, ageMs: number) => {
    const before = new Set(await files());
    await open().keep(address, 160, picture('1', Array(1_000).fill(0)));
    const file = (await files()).find((one) => !before.has(one));
    await utimes(file ?? '', new Date(now - ageMs), new Date(now - ageMs));
    return file ?? '';
  };
  const there = async (...addresses: readonly string[]) =>
    (await Promise.all(addresses.map((address) => open().find(address, 160)))).map((found) => found !== undefined);

  it('come back as they were kept, also in another window', async () => {
    await open().keep('s3://b/ü.jpg', 160, picture('"etag"'));
    const found = await open().find('s3://b/ü.jpg', 160);
    assert.deepEqual(found, picture('"etag"'));
    assert.equal(found?.bytes.constructor, Uint8Array, "Node's own kind would not reach a page");
  });

  it('serve smaller sizes, and not larger ones', async () => {
    await open().keep('a', 320, picture('1'));
    assert.ok(await open().find('a', 160));
    assert.equal(await open().find('a', 640), undefined);
    assert.equal(await open().find('b', 160), undefined);
  });

  it('give way to those of a new version', async () => {
    await open().keep('a', 160, picture('1'));
    await open().keep('a', 160, picture('2', [9]));
    assert.deepEqual(await open().find('a', 160), picture('2', [9]));
    await onlyFile();
  });

  it('are whole whoever writes at the same time', async () => {
    const writers = Array.from({ length: 40 }, () => open());
    await Promise.all(
      writers.map((writer, index) => writer.keep('a', 160, picture(String(index), Array(2_000 + index).fill(index)))),
    );
    const found = await open().find('a', 160);
    const index = Number(found?.version);
    assert.deepEqual(found, picture(String(index), Array(2_000 + index).fill(index)));
    await onlyFile();
    assert.deepEqual(failures, []);
  });

  const damages: readonly { readonly name: string; readonly damage: (bytes: Buffer) => Uint8Array }[] = [
    { name: 'empty', damage: () => new Uint8Array() },
    { name: 'cut off', damage: (bytes) => bytes.subarray(0, -1) },
    { name: 'longer', damage: (bytes) => Buffer.concat([bytes, Buffer.of(0)]) },
    { name: 'of zeros, as after a crash of the machine', damage: (bytes) => Buffer.alloc(bytes.length) },
    { name: 'changed in one bit', damage: (bytes) => bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1) },
    { name: 'of another version', damage: (bytes) => bytes.with(47, 0x39) },
    { name: 'of another kind', damage: () => Buffer.from('<html>') },
  ];
  for (const { name, damage } of damages) {
    it(`are not there where their file is ${name}, and can be kept again`, async () => {
      await open().keep('a', 160, picture('1'));
      const file = await onlyFile();
      await writeFile(file, damage(await readFile(file)));
      assert.equal(await open().find('a', 160), undefined);
      assert.deepEqual(await files(), []);
      await open().keep('a', 160, picture('2'));
      assert.deepEqual(await open().find('a', 160), picture('2'));
    });
  }

  it('are not seen of a window that died while it wrote', async () => {
    await open().keep('a', 160, picture('1'));
    const file = await onlyFile();
    await rm(file);
    await writeFile(`${file}.0badcafe.partial`, 'half');
    assert.equal(await open().find('a', 160), undefined);
    await open().keep('a', 160, picture('2'));
    assert.deepEqual(await open().find('a', 160), picture('2'));
  });

  it('say once that they cannot be kept, and are none', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    const nowhere = open(1_000, path.join(file, 'thumbnails'));
    await nowhere.keep('a', 160, picture('1'));
    await nowhere.keep('b', 160, picture('1'));
    assert.equal(failures.length, 1);
    assert.equal(sweeps, 0);
    assert.equal(await nowhere.find('a', 160), undefined);
  });

  it('are swept after the first one, and then after so many bytes', async () => {
    const cache = open(1_000);
    await cache.keep('a', 160, picture('1'));
    assert.equal(sweeps, 1);
    await cache.keep('b', 160, picture('1', Array(600).fill(0)));
    assert.equal(sweeps, 1);
    await cache.keep('c', 160, picture('1', Array(600).fill(0)));
    assert.equal(sweeps, 2);
  });

  describe('where there are too many', () => {
    it('lose those that were not used for longest, down to some room', async () => {
      await used('old', 3 * hour);
      await used('older', 4 * hour);
      await used('new', 2 * hour);
      await used('newer', 1 * hour);
      sweepThumbnails({ folder, mostBytes: 3_000, now });
      assert.deepEqual(await there('older', 'old', 'new', 'newer'), [false, false, true, true]);
    });

    it('keep those that were looked at since', async () => {
      await used('a', 4 * hour);
      await used('b', 3 * hour);
      await open().find('a', 160);
      sweepThumbnails({ folder, mostBytes: 1_500, now });
      assert.deepEqual(await there('a', 'b'), [true, false]);
    });

    it('are left alone up to the limit', async () => {
      const file = await used('a', 4 * hour);
      sweepThumbnails({ folder, mostBytes: (await stat(file)).size, now });
      assert.deepEqual(await there('a'), [true]);
    });

    it('lose what dead windows left, not what others write', async () => {
      await mkdir(path.join(folder, '0a'));
      const [dead, alive] = ['dead.partial', 'alive.partial'].map((name) => path.join(folder, '0a', name));
      for (const [file = '', ageMs] of [
        [dead, 2 * hour],
        [alive, 0],
      ] as const) {
        await writeFile(file, 'half');
        await utimes(file, new Date(now - ageMs), new Date(now - ageMs));
      }
      sweepThumbnails({ folder, mostBytes: 1_000, now });
      assert.deepEqual(await files(), [alive]);
    });

    it('can be swept by two windows at once, while a third one looks at them', async () => {
      const addresses = Array.from({ length: 30 }, (_, index) => `s3://b/${index}.jpg`);
      await Promise.all(addresses.map((address) => open().keep(address, 160, picture('1', Array(1_000).fill(0)))));
      const looking = Promise.all(addresses.map((address) => open().find(address, 160)));
      sweepThumbnails({ folder, mostBytes: 10_000, now });
      sweepThumbnails({ folder, mostBytes: 10_000, now });
      await looking;
      const sizes = await Promise.all((await files()).map(async (file) => (await stat(file)).size));
      assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 10_000);
      assert.deepEqual(failures, []);
    });
  });
});

function picture(version: string, bytes: readonly number[] = [1, 2, 3]) {
  const shape = { width: imagePx(70_000), height: imagePx(480), orientation: 6 };
  return { version, shape, bytes: Uint8Array.from(bytes) };
}
