import assert from 'node:assert/strict';
import { decodePicture } from '../../../../src/core/doctor/decodePicture.js';
import { onePixel } from '../../../support/lab.js';
import { gifPixel, hugePng, pngBomb, turnedJpeg, unpackablePng } from '../../../support/oddPictures.js';

const { signal } = new AbortController();

describe('a picture as the doctor decodes it', () => {
  it('has the size that it says', async () => {
    assert.deepEqual(await decodePicture(onePixel, signal), {
      kind: 'picture',
      width: 1,
      height: 1,
      type: 'image/png',
    });
    assert.deepEqual(await decodePicture(turnedJpeg(), signal), {
      kind: 'picture',
      width: 16,
      height: 16,
      type: 'image/jpeg',
    });
    assert.deepEqual(await decodePicture(gifPixel, signal), { kind: 'otherType', type: 'image/gif' });
  });

  for (const interlace of [0, 1]) {
    it(`is not unpacked beyond the pixels that it has: interlace ${interlace}`, async () => {
      const inflated = countInflated();
      try {
        assert.deepEqual(await decodePicture(pngBomb(200_000_000, { interlace }), signal), {
          kind: 'damaged',
          reason: 'it unpacks to more than its 1 × 1 pixels',
        });
        assert.ok(inflated.bytes < 2_000_000, `${inflated.bytes} bytes were unpacked`);
      } finally {
        inflated.restore();
      }
    });
  }

  it('is not unpacked at all where it says that it is too large', async () => {
    const decoded = await decodePicture(unpackablePng(20_000, 20_000), signal);
    assert.deepEqual(decoded, { kind: 'picture', width: 20_000, height: 20_000, type: 'image/png' });
    assert.equal((await decodePicture(hugePng(), signal)).kind, 'picture');
    assert.deepEqual(await decodePicture(unpackablePng(20, 20), signal), {
      kind: 'damaged',
      reason: 'its pixels cannot be unpacked',
    });
  });

  it('says where its kind of colour is none', async () => {
    assert.deepEqual(await decodePicture(pngBomb(2, { colour: 5 }), signal), {
      kind: 'damaged',
      reason: 'it has no kind of colour that PNG knows (5)',
    });
  });

  it('is unpacked no longer than somebody waits for it', async () => {
    await assert.rejects(decodePicture(onePixel, AbortSignal.abort(new Error('given up'))), /given up/u);
  });
});

/** What passes through the decompression streams that are made from now on. */
function countInflated(): { readonly bytes: number; restore(): void } {
  const Own = globalThis.DecompressionStream;
  let bytes = 0;
  globalThis.DecompressionStream = class extends Own {
    override readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;

    constructor(format: CompressionFormat) {
      super(format);
      this.readable = super.readable.pipeThrough(
        new TransformStream({
          transform(piece: Uint8Array<ArrayBuffer>, controller) {
            bytes += piece.length;
            controller.enqueue(piece);
          },
        }),
      );
    }
  };
  return {
    get bytes() {
      return bytes;
    },
    restore() {
      globalThis.DecompressionStream = Own;
    },
  };
}
