import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { zipSync } from 'fflate';
import { getSampleImages } from '../../../src/node/sampleImages.js';

const { signal } = new AbortController();
const bundled = 'media/samples/traindata_cat_dog_images_20';
const picture = new Uint8Array([1, 2, 3]);

describe('the sample images', () => {
  let server: Server;
  let archive: Uint8Array | 'endless';

  before(async () => {
    server = createServer((_, response) => {
      if (archive !== 'endless') {
        response.end(archive);
        return;
      }
      const megabyte = Buffer.alloc(1_000_000);
      const send = () => {
        while (!response.destroyed && response.write(megabyte)) {
          // Until the other side is slower than this one.
        }
      };
      response.on('drain', send);
      send();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('come from their address, without the folders of the archive', async () => {
    archive = zipSync({ 'a/1.jpg': picture, '../2.PNG': picture, 'read me.txt': picture, '__MACOSX/a/1.jpg': picture });
    const { files, isBundled } = await get();
    assert.deepEqual(
      files.map(({ name }) => name),
      ['1.jpg', '2.PNG'],
    );
    assert.equal(isBundled, false);
  });

  it('are those on board where the address gives none', async () => {
    archive = new TextEncoder().encode('404');
    const { files, isBundled } = await get();
    assert.deepEqual([files.length, isBundled], [20, true]);
  });

  it('are those on board where the download has no end', async () => {
    archive = 'endless';
    assert.equal((await get()).isBundled, true);
  }).timeout(10_000);

  it('leave out what would fill the memory when it is unpacked', async () => {
    archive = zipSync({ 'bomb.jpg': new Uint8Array(41_000_000), 'cat.jpg': picture }, { level: 1 });
    const { files } = await get();
    assert.deepEqual(
      files.map(({ name }) => name),
      ['cat.jpg'],
    );
  }).timeout(10_000);

  function get() {
    return getSampleImages(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, bundled, signal);
  }
});
